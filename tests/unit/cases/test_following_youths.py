"""The youth committee decides in fourteen days, plans from its decision, and follows whoever reached his goals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from anwang.cases.actions import (
    Ending,
    NewSubject,
    Sight,
    Told,
    approve_review,
    ask_to_close,
    decide_opening,
    end_after_care,
    join_report,
    record_contact,
    submit_assessment,
)
from anwang.cases.actions.following import refuse_before_followed
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.matters.models import Duty, Review
from tests.unit.cases.office import NIGHT, Office, person

pytestmark = pytest.mark.django_db


def reported(office: Office, born: date = date(2010, 9, 2)) -> Case:
    """The committee's case as it stands when somebody told it of him, on the night of 2026-03-07."""
    subjects = [NewSubject(person("蔡哲", born), "child")]
    return office.child_case(kind="youth_guidance", subjects=subjects)


def decided(office: Office, case: Case, decision: str = "opened", ground: str = "at_risk_youth") -> Case:
    review = decide_opening(
        case_id=case.id, decision=decision, grounds=[ground], words="", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    case.refresh_from_db()
    return case


def seen(office: Office, case: Case) -> None:
    by = office.be("worker")
    child = CaseSubject.objects.get(matter_id=case.id).person_id
    told = Told("home", "met", clock.now(), summary="在家，和他談過。", sights=(Sight(child, "yes"),))
    record_contact(matter_id=case.id, told=told, by=by)


def due(office: Office, case: Case, rule: str) -> datetime | None:
    office.be("worker")
    return Duty.objects.filter(matter_id=case.id, rule_id=rule, state="open").values_list("due_at", flat=True).first()


def ask(office: Office, case: Case, reason: str = "goals_met") -> object:
    by = office.be("worker")
    one = CaseSubject.objects.get(matter_id=case.id, until_on=None)
    ending = Ending(reason, "三個月來天天到校。")
    return ask_to_close(case_id=case.id, subject_id=one.id, ending=ending, by=by, at=clock.now())


def closed(office: Office, case: Case) -> Case:
    review = ask(office, case)
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())  # type: ignore[attr-defined]
    case.refresh_from_db()
    return case


def report_of_follow_up(office: Office, case: Case) -> None:
    submit_assessment(
        matter_id=case.id, form="after_care", facts="穩定就學", needs="無", goals="無", plan="結束追蹤",
        by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    by = office.be("supervisor")
    review = Review.objects.filter(matter_id=case.id, decided_at=None).latest("submitted_at")
    approve_review(review_id=review.id, by=by, at=clock.now())


def till(office: Office, day: date, hour: int = 10) -> None:
    then = datetime(day.year, day.month, day.day, hour, tzinfo=clock.TAIPEI)
    office.hands.advance(then - clock.now())


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.TAIPEI) + timedelta(days=1)


def test_decides_within_fourteen_days_and_owes_no_plan_before(office: Office) -> None:
    case = reported(office)
    assert due(office, case, "youth.decide") == midnight_after(clock.local(NIGHT).date() + timedelta(days=14))
    assert due(office, case, "youth.plan") is None
    till(office, date(2026, 3, 16))
    decided(office, case)
    assert due(office, case, "youth.decide") is None
    assert due(office, case, "youth.plan") == midnight_after(date(2026, 4, 16)), "a month from the decision"


def test_decides_not_to_take_on_whom_it_saw_and_found_not_at_risk(office: Office) -> None:
    case = reported(office)
    with pytest.raises(Refused, match="當面見到"):
        decided(office, case, "not_opened", "not_at_risk")
    seen(office, case)
    decided(office, case, "not_opened", "not_at_risk")
    assert case.phase == "not_opened"
    done = Duty.objects.get(matter_id=case.id, rule_id="youth.decide")
    assert (done.state, done.settled_because) == ("done", "case.decided")


def test_closes_over_met_goals_only_after_three_quiet_months(office: Office) -> None:
    case = decided(office, reported(office))
    till(office, date(2026, 6, 6))
    seen(office, case)
    with pytest.raises(Refused, match="滿3個月"):
        ask(office, case)
    till(office, date(2026, 6, 7))
    assert ask(office, case)


def test_begins_the_three_months_anew_with_a_further_report(office: Office) -> None:
    case = decided(office, reported(office))
    till(office, date(2026, 5, 20))
    again = office.another_report()
    join_report(case_id=case.id, report_id=again.id, as_what="new_event", at=clock.now(), by=office.be("screener"))
    till(office, date(2026, 7, 1))
    seen(office, case)
    with pytest.raises(Refused, match="滿3個月"):
        ask(office, case)


def test_follows_for_six_months_and_wants_a_report(office: Office) -> None:
    case = decided(office, reported(office))
    till(office, date(2026, 6, 10))
    seen(office, case)
    closed(office, case)
    assert (case.phase, case.after_care_until) == ("after_care", date(2026, 12, 11))
    assert due(office, case, "youth.follow_up") == midnight_after(date(2026, 12, 10))
    assert due(office, case, "youth.visit") is None, "the monthly visits are over"
    with pytest.raises(Refused, match="滿6個月"):
        end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
    till(office, date(2026, 12, 10))
    with pytest.raises(Refused, match="追蹤報告"):
        end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
    report_of_follow_up(office, case)
    refuse_before_followed(case, clock.now())


def test_follows_until_eighteen_when_that_comes_sooner(office: Office) -> None:
    case = decided(office, reported(office, date(2008, 9, 2)))
    till(office, date(2026, 6, 10))
    seen(office, case)
    closed(office, case)
    assert due(office, case, "youth.follow_up") is None
    assert due(office, case, "youth.follow_up_until_18") == midnight_after(date(2026, 9, 1))
    report_of_follow_up(office, case)
    with pytest.raises(Refused, match="滿18歲"):
        end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
    till(office, date(2026, 9, 2))
    end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
