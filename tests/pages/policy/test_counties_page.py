"""Where counties differ, beside the nation's baseline; a county may add to a list and take nothing out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from anwang import rulebook
from anwang.access.models import Account
from anwang.rulebook import RulebookError
from tests.world import build_world

CLOSING = "closing.vulnerable_family"
LIST = {"from": "2026-02-01", "assumption": "示範"}


@pytest.fixture
def client(db: None, at: Callable[..., object]) -> Client:
    at("2026-03-07T10:00+08:00")
    build_world()
    browser = Client()
    browser.force_login(Account.objects.get(username="worker"))
    return browser


def test_sets_what_a_county_added_beside_the_baseline(client: Client) -> None:
    page = client.get("/policy/counties").text
    for word in ("開案和結案的標準", "脆弱家庭結案理由", "青嵐縣", "增列：長照已主責並經接案", "通報調查處理"):
        assert word in page
    assert "都照全國基準" in page
    assert "沒有：" not in page


def test_shows_another_day(client: Client) -> None:
    page = client.get("/policy/counties", {"on": "114/12/31"}).text
    assert "長照已主責並經接案" not in page


def test_lets_a_county_add_to_a_list_and_keeps_what_the_nation_wrote() -> None:
    codes = [{"code": "further", "zh": "另一種", "en": "Further"}]
    book = rulebook.book().overlay([{"enacts": CLOSING, "county": "99003", "versions": [LIST | {"codes": codes}]}])
    nation = rulebook.book().codelist(CLOSING).on(date(2026, 2, 1)).codes
    assert book.codelist(CLOSING).on(date(2026, 2, 1), "99003").codes[:-1] == nation


def test_refuses_a_county_that_writes_an_entry_of_the_nation_anew() -> None:
    softer = [{"code": "declined", "zh": "拒絕", "en": "Refuses"}]
    with pytest.raises(RulebookError, match="declined"):
        rulebook.book().overlay([{"enacts": CLOSING, "county": "99003", "versions": [LIST | {"codes": softer}]}])
