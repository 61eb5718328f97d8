"""An owner is told of a new way into his account, the reviewer of a late review; what is over is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.accounts import actions, jobs
from anwang.accounts.models import Invitation, Sitting
from anwang.accounts.passkeys import Made
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def hands(at: Callable[..., clock.FrozenClock]) -> clock.FrozenClock:
    return at("2026-02-10T10:00+08:00")


@pytest.fixture
def world(hands: clock.FrozenClock) -> World:
    made = build_world()
    Account.objects.update(is_demo=False)
    return made


def add_key(name: bytes, label: str) -> None:
    account = Account.objects.get(username="worker")
    actions.add_passkey(account_id=account.pk, made=Made(name, b"attested", 0, False), label=label,
                        by=AtTheDoor(account.worker_id), at=clock.now())  # fmt: skip


def enters(language: str = "zh-hant") -> str:
    """What the page after a log-in says. The first factor is the password, the second the passkey's owner has."""
    from anwang.web.accounts import ways

    client = Client()
    client.force_login(Account.objects.get(username="worker"))
    Account.objects.update(language=language)

    class Asked:
        session, headers, META = client.session, {}, {}

    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways.messages, "warning", lambda _request, said: told.append(str(said)))
        ways._tell_of_new_ways(Asked(), Account.objects.get(username="worker"))  # type: ignore[arg-type]
    return "\n".join(told)


def test_tells_its_owner_of_a_key_that_was_added_for_fourteen_days(world: World, hands: clock.FrozenClock) -> None:
    add_key(b"one", "公務手機")
    assert enters() == "", "what came with the account is no news"
    hands.advance(timedelta(days=40))
    add_key(b"two", "陌生的筆電")
    assert "陌生的筆電" in enters()
    assert "公務手機" not in enters()
    hands.advance(timedelta(days=13))
    assert "陌生的筆電" in enters()
    hands.advance(timedelta(days=2))
    assert enters() == ""


def test_tells_it_at_the_log_in_itself(world: World, hands: clock.FrozenClock) -> None:
    add_key(b"one", "公務手機")
    hands.advance(timedelta(days=1))
    add_key(b"two", "陌生的筆電")
    from anwang.web.accounts import ways

    called: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "_tell_of_new_ways", lambda _request, account: called.append(account.username))
        patch.setattr(ways, "owes", lambda *_given: "")
        client = Client()
        client.post("/login", {"username": "worker", "password": PASSWORD})
        request = type("Request", (), {"session": client.session, "headers": {}, "META": {}, "user": None})()
        patch.setattr(ways, "login", lambda *_given, **_more: None)
        ways.come_in(request, Account.objects.get(username="worker"), "password")  # type: ignore[arg-type]
    assert called == ["worker"]


@pytest.mark.parametrize(("key", "is_told"), [("administrator", True), ("privacy", True), ("worker", False)])
def test_says_on_today_that_the_review_of_accounts_is_late(
    world: World, hands: clock.FrozenClock, key: str, is_told: bool
) -> None:
    Account.objects.update(is_demo=True)
    hands.advance(timedelta(days=5))
    client = Client()
    client.force_login(Account.objects.get(username=key))
    page = client.get("/today").content.decode()
    assert ("帳號清查逾期" in page) is is_told
    assert ('href="/accounts/review"' in page) is is_told or not is_told


def test_forgets_what_ended_half_a_year_ago_and_nothing_that_lives(world: World, hands: clock.FrozenClock) -> None:
    account = Account.objects.get(username="worker")
    for key, began, ended in (("old", 200, 181), ("new", 200, 179), ("gone", 181, None), ("late", 3, None)):
        Sitting(id=uuid7(), account=account, key_digest=key.encode(), how="password", browser="",
                began_at=clock.now() - timedelta(days=began),
                ended_at=clock.now() - timedelta(days=ended) if ended else None).save(force_insert=True)  # fmt: skip
    made = actions.invite(worker_id=world.workers["clerk"], by=world.viewer("administrator"), at=clock.now())
    assert jobs.forget() == 2
    assert {bytes(one) for one in Sitting.objects.values_list("key_digest", flat=True)} == {b"new", b"late"}
    hands.advance(timedelta(days=180))
    jobs.forget()
    assert Invitation.objects.exists(), "it ran out three days after it was made"
    hands.advance(timedelta(days=4))
    jobs.forget()
    assert not Invitation.objects.exists()
    assert made.link


def test_lets_nobody_else_forget(world: World) -> None:
    service_viewer("oversight")
    refused = pytest.raises(DatabaseError, match="only the nightly job")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_forget(now())")


def test_says_that_a_file_is_not_kept_over_a_proof(world: World) -> None:
    Account.objects.update(is_demo=True)
    client = Client()
    client.force_login(Account.objects.get(username="administrator"))
    file = SimpleUploadedFile("名單.csv", b"x", content_type="text/csv")
    new = {"name": "盧于庭", "phone": "(08)000-1999", "role": "social_worker", "unit": str(world.units["protection"])}
    page = client.post("/accounts/new", {**new, "file": file}).content.decode()
    assert "附檔沒有留著" in page
    assert "名單.csv" not in page
    assert "附檔沒有留著" not in client.post("/accounts/new", new).content.decode()
