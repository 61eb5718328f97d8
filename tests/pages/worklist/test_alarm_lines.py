"""Alarms of rosters and late uploads stand where those who answer for them work, in one line each."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.foundation import clock, lately
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReportIn
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
LINE = "名冊有1件警示：筆數不符1"
MOST = 12
"""Statements of a day with both lines: at most four more than without."""


@pytest.fixture(autouse=True)
def _not_counted_yet() -> None:
    lately._kept.clear()


@pytest.fixture
def world(db: None, at: Callable[..., clock.FrozenClock]) -> World:
    at("2026-04-01T22:00+08:00")
    found = build_world(night=(clock.now() - hours(4), clock.now() + hours(8)))
    bring(service_viewer("rosters"), [child(1)], declared=2)
    return found


def words(client: Client, path: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", client.get(path).content.decode()).split())


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


SEES = {"screener": True, "screening_supervisor": True, "clerk": True, "chief": True, "worker": False,
        "supervisor": False, "investigator": False, "ngo_worker": False, "administrator": False}  # fmt: skip


@pytest.mark.parametrize("who", SEES)
def test_whoever_answers_for_rosters_sees_the_line_on_his_day(world: World, who: str) -> None:
    page = as_(who).get("/today").content.decode()
    assert (LINE in re.sub(r"<[^>]*>", "", page)) is SEES[who]
    assert ('href="/rosters"' in page.partition("<main")[2]) is SEES[who]


@pytest.mark.parametrize(("who", "sees"), [("night", True), ("screener", True), ("worker", False)])
def test_whoever_has_the_shift_sees_the_line_at_the_desk(world: World, who: str, sees: bool) -> None:
    assert (LINE in words(as_(who), "/duty")) is sees


def test_the_line_leads_where_the_alarm_is(world: World) -> None:
    client = as_("chief")
    assert "逕遷戶籍名冊（河岬戶政事務所）應到2筆，實到1筆，缺第2筆" in words(client, "/rosters")


def test_says_nothing_when_it_is_put_right(world: World) -> None:
    bring(service_viewer("rosters"), [child(2)], about=re.search(r"L115-\S+?(?=<|\")", as_("screener").get(
        "/rosters").content.decode())[0])  # fmt: skip
    assert "筆數不符" not in words(as_("screener"), "/today")


def test_late_uploads_stand_on_the_day_of_whoever_uploads(world: World, at: Callable[..., object]) -> None:
    people = (PersonIn(role="victim", name="簡曉青", sex="female"),)
    report = ReportIn(received_at=clock.now(), channel="phone", narrative="受暴", persons=people,
                      kinds=("intimate_violence",))  # fmt: skip
    receive_report(report=report, by=world.viewer("screener"))
    assert "上傳逾期" not in words(as_("screener"), "/today")
    at("2026-04-20T10:00+08:00")
    page = as_("screener").get("/today").content.decode()
    assert '<a href="/systems/uploads?show=late">上傳逾期1件</a>' in page
    assert "上傳逾期1件" in words(as_("clerk"), "/today")
    with CaptureQueriesContext(connection) as asked:
        as_("clerk").get("/today")
    assert not [one for one in asked if "uploads_of" in one["sql"]], "counted once a minute"
    assert "上傳逾期" not in words(as_("worker"), "/today")
    assert "上傳逾期" not in words(as_("chief"), "/today")


def test_asks_few_statements_however_much_is_wrong(world: World) -> None:
    for number in range(12):
        rows = [child(1), child(2, 前置查訪結果="")]
        bring(service_viewer("rosters"), rows, declared=3, sender=f"第{number}戶政事務所")
    counts = []
    for path in ("/today", "/duty"):
        client = as_("screener")
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert max(counts) <= MOST, counts
