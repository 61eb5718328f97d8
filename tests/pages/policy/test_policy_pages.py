"""Anybody on the staff finds a rule, its words, its source and its history; a duty's sum only its readers."""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page

from anwang import rulebook
from anwang.access.models import Account
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from anwang.matters.states import MatterKind
from anwang.web.policy.situations import all_situations
from tests.world import World, build_world

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
ONE_TIME = re.compile(r'csrf[^>]*value="\w+"|CSRFToken": "\w+"|data-token="\w+"')
GRADING = "/policy/child_protection.grading"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    client.force_login(account)
    return client


def a_duty(world: World) -> UUID:
    by = world.viewer("night")
    matter = actions.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["intake"],
        acting=Holder(world.units["protection"], desk_id=world.desk), opened_at=NIGHT, event="report.received",
        facts={"kind": "child_protection", "known_at": NIGHT, "received_at": NIGHT}, by=by,
    )  # fmt: skip
    return Duty.objects.get(matter=matter, rule_id="child_protection.grading").id


def test_shows_every_rule_in_force_and_finds_by_words(world: World) -> None:
    page = as_("worker").get("/policy").content.decode()
    book = rulebook.book()
    in_force = [one for one in book.contents.handles.values() if one.get(NIGHT.date(), "99001")]
    assert page.count('<th scope="row"><a href="/policy/') == len(in_force)
    found = as_("worker").get("/policy", {"q": "24小時 分級"}).content.decode()
    assert "兒少保護通報分級分類" in found
    assert "老人保護立即處理" not in found


def test_says_what_to_do_when_nothing_is_found(world: World) -> None:
    assert "沒有這樣的規則" in as_("worker").get("/policy", {"q": "火星"}).content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_explains_every_rule(world: World, language: str) -> None:
    client, rules = as_("clerk", language), sorted(rulebook.book().contents.handles)
    found = {rule_id: client.get(f"/policy/{rule_id}", {"on": "2026-03-07"}) for rule_id in rules}
    assert [rule_id for rule_id, one in found.items() if one.status_code != 200 or rule_id not in one.text] == []


def test_answers_by_the_day_and_the_county(world: World) -> None:
    client = as_("worker")
    before = client.get("/policy/intake.regime", {"on": "114年12月31日", "county": "99001"}).content.decode()
    after = client.get("/policy/intake.regime", {"on": "115/1/2", "county": "99001"}).content.decode()
    assert '<p class="answer">先派案再調查' in before
    assert '<p class="answer">先調查再派案' in after
    old = client.get(GRADING, {"on": "2012-01-01"}).content.decode()
    assert "這一天沒有這條規則" in old


def test_keeps_a_day_that_cannot_be_read_and_says_how_it_should_look(world: World) -> None:
    page = as_("worker").get(GRADING, {"on": "昨天<b>"}).content.decode()
    assert "請填年月日" in page
    assert "昨天&lt;b&gt;" in page


def test_shows_the_sum_of_a_duty_to_whoever_may_read_its_matter(world: World) -> None:
    duty = a_duty(world)
    page = as_("night").get(GRADING, {"duty": duty}).content.decode()
    assert "為什麼" in page
    assert "＋" in page
    assert "24小時" in page
    assert "23:40接獲" in page


@pytest.mark.parametrize("key", ["adult_worker", "clerk", "administrator", "ngo_worker"])
def test_says_of_a_strangers_duty_what_it_says_of_none(world: World, key: str) -> None:
    client, duty = as_(key), a_duty(world)
    asked = [client.get(GRADING, {"duty": one}) for one in (duty, UUID(int=7))]
    assert [one.status_code for one in asked] == [404, 404]
    stranger, nobody = (ONE_TIME.sub("", one.content.decode()) for one in asked)
    assert stranger.replace(str(duty), "") == nobody.replace(str(UUID(int=7)), "")


def test_unknown_rule_and_year_are_not_found(world: World) -> None:
    assert as_("worker").get("/policy/no.such").status_code == 404
    assert as_("worker").get("/policy/calendar", {"year": "1912"}).status_code == 404
    assert as_("worker").get("/policy/calendar", {"year": "٣"}).status_code == 200


