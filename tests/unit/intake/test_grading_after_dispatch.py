"""A child dispatched in a hurry is still to be graded: the clock runs on, the report stays, the case hears of it."""

from __future__ import annotations

import pytest

from anwang.cases.models import CaseSubject
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-09 10:00")
DUE = taipei("2026-03-10 09:00")


@pytest.fixture
def world(at) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def report(world: World) -> Report:
    people = [PersonIn(role="child", name=name, age_text="9歲") for name in ("江昱廷", "江昱安")]
    citizen = ReporterIn(category="citizen")
    return actions.receive_report(
        report=told("2026-03-09 09:00", "身上有瘀青。", *people, reporter=citizen, channel="line_113"),
        by=world.viewer("screener"),
    )


def who(report: Report, name: str = "江昱廷") -> object:
    return ReportPerson.objects.get(report=report, person__name=name).person_id


def send(world: World, report: Report, *names: str) -> object:
    return actions.dispatch(
        report_id=report.id, kind="child_protection", person_ids=[who(report, name) for name in names],
        to=Holder(world.units["intake"], world.workers["investigator"]), by=world.viewer("screener"), at=NOW,
    )  # fmt: skip


def grade(world: World, report: Report, name: str = "江昱廷", grade: str = "one") -> None:
    about = {"report_id": report.id, "person_id": who(report, name), "kind": "child_protection", "at": NOW,
             "by": world.viewer("screening_supervisor"), "reason": "現場回報"}  # fmt: skip
    actions.decide(what="grade", outcome=grade, **about)
    actions.decide(what="class", outcome="one", **about)


def test_the_clock_of_grading_survives_dispatch_and_the_report_does_not_end(world: World, report: Report) -> None:
    send(world, report, "江昱廷", "江昱安")
    assert open_duties(report.id)["child_protection.grading"] == DUE
    assert Matter.objects.get(id=report.id).ended_at is None
    grade(world, report)
    assert open_duties(report.id)["child_protection.grading"] == DUE, "the other child is not graded yet"
    grade(world, report, "江昱安", "two")
    assert "child_protection.grading" not in open_duties(report.id)
    owed = Duty.objects.filter(matter_id=report.id, state="open", is_auto=False)
    assert list(owed.values_list("rule_id", flat=True)) == []


def test_grading_afterwards_reaches_the_case_with_the_clock_of_the_report(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷")
    grade(world, report)
    visit = Duty.objects.get(matter_id=case, rule_id="child_protection.first_visit", state="open")
    assert (visit.subject_id, visit.due_at) == (who(report), DUE)
    assert "child_protection.first_visit" not in open_duties(report.id)
    world.viewer("investigator")
    assert CaseSubject.objects.get(matter_id=case).grade == "one"


def test_a_graded_child_keeps_nothing_back(world: World, report: Report) -> None:
    for name in ("江昱廷", "江昱安"):
        grade(world, report, name)
    send(world, report, "江昱廷", "江昱安")
    assert Matter.objects.get(id=report.id).ended_how == "dispatched"
