"""Coming in by two factors, each good once; sessions ended elsewhere; nothing that lets more tries be made."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.test import Client

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.accounts import actions, totp
from anwang.accounts.models import Sitting
from anwang.audit.models import Act
from anwang.foundation import clock
from tests.proving import prove
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def secret(world: World) -> str:
    """The worker's authenticator app, set up with the code of the step before."""
    account, made = Account.objects.get(username="worker"), totp.fresh()
    before = totp.code_at(made, int(time.time()) // totp.STEP - 1)
    by = AtTheDoor(account.worker_id)
    actions.add_totp(account_id=account.pk, secret=made, code=before, by=by, at=clock.now())
    return made


def code(secret: str) -> str:
    return totp.code_at(secret, int(time.time()) // totp.STEP)


def half(client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post("/login", {"username": "worker", "password": PASSWORD, "next": "/policy"})
    assert answer.headers["Location"] == "/login/second"
    return client


def test_lets_nobody_in_by_the_password_alone(secret: str) -> None:
    client = half()
    assert client.get("/policy").status_code == 302
    assert client.get("/account").headers["Location"].startswith("/login")
    assert not Act.objects.filter(verb="account.entered").exists()


def test_comes_in_by_the_code_and_goes_where_it_was_going(secret: str) -> None:
    client = half()
    assert client.post("/login/second", {"code": code(secret)}).headers["Location"] == "/policy"
    assert client.get("/policy").status_code == 200
    assert Sitting.objects.get().how == "code"


def test_takes_a_code_once(secret: str) -> None:
    now = code(secret)
    assert half().post("/login/second", {"code": now}).status_code == 302
    assert half().post("/login/second", {"code": now}).status_code == 422


def test_rests_after_five_wrong_codes_although_the_password_is_right_each_time(secret: str) -> None:
    for _try in range(4):
        assert half().post("/login/second", {"code": "000000"}).status_code == 422
    last = half().post("/login/second", {"code": "000000"}).content.decode()
    assert "這個帳號休息到" in last
    assert "休息到" in Client().post("/login", {"username": "worker", "password": PASSWORD}).content.decode()


def test_takes_a_recovery_code_once_however_it_is_typed(secret: str) -> None:
    account = Account.objects.get(username="worker")
    made = actions.make_codes(account_id=account.pk, by=AtTheDoor(account.worker_id), at=clock.now())
    assert len(set(made)) == 10
    typed = made[0].upper().replace("-", " ")
    assert half().post("/login/second", {"code": typed}).status_code == 302
    assert half().post("/login/second", {"code": made[0]}).status_code == 422
    assert half().post("/login/second", {"code": made[1]}).status_code == 302
    actions.make_codes(account_id=account.pk, by=AtTheDoor(account.worker_id), at=clock.now())
    assert half().post("/login/second", {"code": made[2]}).status_code == 422


def test_forgets_who_was_half_in_after_five_minutes(secret: str) -> None:
    client = half()
    session = client.session
    session["half"] = {**session["half"], "until": int(time.time()) - 1}
    session.save()
    assert client.post("/login/second", {"code": code(secret)}).headers["Location"] == "/login"


def test_wants_a_second_factor_first_outside_the_demonstration(world: World) -> None:
    Account.objects.filter(username="worker").update(is_demo=False)
    client = Client()
    assert client.post("/login", {"username": "worker", "password": PASSWORD}).status_code == 302
    for path in ("/today", "/policy", "/families"):
        assert client.get(path).headers["Location"] == "/account", path
    page = client.get("/account").content.decode()
    assert "還沒有第二道驗證，先做完這一步。" in re.sub(r"<[^>]+>", "", page)
    shown = client.get("/account/app").content.decode()
    secret = re.search(r'id="secret"[^>]*value="([A-Z2-7 ]+)"', shown)[1].replace(" ", "")  # type: ignore[index]
    assert client.post("/account/app", {"code": "000000"}).status_code == 422
    assert client.post("/account/app", {"code": code(secret)}).headers["Location"] == "/account"
    assert client.get("/policy").status_code == 200


def test_lists_its_sessions_and_ends_the_others(world: World) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140 Safari/537 <script>alert(1)</script>"
    other = Client(headers={"user-agent": agent})
    other.post("/login", {"username": "worker", "password": PASSWORD})
    here = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140"})
    here.post("/login", {"username": "worker", "password": PASSWORD})
    page = here.get("/account").content.decode()
    assert "Chrome・Windows" in page
    assert "alert(1)" not in page
    assert "結束其他1個登入" in page
    assert other.get("/policy").status_code == 200
    here.post("/account/sessions/others")
    assert other.get("/policy").status_code == 302
    assert here.get("/policy").status_code == 200


def test_ends_nobody_elses_session(world: World) -> None:
    other = Client()
    other.post("/login", {"username": "clerk", "password": PASSWORD})
    mine = Client()
    mine.post("/login", {"username": "worker", "password": PASSWORD})
    theirs = Sitting.objects.get(account__username="clerk")
    assert mine.post(f"/account/sessions/{theirs.id}").status_code == 404
    assert other.get("/policy").status_code == 200


def test_changes_the_password_by_the_rules_and_ends_every_other_session(world: World) -> None:
    other = Client()
    other.post("/login", {"username": "worker", "password": PASSWORD})
    mine = Client()
    mine.post("/login", {"username": "worker", "password": PASSWORD})
    for wrong, says in [
        ("short", "密碼至少要15個字"),
        (PASSWORD, "最近用過的密碼"),
        ("worker-worker-worker", "太容易猜到"),
        ("aaaaaaaaaaaaaaaaaa", "重複的字太多"),
        ("jian boxun 2026!", "太容易猜到"),
    ]:
        answer = mine.post("/account/password", {"password": wrong, "again": wrong})
        assert answer.status_code == 422, wrong
        assert says in answer.content.decode(), wrong
        assert f'value="{wrong}"' not in answer.content.decode()
    new = "傍晚的燈塔有七隻海鷗和一艘慢船"
    assert mine.post("/account/password", {"password": new, "again": new}).status_code == 302
    assert mine.get("/account").content.decode().count("結束這個登入") == 0
    assert other.get("/policy").status_code == 302
    assert Client().post("/login", {"username": "worker", "password": new}).status_code == 302
    assert mine.post("/account/password", {"password": PASSWORD, "again": PASSWORD}).status_code == 422


def test_sets_what_it_is_told_and_nothing_else(world: World) -> None:
    client = Client()
    client.post("/login", {"username": "worker", "password": PASSWORD})
    new = "傍晚的燈塔有七隻海鷗和一艘慢船"
    clerk = str(Account.objects.get(username="clerk").pk)
    more = {"is_active": "0", "is_demo": "1", "account_id": clerk, "username": "root",
            "worker": str(world.workers["chief"])}  # fmt: skip
    client.post("/account/password", {"password": new, "again": new, **more})
    account = Account.objects.get(username="worker")
    assert account.worker_id == world.workers["worker"]
    assert account.check_password(new)
    assert Account.objects.get(username="clerk").check_password(PASSWORD)


def test_says_when_one_address_tries_too_often(world: World, settings: object) -> None:
    settings.ANWANG_LOGIN_TRIES = (2, 15)  # type: ignore[attr-defined]
    for _try in range(2):
        assert Client().post("/login", {"username": "nobody", "password": "x"}).status_code == 422
    answer = Client().post("/login", {"username": "worker", "password": PASSWORD})
    assert answer.status_code == 429
    assert "這裡試太多次了" in answer.content.decode()


def test_asks_no_further_statement_of_an_ordinary_page(
    world: World, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = prove(Client())
    client.post("/login", {"username": "worker", "password": PASSWORD})
    client.get("/symbols")
    with django_assert_num_queries(2 + 2):  # type: ignore[attr-defined]  # session, seat; a savepoint is two
        client.get("/symbols")


def test_takes_no_line_break_into_a_header(world: World) -> None:
    client = prove(Client())
    client.post("/login", {"username": "administrator", "password": PASSWORD})
    given = {"name": "盧\r\nSet-Cookie: a=b", "phone": "(08)000-1999", "role": "clerk"}
    answer = client.post("/accounts/new", {**given, "unit": str(world.units["social"])})
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]
