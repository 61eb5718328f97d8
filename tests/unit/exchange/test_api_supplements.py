"""Words added to a report by the system that sent it: once, to be seen by somebody, and telling nobody anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.intake import actions
from anwang.intake.models import Report, ReportPerson, ReportSupplement
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from tests.unit.exchange.callers import Caller, caller, in_two_counties, report
from tests.world import World, build_world

TEXT = {"text": "剛才又打來，說孩子現在在阿嬤家。"}


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at("2026-05-20T09:00+08:00")
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def add(one: Caller, number: str, body: Any = TEXT, key: str = "S-1") -> Any:
    return one.ask("POST", f"/api/v1/reports/{number}/supplements", body, **({"Idempotency_Key": key} if key else {}))


def sent(one: Caller) -> str:
    return str(one.send(report(kinds=["child_protection"])).json()["number"])


def dispatched(world: World) -> None:
    by, row = world.viewer("screener"), Report.objects.get()
    actions.dispatch(
        report_id=row.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=list(ReportPerson.objects.values_list("person_id", flat=True)), by=by, at=clock.now(),
    )  # fmt: skip


def test_is_added_once_to_a_report_that_is_looked_at(world: World, hospital: Caller) -> None:
    number = sent(hospital)
    first, again = add(hospital, number), add(hospital, number, b'{ "text" : "%s" }' % TEXT["text"].encode())
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.json() == again.json()
    assert first["Location"] == f"/api/v1/reports/{number}"
    world.viewer("screener")
    assert ReportSupplement.objects.values_list("text", flat=True).get() == TEXT["text"]
    assert Act.objects.get(verb="report.noted").by_service == "api:hospital"
    client = Client()
    client.force_login(Account.objects.get(username="screener"))
    page = re.sub(r"<[^>]+>", "", client.get(f"/reports/{number}").text)
    assert TEXT["text"] in page
    assert "補充・其他系統" in page


def test_comes_before_a_screener_anew_where_the_report_was_decided(world: World, hospital: Caller) -> None:
    number = sent(hospital)
    before = add(hospital, number).json()
    dispatched(world)
    after = add(hospital, number, {"text": "又有新的傷。"}, "S-2")
    assert (after.status_code, after.json()) == (201, before), "nobody learns that it was decided"
    assert add(hospital, number, {"text": "又有新的傷。"}, "S-2").status_code == 200
    world.viewer("screener")
    anew = Report.objects.exclude(id=Matter.objects.get(number=number).id).get()
    assert anew.narrative == f"補充通報{number}：又有新的傷。"
    assert Matter.objects.get(id=anew.id).ended_at is None


def test_answers_a_repetition_with_the_instant_of_the_first(
    hospital: Caller, at: Callable[..., clock.FrozenClock]
) -> None:
    number = sent(hospital)
    first = add(hospital, number).json()
    at("2026-05-20T09:40+08:00")
    assert add(hospital, number).json() == first
    assert first["received_at"] == "2026-05-20T09:00:00+08:00"


def test_is_refused_under_a_key_that_brought_other_words(hospital: Caller) -> None:
    number = sent(hospital)
    add(hospital, number)
    assert add(hospital, number, {"text": "別的話。"}).status_code == 409


@pytest.mark.parametrize("asked", ["T115-0000-0000", "x", "…"])
def test_knows_nobody_elses_report(world: World, hospital: Caller, asked: str) -> None:
    theirs = sent(hospital)
    school = caller(world.viewer("administrator"), "school")
    told, none = add(school, theirs), add(school, asked)
    assert (told.status_code, none.status_code) == (404, 404)
    assert told.json() == none.json()
    world.viewer("screener")
    assert not ReportSupplement.objects.exists()


def test_keeps_the_counties_of_a_national_system_apart(world: World) -> None:
    one, other = in_two_counties(world.viewer("administrator"))
    number = sent(one)
    assert [add(each, number).status_code for each in (other, one)] == [404, 201]


@pytest.mark.parametrize(
    ("body", "key", "status"),
    [
        ({}, "S-1", 422), ({"text": " "}, "S-1", 422), ({**TEXT, "file": "x"}, "S-1", 422), (b"[", "S-1", 400),
        (TEXT, "", 400), (TEXT, "a b", 400), ([TEXT], "S-1", 422),
    ],
)  # fmt: skip
def test_says_what_is_wrong(hospital: Caller, body: Any, key: str, status: int) -> None:
    number = sent(hospital)
    answer = add(hospital, number, body, key)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_needs_the_scope_of_writing(world: World) -> None:
    reader = caller(world.viewer("administrator"), scopes=("reports:read",))
    assert add(reader, "T115-0000-0000").status_code == 403
