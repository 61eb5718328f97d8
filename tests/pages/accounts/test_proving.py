"""Before a dangerous step the page asks for a proof, keeps what was sent, and sends it on; a lock asks who is there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.access.proving import PROVED
from anwang.accounts import actions, totp
from anwang.audit.models import Act
from anwang.foundation import clock
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
NEW = {"name": "盧于庭", "name_en": "Lu Yuting", "phone": "(08)000-1999", "role": "social_worker"}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def hidden(page: str) -> list[tuple[str, str]]:
    """(name, value) of every hidden field but the token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [(name, unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def sent(page: str, **more: str) -> dict[str, list[str] | str]:
    """What the form of the page sends, with what was typed."""
    fields: dict[str, list[str] | str] = {}
    for name, value in hidden(page):
        fields.setdefault(name, [])
        fields[name].append(value)  # type: ignore[union-attr]
    return {**fields, **more}


def new(world: World) -> dict[str, str]:
    return {**NEW, "unit": str(world.units["protection"])}


def test_asks_keeps_what_was_sent_and_goes_on(world: World) -> None:
    client = as_("administrator")
    asked = client.post("/accounts/new", new(world))
    page = asked.content.decode()
    assert asked.status_code == 403
    assert "請再確認一次是你本人" in re.sub(r"<[^>]+>", "", page)
    assert "剛才填的都留著" in page
    assert not Act.objects.filter(verb="worker.appointed").exists()
    on = client.post("/account/prove", sent(page, password=PASSWORD))
    assert on.status_code == 200
    assert 'action="/accounts/new"' in on.content.decode()
    done = client.post("/accounts/new", dict(hidden(on.content.decode())), follow=True)
    assert "任用記下了" in done.content.decode()
    assert Act.objects.filter(verb="worker.appointed").count() == 1
    assert Act.objects.filter(verb="account.proved").count() == 1


def test_wants_it_again_after_its_minutes(world: World, at: Callable[[str], object]) -> None:
    hands = at("2026-11-24T09:40+08:00")
    client = as_("administrator")
    client.post("/account/prove", {"next": "/accounts", "password": PASSWORD})
    assert client.post("/accounts/new", new(world)).status_code == 302
    hands.advance(timedelta(minutes=11))  # type: ignore[attr-defined]
    assert client.post("/accounts/new", {**new(world), "name": "別人"}).status_code == 403


def test_believes_no_proof_from_the_future_and_none_that_is_sent(world: World) -> None:
    client = as_("administrator")
    session = client.session
    session[PROVED] = int(clock.now().timestamp()) + 3600
    session.save()
    assert client.post("/accounts/new", new(world)).status_code == 403
    forged = {**new(world), "proved": "9999999999", "proof": "1", "sends": "1"}
    assert as_("administrator").post("/accounts/new", forged).status_code == 403


def test_refuses_a_wrong_password_and_logs_out_after_five(world: World) -> None:
    client = as_("administrator")
    page = client.post("/accounts/new", new(world)).content.decode()
    wrong = client.post("/account/prove", sent(page, password="wrong"))
    assert wrong.status_code == 422
    assert "對不上" in wrong.content.decode()
    assert dict(hidden(wrong.content.decode()))["next"] == "/accounts/new"
    assert ("kept-value", "盧于庭") in hidden(wrong.content.decode())
    for _try in range(4):
        last = client.post("/account/prove", sent(page, password="wrong"))
    assert "已經登出" in re.sub(r"<[^>]+>", "", last.content.decode())
    assert client.get("/accounts").status_code == 302
    assert Act.objects.filter(verb="account.locked").exists()


def test_wants_the_second_factor_too_where_there_is_one(world: World) -> None:
    account = Account.objects.get(username="administrator")
    secret, by = totp.fresh(), AtTheDoor(account.worker_id)
    step = int(time.time()) // totp.STEP
    code = totp.code_at(secret, step - 1)
    actions.add_totp(account_id=account.pk, secret=secret, code=code, by=by, at=clock.now())
    client = as_("administrator")
    assert client.post("/account/prove", {"next": "/accounts", "password": PASSWORD}).status_code == 422
    assert client.post("/account/prove", {"next": "/accounts", "password": PASSWORD, "code": code}).status_code == 422
    right = {"next": "/accounts", "password": PASSWORD, "code": totp.code_at(secret, step)}
    assert client.post("/account/prove", right).status_code == 302
    assert client.post("/accounts/new", new(world)).status_code == 302


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"])
def test_leads_to_no_foreign_site(world: World, target: str) -> None:
    answer = as_("administrator").post("/account/prove", {"next": target, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_proves_nobody_who_is_not_logged_in(world: World) -> None:
    assert Client().post("/account/prove", {"next": "/accounts", "password": PASSWORD}).headers["Location"] == "/login"
    assert Client().post("/account/prove/passkey").status_code == 403


def away(client: Client, minutes: int) -> None:
    session = client.session
    session["seen"] = int(time.time()) - minutes * 60
    session.save()


def test_locks_after_fifteen_minutes_and_asks_only_who_is_there(world: World) -> None:
    client = as_("administrator")
    assert client.get("/accounts").status_code == 200
    away(client, 16)
    answer = client.get("/accounts/review")
    assert answer.headers["Location"] == "/account/veil?next=%2Faccounts%2Freview"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "先幫你鎖起來" in re.sub(r"<[^>]+>", "", page)
    assert "余文君" not in page
    back = client.post("/account/prove", sent(page, password=PASSWORD))
    assert back.headers["Location"] == "/accounts/review"
    assert client.get("/accounts/review").status_code == 200


def test_keeps_what_was_typed_behind_the_lock(world: World) -> None:
    client = as_("administrator")
    client.get("/accounts")
    away(client, 16)
    page = client.post("/accounts/new", new(world)).content.decode()
    assert ("kept-value", "盧于庭") in hidden(page)
    on = client.post("/account/prove", sent(page, password=PASSWORD)).content.decode()
    assert ("name", "盧于庭") in hidden(on)


def test_opens_a_lock_by_the_password_but_takes_no_dangerous_step_for_it(world: World) -> None:
    client = as_("administrator")
    client.post("/account/veil", {"next": "/accounts"})
    assert client.get("/accounts").status_code == 302
    client.post("/account/prove", {"next": "/accounts", "password": PASSWORD})
    assert client.get("/accounts").status_code == 200
    assert client.post("/accounts/new", new(world)).status_code == 403


def test_shows_nothing_and_does_nothing_while_locked(world: World) -> None:
    client = as_("administrator")
    client.post("/account/veil", {"next": "/accounts"})
    for path in ("/accounts", "/policy", "/account", "/", "/accounts/review"):
        assert client.get(path).status_code == 302, path
    assert client.post(f"/accounts/of/{world.workers['clerk']}/close").status_code in {302, 403, 200}
    assert Account.objects.get(username="clerk").is_active
    part = client.get("/policy", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].startswith("/account/veil")
    assert client.post("/logout").headers["Location"] == "/login"


def test_takes_the_card_only_in_the_demonstration(world: World, settings: object) -> None:
    client = as_("administrator")
    assert client.post("/account/prove", {"next": "/accounts", "card": "1"}).status_code == 302
    settings.DEMO = False  # type: ignore[attr-defined]
    other = as_("clerk")
    assert other.post("/account/prove", {"next": "/today", "card": "1"}).status_code == 422
