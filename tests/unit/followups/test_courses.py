"""Courses of contacts on real cases: begun, counted, changed, ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from anwang.cases.actions import (
    NewSubject,
    Sight,
    Told,
    correct_contact,
    end_subject,
    join_report,
    record_contact,
)
from anwang.cases.models import Case, CaseSubject, Contact
from anwang.directory.models import Unit
from anwang.enactments.models import Enactment
from anwang.followups import rules
from anwang.followups.actions import begin, explain, set_level
from anwang.followups.models import Course, Mark, Window
from anwang.followups.queries import levels, why_blocked
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty, Offer
from anwang.matters.promises import keep
from tests.unit.cases.office import Office
from tests.unit.followups.desk import case_of, contact, courses, instant, job, windows

pytestmark = pytest.mark.django_db


def test_begins_with_a_suicide_case_and_owes_the_first_window(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    (course,) = courses(case.id)
    assert (course.group, course.person, course.episode) == ("suicide", office.girl, 1)
    assert windows(course) == ["2026-01-31..2026-02-28 0/4+0 open"]
    duty = Duty.objects.get(matter_id=case.id, rule_id="followup.suicide")
    assert clock.local(duty.due_at).isoformat() == "2026-03-01T00:00:00+08:00"
    assert duty.worker_id == office.workers["worker"]


def test_counts_attempts_and_contacts_apart_and_takes_effort_for_compliance(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for at, outcome, method in (
        ("2026-02-02 14:20", "met", "phone"), ("2026-02-06 15:30", "not_met", "home"),
        ("2026-02-10 16:30", "refused", "home"), ("2026-02-12 14:30", "met", "school"),
        ("2026-02-24 10:10", "met", "phone"), ("2026-02-26 16:40", "not_met", "home"),
    ):  # fmt: skip
        contact(office, case.id, at, outcome, method=method)
    assert windows(courses(case.id)[0]) == ["2026-01-31..2026-02-28 3/4+3 open"]
    job(office, "2026-03-01 03:00")
    assert windows(courses(case.id)[0]) == [
        "2026-01-31..2026-02-28 3/4+3 effort", "2026-03-01..2026-03-30 0/2+0 open"
    ]  # fmt: skip
    states = Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide").order_by("due_at")
    assert [one.state for one in states] == ["done", "open"]


def test_refuses_a_level_that_nobody_set_and_names_who_must(office: Office) -> None:
    case = case_of(office, "mental_health", "2026-03-01 09:00")
    office.hands.at = instant("2026-03-02 09:00")
    by = office.be("worker")
    with pytest.raises(Refused, match="第4級多久訪視一次還沒有訂。請洽縣（市）衛生局訂定"):
        set_level(matter_id=case.id, group="care", level="4", person_id=office.girl, by=by, at=clock.now())
    set_level(matter_id=case.id, group="care", level="1", person_id=office.girl, by=by, at=clock.now())
    assert windows(courses(case.id)[0]) == ["2026-03-03..2026-04-02 0/1+0 open"]


def test_plans_anew_from_the_day_of_another_level(office: Office) -> None:
    case = case_of(office, "mental_health", "2026-01-14 09:00")
    set_level(
        matter_id=case.id, group="care", level="1", person_id=office.girl, by=office.be("worker"), at=clock.now()
    )  # fmt: skip
    contact(office, case.id, "2026-02-10 10:00", "met")
    job(office, "2026-02-16 03:00")
    office.hands.at = instant("2026-03-10 11:00")
    set_level(
        matter_id=case.id, group="care", level="2", person_id=office.girl, reason="穩定", by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    job(office, "2026-04-01 03:00")
    assert windows(courses(case.id)[0]) == [
        "2026-01-15..2026-02-14 1/1+0 met", "2026-02-15..2026-03-09 0/0+0 cut", "2026-03-10..2026-03-31 0/0+0 cut",
        "2026-04-01..2026-05-09 0/1+0 open",
    ]  # fmt: skip


def test_gives_a_new_attempt_windows_of_its_own_and_one_visit_serves_both(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    office.hands.at = instant("2026-02-25 09:15")
    report = office.another_report()
    join_report(
        case_id=case.id, report_id=report.id, as_what="new_event", at=instant("2026-02-25 09:00"),
        by=office.be("screener"), subject_id=office.girl,
    )  # fmt: skip
    first, second = courses(case.id)
    assert (first.episode, second.episode) == (1, 2)
    assert windows(second) == ["2026-02-26..2026-03-25 0/4+0 open"]
    contact(office, case.id, "2026-02-26 16:40", "not_met")
    first, second = courses(case.id)
    assert windows(first) == ["2026-01-31..2026-02-28 0/4+1 open"]
    assert windows(second) == ["2026-02-26..2026-03-25 0/4+1 open"]
    assert Contact.objects.count() == 1
    assert Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide", state="open").count() == 2


@pytest.mark.parametrize("as_what", ["same_event", "new_facts"])
def test_begins_no_episode_for_what_is_no_new_attempt(office: Office, as_what: str) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    office.hands.at = instant("2026-02-25 09:15")
    report = office.another_report()
    join_report(
        case_id=case.id, report_id=report.id, as_what=as_what, at=clock.now(), by=office.be("screener"),
        subject_id=office.girl,
    )  # fmt: skip
    assert [one.episode for one in courses(case.id)] == [1]


def test_owes_a_window_again_when_the_sight_is_taken_back(office: Office) -> None:
    case = case_of(office, "child_protection", "2026-01-30 22:10", subjects=[NewSubject(office.girl, "child")])
    begin(
        matter_id=case.id, schedule="child_protection.visits", person_id=office.girl, by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    contact(office, case.id, "2026-02-05 10:00", "met")
    assert windows(courses(case.id)[0]) == ["2026-01-31..2026-02-28 1/1+0 met"]
    wrong = Contact.objects.get()
    told = Told("home", "not_met", wrong.started_at, sights=[Sight(office.girl, "no", "no_answer")])
    correct_contact(contact_id=wrong.id, told=told, because="記錯人", by=office.be("worker"))
    assert windows(courses(case.id)[0]) == ["2026-01-31..2026-02-28 0/1+1 open"]
    states = Duty.objects.filter(matter_id=case.id, rule_id="followup.child_protection").values_list("state", flat=True)
    assert sorted(states) == ["done", "open"]


def test_takes_no_effort_for_a_child_that_was_not_seen(office: Office) -> None:
    case = case_of(office, "child_protection", "2026-01-30 22:10", subjects=[NewSubject(office.girl, "child")])
    begin(
        matter_id=case.id, schedule="child_protection.visits", person_id=office.girl, by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    contact(office, case.id, "2026-02-05 10:00", "not_met")
    contact(office, case.id, "2026-02-06 10:00", "met", method="phone")
    job(office, "2026-03-01 03:00")
    assert windows(courses(case.id)[0])[0] == "2026-01-31..2026-02-28 1/1+1 short"
    late = Duty.objects.get(matter_id=case.id, rule_id="followup.child_protection", due_at__lte=clock.now())
    assert late.state == "open"
    window = Window.objects.get(n=1)
    with pytest.raises(BadInput):
        explain(window_id=window.id, reason="lazy", by=office.be("worker"), at=clock.now())
    explain(window_id=window.id, reason="away", by=office.be("worker"), at=clock.now())
    late.refresh_from_db()
    assert (late.state, late.settled_because) == ("done", "followup.explained")


def test_counts_one_of_each_a_day(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for at, outcome in (("2026-02-02 09:00", "not_met"), ("2026-02-02 11:00", "not_met"), ("2026-02-03 09:00", "met"),
                        ("2026-02-03 15:00", "met"), ("2026-02-03 18:00", "not_met")):  # fmt: skip
        contact(office, case.id, at, outcome)
    assert windows(courses(case.id)[0]) == ["2026-01-31..2026-02-28 1/4+1 open"]


def test_counts_a_contact_written_down_late_in_the_window_in_which_it_was(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    job(office, "2026-03-02 03:00")
    assert windows(courses(case.id)[0])[0] == "2026-01-31..2026-02-28 0/4+0 short"
    for at in ("2026-02-03 09:00", "2026-02-10 09:00", "2026-02-12 09:00", "2026-02-27 09:00"):
        contact(office, case.id, at, "met", method="phone")
    assert windows(courses(case.id)[0])[0] == "2026-01-31..2026-02-28 4/4+0 met"
    states = Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide").order_by("due_at")
    assert [one.state for one in states] == ["done", "open"]


def test_does_nothing_a_second_time(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for _again in range(2):
        job(office, "2026-04-02 03:00")
    assert [one.came for one in courses(case.id)[0].windows] == ["short", "short", "open"]
    assert Mark.objects.count() == 5


def test_asks_the_counselling_centre_to_join_when_the_worker_acts(office: Office) -> None:
    Unit.objects.filter(id=office.units["welfare"]).update(code="wc-counsel")
    case = case_of(office, "suicide", "2026-01-30 22:10")
    assert not Offer.objects.exists()
    contact(office, case.id, "2026-02-02 14:20", "met", method="phone")
    contact(office, case.id, "2026-02-06 14:20", "not_met")
    asked = Offer.objects.get()
    assert (asked.kind, asked.topic, asked.to_unit_id) == ("joining", "schooling", office.units["welfare"])


def test_asks_no_school_for_a_grown_person(office: Office) -> None:
    Unit.objects.filter(id=office.units["welfare"]).update(code="wc-counsel")
    case = case_of(office, "suicide", "2026-01-30 22:10", subjects=[NewSubject(office.mother, "client")])
    told = Told("phone", "met", instant("2026-02-02 14:20"), place_kind="phone", sights=[Sight(office.mother, "yes")])
    office.hands.at = instant("2026-02-02 15:00")
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    assert not Offer.objects.exists()


def test_puts_nobody_after_an_attempt_in_the_psychiatric_register(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    registers = {rules.handle_of(one.rule_id).national[-1].content.register for one in courses(case.id)}
    assert registers == {""}
    assert not Course.objects.filter(group="care").exists()
    assert not Case.objects.filter(kind="mental_health").exists()


def test_ends_with_its_subject(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    office.hands.at = instant("2026-02-10 09:00")
    by = office.be("supervisor")
    subject = CaseSubject.objects.get(matter_id=case.id)
    end_subject(subject_id=subject.id, reason="died", by=by, at=clock.now())
    assert courses(case.id)[0].is_ended
    assert not Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide", state="open").exists()


def test_lets_the_database_refuse_a_gap_and_an_overlap(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    (course,) = courses(case.id)
    office.be("worker")
    for begins, ends in ((date(2026, 3, 2), date(2026, 3, 30)), (date(2026, 2, 28), date(2026, 3, 30))):
        with pytest.raises(IntegrityError):
            write_window(case.id, course.id, begins, ends)


@transaction.atomic
def write_window(case_id: UUID, course_id: UUID, begins: date, ends: date) -> None:
    row = Window(
        matter_id=case_id, course_id=course_id, n=2, begins_on=begins, ends_on=ends, contacts=2,
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    keep()


def test_leaves_what_others_may_not_know_unread(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for key, n in (("worker", 1), ("supervisor", 1), ("screener", 0), ("worker2", 0), ("chief", 0), ("clerk", 0)):
        office.be(key)
        assert Course.objects.filter(matter_id=case.id).count() == n, key


@pytest.mark.parametrize("group", ["care", "vulnerable_family"])
def test_says_of_each_level_what_it_asks_or_who_must_set_it(office: Office, group: str) -> None:
    by = office.be("worker")
    for level in levels(by, group, "99001", date(2026, 3, 1)):
        assert level.title
        assert level.says
        assert (why_blocked(by, group, level.code, "99001", date(2026, 3, 1)) != "") == ("尚未訂定" in level.says)


def test_plans_anew_only_from_the_day_of_another_rule(office: Office) -> None:
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for at in ("2026-02-03", "2026-02-10", "2026-02-12", "2026-02-24", "2026-03-03"):
        contact(office, case.id, f"{at} 10:00", "met", method="phone")
    before = windows(courses(case.id)[0])
    steps = [{"every": "1 month", "contacts": 4, "times": 1}, {"every": "1 month", "contacts": 3}]
    Enactment.objects.create(
        rule_id="suicide.follow_up", county="99001", proposed_by=office.workers["clerk"], enacted_at=clock.now(),
        approved_by=office.workers["chief"],
        body={"versions": [{"from": "2026-03-10", "assumption": "本縣自訂", "steps": steps}]},
    )  # fmt: skip
    job(office, "2026-03-09 03:00")
    assert windows(courses(case.id)[0]) == before
    job(office, "2026-03-10 03:00")
    assert windows(courses(case.id)[0]) == [
        before[0], "2026-03-01..2026-03-09 1/0+0 cut", "2026-03-10..2026-03-30 0/3+0 open"
    ]  # fmt: skip
    job(office, "2026-04-01 03:00")
    assert windows(courses(case.id)[0])[-1] == "2026-03-31..2026-04-30 0/3+0 open"
