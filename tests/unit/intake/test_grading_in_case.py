"""A child dispatched ungraded is graded in his case: the clock that stayed on the report stops at that instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from anwang.cases.models import CaseSubject, GradeChange
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Decision, Report, ReportPerson
from anwang.intake.states import Repeat, What
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Review
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-09 10:00")
DUE = taipei("2026-03-10 09:00")
GRADING = "child_protection.grading"


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


def receive(world: World, came: str, *people: PersonIn) -> Report:
    said = told(came, "身上有瘀青。", *people, reporter=ReporterIn(category="citizen"), channel="line_113")
    return actions.receive_report(report=said, by=world.viewer("screener"))


@pytest.fixture
def report(world: World) -> Report:
    return receive(world, "2026-03-09 09:00", *(PersonIn(role="child", name=name, birth=PartialDate(2016, 5, 2))
                                                for name in ("江昱廷", "江昱安")))  # fmt: skip


def who(report: Report, name: str = "江昱廷") -> UUID:
    return UUID(str(ReportPerson.objects.get(report=report, person__name=name).person_id))


def send(world: World, report: Report, *names: str, join: UUID | None = None) -> UUID:
    to = None if join else Holder(world.units["protection"], world.workers["worker"])
    return actions.dispatch(
        report_id=report.id, kind="child_protection", person_ids=[who(report, name) for name in names], to=to,
        join_case_id=join, by=world.viewer("screener"), at=clock.now(),
    )  # fmt: skip


def grade(world: World, case: UUID, person: UUID, key: str = "worker", grade: str = "one") -> None:
    by = world.viewer(key)
    subject = CaseSubject.objects.get(matter_id=case, person_id=person)
    actions.grade_in_case(
        subject_id=subject.id, grade=grade, class_code="one", reason="現場看到新傷", by=by, at=clock.now()
    )


def test_grading_in_the_case_ends_the_duty_of_the_report_at_that_instant(
    world: World, report: Report, at: Callable[..., object]
) -> None:
    case = send(world, report, "江昱廷", "江昱安")
    at(NOW + timedelta(hours=2))
    grade(world, case, who(report))
    assert open_duties(report.id)[GRADING] == DUE, "the brother is not graded yet"
    at(NOW + timedelta(hours=3))
    grade(world, case, who(report, "江昱安"), grade="two")
    assert GRADING not in open_duties(report.id)
    done = Duty.objects.filter(matter_id=report.id, rule_id=GRADING, state="done").latest("settled_at")
    assert (done.settled_at, done.settled_because) == (NOW + timedelta(hours=3), "report.graded")


def test_the_report_knows_the_grade_and_who_gave_it(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷")
    grade(world, case, who(report))
    world.viewer("screener")
    said = Decision.objects.filter(report=report, person_id=who(report), what__in=(What.GRADE, What.CLASS))
    assert {(one.what, one.outcome, one.decided_by) for one in said} == {
        ("grade", "one", world.workers["worker"]), ("class", "one", world.workers["worker"]),
    }  # fmt: skip


def test_the_case_owes_each_step_once_and_keeps_one_line_of_the_grade(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷")
    grade(world, case, who(report))
    visits = Duty.objects.filter(rule_id="child_protection.first_visit", state="open")
    assert [(one.matter_id, one.subject_id, one.due_at) for one in visits] == [(case, who(report), DUE)]
    assert GradeChange.objects.filter(matter_id=case).count() == 1


def test_a_workers_grade_goes_to_the_supervisor_as_at_the_front_door(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷", "江昱安")
    grade(world, case, who(report, "江昱安"), key="supervisor")
    grade(world, case, who(report))
    review = Review.objects.get(matter_id=report.id)
    assert (review.of, review.state, review.submitted_by) == ("grade", "submitted", world.workers["worker"])
    assert Matter.objects.get(id=report.id).ended_at is None
    actions.approve_review(review_id=review.id, by=world.viewer("screening_supervisor"), at=NOW)
    assert GRADING not in open_duties(report.id)


def test_a_grade_that_is_sent_back_is_owed_again_with_the_first_clock(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷", "江昱安")
    grade(world, case, who(report, "江昱安"), key="supervisor")
    grade(world, case, who(report))
    review = Review.objects.get(matter_id=report.id)
    by = world.viewer("screening_supervisor")
    actions.send_back_review(review_id=review.id, words="請說明傷勢。", by=by, at=NOW)
    assert open_duties(report.id)[GRADING] == DUE
    grade(world, case, who(report))
    assert GRADING not in open_duties(report.id)


def test_a_grade_sent_back_at_the_front_door_is_owed_again(world: World, report: Report) -> None:
    about = {"report_id": report.id, "kind": "child_protection", "at": NOW, "reason": "來電", "outcome": "one"}
    for name in ("江昱廷", "江昱安"):
        for what in ("grade", "class"):
            actions.decide(what=what, person_id=who(report, name), by=world.viewer("screener"), **about)
    assert GRADING not in open_duties(report.id)
    review = Review.objects.filter(matter_id=report.id).earliest("submitted_at")
    by = world.viewer("screening_supervisor")
    actions.send_back_review(review_id=review.id, words="請補問。", by=by, at=NOW)
    assert open_duties(report.id)[GRADING] == DUE


def test_a_supervisors_grade_needs_nobody_else(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷")
    grade(world, case, who(report), key="supervisor")
    assert not Review.objects.filter(matter_id=report.id).exists()


def test_a_further_report_that_joined_ungraded_is_graded_in_the_case_too(
    world: World, report: Report, at: Callable[..., object]
) -> None:
    case = send(world, report, "江昱廷")
    grade(world, case, who(report), key="supervisor", grade="two")
    at(taipei("2026-03-20 09:30"))
    second = receive(world, "2026-03-20 09:00", PersonIn(role="child", person_id=who(report), name="江昱廷"))
    actions.relate_report(report_id=second.id, earlier_id=report.id, by=world.viewer("screener"), at=clock.now(),
                          repeat=Repeat.NEW_EVENT)  # fmt: skip
    send(world, second, "江昱廷", join=case)
    assert open_duties(second.id)[GRADING] == taipei("2026-03-21 09:00")
    grade(world, case, who(report))
    assert GRADING not in open_duties(second.id)
    visit = Duty.objects.get(matter_id=case, rule_id="child_protection.first_visit", state="open")
    assert visit.due_at == taipei("2026-03-21 09:00"), "counted from the news, not from the first report"


def test_whoever_does_not_work_on_the_case_grades_nobody(world: World, report: Report) -> None:
    case = send(world, report, "江昱廷")
    world.viewer("worker")
    subject = CaseSubject.objects.get(matter_id=case, person_id=who(report))
    by = world.viewer("screener")
    with pytest.raises(NotFound):
        actions.grade_in_case(subject_id=subject.id, grade="one", class_code="one", reason="x", by=by, at=NOW)
    assert open_duties(report.id)[GRADING] == DUE
