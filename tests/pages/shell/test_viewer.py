"""One transaction a request, in which the database knows who looks; errors leave nothing behind but a sentence."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from anwang.directory.models import Absence
from tests.world import World, build_world

pytestmark = pytest.mark.urls("tests.pages.shell.pages_for_tests")

PART = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xa4\xfd\r\n--b--'


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def screener(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get_by_natural_key("screener"))
    return client


def is_written() -> bool:
    return Session.objects.filter(session_key="written").exists()


def test_keeps_what_a_good_request_wrote(screener: Client) -> None:
    assert screener.post("/write/ok").status_code == 200
    assert is_written()


@pytest.mark.parametrize(
    ("ending", "status", "words"),
    [
        ("refused", 403, "請洽葉承翰"),
        ("conflict", 409, "方振維在09:41已經派出"),
        ("hidden", 404, "找不到這一頁"),
        ("missing", 404, "找不到這一頁"),
        ("bad", 422, "請填年月日"),
        ("broken", 500, "錯誤編號"),
        ("answer-503", 503, ""),
    ],
)
def test_leaves_nothing_behind_when_it_ends_badly(screener: Client, ending: str, status: int, words: str) -> None:
    answer = screener.post(f"/write/{ending}")
    page = answer.content.decode().replace('<span class="n">', "").replace("</span>", "").replace("<span>", "")
    assert answer.status_code == status
    assert words in page
    assert "secret" not in page
    assert "王小明" not in page
    assert "不能知道" not in page
    assert not is_written()


def test_says_the_same_for_what_is_not_there_and_what_may_not_be_known(screener: Client) -> None:
    pages = {screener.get(f"/write/{ending}").content for ending in ("hidden", "missing")}
    pages |= {screener.get("/nowhere").content}
    without_tokens = {b"".join(part for part in page.split(b'"') if len(part) != 64) for page in pages}
    assert len({page.replace(b"/write/hidden", b"").replace(b"/write/missing", b"").replace(b"/nowhere", b"")
                for page in without_tokens}) == 1  # fmt: skip


def test_lets_a_lazily_rendered_page_see_who_looks(screener: Client, world: World) -> None:
    assert str(world.workers["screener"]) in screener.get("/late").content.decode()


def test_turns_a_constraint_into_its_sentence(screener: Client, world: World) -> None:
    Absence.objects.create(
        worker_id=world.workers["worker"], covered_by_id=world.workers["worker2"], kind="leave",
        starts_at=datetime(2026, 11, 1, tzinfo=UTC), ends_at=datetime(2026, 11, 2, tzinfo=UTC),
    )  # fmt: skip
    answer = screener.get("/twice")
    assert answer.status_code == 409
    assert "結束時間要晚於開始時間" in answer.content.decode()
    assert Absence.objects.filter(ends_at__gt=datetime(2026, 11, 1, tzinfo=UTC)).exists()


def test_turns_a_promise_broken_at_commit_into_a_sentence(committed_db: str) -> None:
    build_world()
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get_by_natural_key("screener"))
    answer = client.get("/orphan")
    assert answer.status_code == 409
    assert "這次沒有存" in answer.content.decode()
    assert Absence.objects.count() == 0


def test_asks_the_database_three_things_before_the_page_does(
    screener: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    screener.get("/late")  # the first request notes in the session that somebody is there
    with django_assert_max_num_queries(4 + 2):  # session, account, viewer, the page's own; two are the savepoint
        assert screener.get("/late").status_code == 200


def test_gives_a_part_of_a_page_only_the_notice(screener: Client) -> None:
    answer = screener.post("/write/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert b"<html" not in answer.content
    assert "請洽葉承翰" in answer.content.decode()


@pytest.mark.parametrize("address", ["/write/ok", "/late", "/"])
def test_asks_for_log_in_and_leads_back(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={address.replace('/', '%2F')}")


def test_sends_headers_that_keep_pages_about_people_out_of_caches(screener: Client) -> None:
    headers = screener.get("/late").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"


def test_logs_out_who_is_away_too_long(screener: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = int(datetime.now(UTC).timestamp())
    assert screener.get("/late").status_code == 200
    monkeypatch.setattr("anwang.web.accounts.gate.seconds", lambda: now + 14 * 60)
    assert screener.get("/late", headers={"X-Refresh": "1"}).status_code == 200
    monkeypatch.setattr("anwang.web.accounts.gate.seconds", lambda: now + 45 * 60)
    assert screener.get("/late").status_code == 302
    assert "離開太久" in screener.get("/login").content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=%A4%FD", "application/x-www-form-urlencoded"),  # Big5
        (b"name=\xa4\xfd", "application/x-www-form-urlencoded"),
        (b"name=%ED%A0%80", "application/x-www-form-urlencoded"),  # a lone surrogate
        (PART, "multipart/form-data; boundary=b"),
    ],
)
def test_refuses_another_encoding_with_a_sentence(db: None, client: Client, body: bytes, kind: str) -> None:
    answer = client.post("/echo", body, content_type=kind)
    assert answer.status_code == 400
    assert "不是UTF-8" in answer.content.decode()


def test_takes_rare_and_private_use_characters(db: None, client: Client) -> None:
    assert client.post("/echo", {"name": "𠀋\ue000・Pacekelj"}).content.decode() == "𠀋\ue000・Pacekelj"


@pytest.mark.parametrize("address", ["/symbols?q=%00", "/symbols?q=%FF", "/sym%00bols"])
def test_refuses_a_broken_address_with_a_sentence(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "這個網址裡有不能用的字元" in answer.content.decode()


def test_refuses_too_much_with_a_sentence(db: None, client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    answer = client.post("/echo", "name=" + "x" * 2000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


def test_says_why_when_the_page_was_too_old(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/login", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "這一頁放太久了" in answer.content.decode()
