"""Log-in, lock-out, cards only in the demonstration, language, log-out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.world import World, build_world

pytestmark = pytest.mark.urls("tests.pages.shell.pages_for_tests")
PASSWORD = "correct horse battery"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def enter(client: Client, username: str = "worker", password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/login", {"username": username, "password": password, **more})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def account(username: str) -> object:
    return get_user_model().objects.get_by_natural_key(username)


def test_enters_with_a_password_and_goes_where_it_was_going(world: World, client: Client) -> None:
    assert enter(client, next="/late") == (302, "/late")
    assert client.get("/late").status_code == 200


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_never_leads_to_a_foreign_site(world: World, client: Client, target: str) -> None:
    assert enter(client, next=target) == (302, "/")


def test_says_the_same_for_an_unknown_name_and_a_wrong_password(world: World, client: Client) -> None:
    status, unknown = enter(client, "nobody", "wrong")
    other_status, wrong = enter(client, "worker", "wrong")
    assert status == other_status == 422
    assert "帳號或密碼不對" in unknown
    assert "帳號或密碼不對" in wrong
    assert "wrong" not in wrong.replace("aria-", "")


def test_rests_an_account_after_five_wrong_passwords(world: World, client: Client, at: Callable[[str], object]) -> None:
    hands = at("2026-11-24T09:40+08:00")
    for _try in range(5):
        assert "不對" in enter(client, password="wrong")[1]
    status, page = enter(client)
    assert status == 422
    assert "休息到09:55" in page
    hands.advance(timedelta(minutes=16))  # type: ignore[attr-defined]
    assert enter(client)[0] == 302
    assert account("worker").failed_count == 0  # type: ignore[attr-defined]


def test_counts_anew_after_a_right_password(world: World, client: Client) -> None:
    for _round in range(3):
        for _try in range(4):
            enter(client, password="wrong")
        assert enter(client)[0] == 302
        client.logout()


def test_shuts_out_a_closed_account(world: World, client: Client) -> None:
    get_user_model().objects.filter(username="worker").update(is_active=False)
    assert "不對" in enter(client)[1]


def test_shows_a_card_for_every_demonstration_account(world: World, client: Client) -> None:
    page = client.get("/login").content.decode()
    for words in ("杜婉婷", "篩派案人員", "通報調查處理中心", "曹宜庭", "潮聲協會", "看不到任何個案"):
        assert words in page


def test_enters_by_a_card(world: World, client: Client) -> None:
    answer = client.post("/login", {"card": str(account("clerk").pk), "next": "/late"})  # type: ignore[attr-defined]
    assert (answer.status_code, answer.headers["Location"]) == (302, "/late")
    assert str(world.workers["clerk"]) in client.get("/late").content.decode()


@pytest.mark.parametrize("card", ["", "x", "01a2006d-ebe0-746c-88a4-90cb72783841"])
def test_takes_no_card_that_it_did_not_show(world: World, client: Client, card: str) -> None:
    assert client.post("/login", {"card": card}).status_code == 422


def test_has_no_cards_and_no_demonstration_accounts_elsewhere(world: World, client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    page = client.get("/login").content.decode()
    assert "杜婉婷" not in page
    assert "示範" not in page
    assert client.post("/login", {"card": str(account("clerk").pk)}).status_code == 422  # type: ignore[attr-defined]
    assert "不對" in enter(client)[1]


def test_lets_the_browser_forget_on_log_out(world: World, client: Client) -> None:
    enter(client)
    answer = client.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/late").status_code == 302
    assert client.get("/logout").status_code == 405


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hant", "這一頁要從按鈕進去。"), ("en", "opens only from its button")]
)
def test_says_in_words_that_a_page_takes_no_address(world: World, client: Client, language: str, title: str) -> None:
    client.post("/language", {"language": language, "next": "/login"})
    answer = client.get("/logout")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert title in re.sub(r"<[^>]+>", "", answer.content.decode())


def test_groups_the_cards_by_county_and_by_role(world: World, client: Client) -> None:
    page = client.get("/login").content.decode()
    roles = re.findall(r"<p><b>(.*?)</b></p>", page)
    assert "篩派案人員" in roles
    for county in page.split('<h3 class="county">')[1:]:
        inside = re.findall(r"<p><b>(.*?)</b></p>", county)
        assert len(inside) == len(set(inside))


def test_keeps_the_language_with_the_account_and_before_log_in(world: World, client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/login"})
    assert answer.headers["Location"] == "/login"
    assert "Log in with a password" in client.get("/login").content.decode()
    enter(client)
    assert 'lang="zh-Hant-TW"' in client.get("/symbols").content.decode()  # the account's own, until changed
    client.post("/language", {"language": "en"})
    assert account("worker").language == "en"  # type: ignore[attr-defined]
    page = client.get("/symbols").content.decode()
    assert '<html lang="en">' in page
    assert "Jian Boxun" in page


def test_refuses_a_language_it_has_not(db: None, client: Client) -> None:
    assert client.post("/language", {"language": "tlh"}).status_code == 422
