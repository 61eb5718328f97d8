"""A reply by system: it waits until the system that sent the report asks, and is given then, once owed no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.foundation import clock
from anwang.intake import actions
from anwang.intake.models import Report, ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from tests.unit.exchange.callers import caller, report
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


def test_is_given_to_its_sender_when_it_asks(world: World) -> None:
    hospital = caller(world.viewer("administrator"))
    school = caller(world.viewer("administrator"), "school")
    reporter = {"category": "medical", "organisation": "望潮醫院", "name": "陳美惠", "phone": "(08)000-2119"}
    child = {"role": "child", "name": "王小恩", "age": "9歲"}
    sent = hospital.send(report(kinds=["child_protection"], persons=[child], reporter=reporter))
    assert sent.status_code == 201, sent.content
    path = f"/api/v1/reports/{sent.json()['number']}"
    by = world.viewer("screener")
    row = Report.objects.get()
    actions.dispatch(
        report_id=row.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=list(ReportPerson.objects.values_list("person_id", flat=True)), by=by, at=clock.now(),
    )  # fmt: skip
    assert "reply" not in hospital.ask("GET", path).json()
    actions.answer_reporter(report_id=row.id, reply_class="in_hand", way="system", confirmed="system",
                            by=world.viewer("screener"), at=clock.now())  # fmt: skip
    assert school.ask("GET", path).status_code == 404
    assert owed(row) == 1
    assert [hospital.ask("GET", path).json().get("reply") for _again in range(2)] == ["in_hand", "in_hand"]
    assert owed(row) == 0


def owed(row: Report) -> int:
    return Duty.objects.filter(matter_id=row.id, rule_id="report.reply", state="open").count()