def test_lists_days_off_with_their_names(world: World) -> None:
    page = as_("worker").get("/policy/calendar", {"year": "2025"}).content.decode()
    assert "農曆除夕" in page
    assert "補行上班" in page
    assert "起才知道" in page


@pytest.mark.parametrize("path", ["/policy", GRADING + "?duty=", "/policy/calendar"])
def test_needs_few_statements(world: World, path: str, django_assert_max_num_queries: Callable[..., object]) -> None:
    client = as_("night")
    path = path + str(a_duty(world)) if path.endswith("=") else path
    with django_assert_max_num_queries(12):  # 8 of the page; two savepoints of the test client
        client.get(path)


def test_no_page_without_log_in(world: World) -> None:
    assert Client().get("/policy").status_code == 302


SHOWN = [
    ("index", "/policy"), ("grading", GRADING + "?on=2026-03-07"), ("index-en", "/policy"),
    ("table", "/policy/child_protection.class"), ("instrument", "/policy/vulnerability.index"),
    ("county", "/policy/intake.regime?county=99001"), ("calendar", "/policy/calendar?year=2025"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path"), SHOWN)
def test_is_accessible(
    name: str, path: str, live: str, log_in: Callable[..., None], axe: Callable[[Page], list[str]], page: Page
) -> None:
    build_world()
    Account.objects.filter(username="worker").update(language="en" if name.endswith("-en") else "zh-hant")
    log_in(page, "worker")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(live + path)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if folder := os.environ.get("ANWANG_PICTURES"):
            page.screenshot(path=f"{folder}/policy-{name}-{width}.png", full_page=width == 390)


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_shows_worked_examples_in_words_and_no_code_of_the_rule_language(world: World, language: str) -> None:
    names = {one.name for one in all_situations(rulebook.book())}
    for rule in ("child_protection.grading", "escalation.unsigned", "report.repeat", "intake.regime"):
        page = as_("worker", language).get(f"/policy/{rule}").content.decode()
        rows = re.findall(r'<th scope="row">(.*?)<br><small>.*?</th><td>(.*?)</td>', page.split("h-if")[-1])
        assert rows
        for given, gives in rows:
            assert len(given) > 2
            assert not re.search(r"after_minutes|[a-z]_[a-z]|True|False", given + gives)
            assert language == "en" or given not in names


def test_says_where_a_rule_does_not_begin_without_a_double_no(world: World) -> None:
    page = re.sub(r"<[^>]+>|\s", "", as_("worker").get("/policy/child_protection.grading").content.decode())
    assert re.search(r"只在[^。]*新事件：是或不詳。", page)
    assert "不在新事件" not in page
    english = as_("worker", "en").get("/policy/child_protection.grading").content.decode()
    assert "new event: yes or not known" in re.sub(r"<[^>]+>", "", english).lower()


def test_writes_an_article_of_law_in_english(world: World) -> None:
    page = as_("worker", "en").get("/policy").content.decode()
    assert "Domestic Violence Prevention Act, Article 50, paragraph 3" in page
    assert "Domestic Violence Prevention Act, Article 15, paragraph 2; paragraph 3" in page
    assert "Personal Data Protection Act, Article 16, proviso" in page
    assert not re.search(r"第\d+[條項款]", page)


def test_names_in_english_who_issued_a_source(world: World) -> None:
    page = as_("worker", "en").get("/policy/child_protection.grading").content.decode()
    assert "Ministry of Health and Welfare, 31 July 2024" in page
    assert "衛生福利部" not in page
    lacking = {one.authority.zh for one in rulebook.book().contents.sources.values() if not one.authority.en}
    assert not lacking


def test_names_the_areas_before_the_rules_for_a_narrow_screen(world: World) -> None:
    page = as_("worker").get("/policy").content.decode()
    assert page.index('href="#vulnerable_family"') < page.index('<table class="ledger')
