"""A case opens with its subjects and their clocks; further reports join it; the front door sees what was before."""

from datetime import datetime, timedelta

import pytest

from anwang.access.queries import zones_of
from anwang.cases import actions
from anwang.cases.actions import NewSubject, Sight, Told
from anwang.cases.models import Case, CaseSubject, GradeChange, JoinedReport
from anwang.cases.queries import involvement_before
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from tests.unit.cases.office import LATER, NIGHT, Office

pytestmark = pytest.mark.django_db


def test_starts_the_clocks_of_each_subject_from_receipt(office: Office) -> None:
    case = office.child_case()
    office.be("worker")
    first_visit = Duty.objects.get(matter_id=case.id, rule_id="child_protection.first_visit")
    assert first_visit.subject_id == office.boy
    assert first_visit.due_at == NIGHT + timedelta(hours=24)
    assert Duty.objects.filter(matter_id=case.id, rule_id="child_protection.report_level_one").count() == 1
    assert [change.grade for change in GradeChange.objects.filter(matter_id=case.id).order_by("id")] == ["one", "two"]


def test_refuses_an_unknown_kind_and_a_case_about_nobody(office: Office) -> None:
    with pytest.raises(BadInput):
        office.child_case(kind="of_the_moon")
    with pytest.raises(BadInput):
        office.child_case(subjects=[])


def test_carries_the_report_to_whoever_acts_and_takes_it_along(office: Office) -> None:
    case = office.child_case()
    assert "reporter" in zones_of(office.be("worker"), office.report)
    matter = office.matter(case.id)
    office.hands.advance(timedelta(minutes=5))
    matters.reassign(
        matter_id=case.id, to=Holder(office.units["protection"], office.workers["worker2"]),
        effective_at=clock.now(), expected_since=matter.acting_since, by=office.be("supervisor"),
    )  # fmt: skip
    office.hands.advance(timedelta(minutes=1))
    assert "reporter" in zones_of(office.be("worker2"), office.report)
    assert not zones_of(office.be("worker"), office.report)
    assert "reporter" not in zones_of(office.be("supervisor"), office.report)


def test_carries_no_report_to_the_other_party_side(office: Office) -> None:
    case = office.child_case(
        kind="mental_health", circle="other", worker="adult_worker", unit="adult",
        subjects=[NewSubject(office.father, "other_party")],
    )  # fmt: skip
    viewer = office.be("adult_worker")
    assert "case" in zones_of(viewer, case.id)
    assert not zones_of(viewer, office.report)
    assert not CaseSubject.objects.filter(person_id=office.boy).exists()


def test_tells_worker_and_supervisor_of_a_new_event_at_once(office: Office) -> None:
    case = office.child_case()
    second = office.another_report()
    by = office.be("screener")
    actions.join_report(case_id=case.id, report_id=second.id, as_what="new_event", at=clock.now(), by=by)
    told = Duty.objects.filter(matter_id=case.id, rule_id__startswith="case.reported_again")
    assert {duty.owed_by for duty in told} == {"acting", "role"}
    office.be("worker")
    assert set(CaseSubject.objects.values_list("must_see_after", flat=True)) == {clock.now()}
    assert "reporter" in zones_of(office.be("worker"), second.id)


def test_counts_the_same_event_without_a_new_clock(office: Office) -> None:
    case = office.child_case()
    second = office.another_report()
    by = office.be("screener")
    for _ in range(2):
        actions.join_report(case_id=case.id, report_id=second.id, as_what="same_event", at=clock.now(), by=by)
    assert not Duty.objects.filter(matter_id=case.id, rule_id__startswith="case.reported_again").exists()


def test_a_report_that_joins_twice_is_told_once(office: Office) -> None:
    case = office.child_case()
    second = office.another_report()
    given = {"case_id": case.id, "report_id": second.id, "as_what": "new_event", "at": clock.now()}
    assert actions.join_report(**given, by=office.be("screener"))
    office.hands.advance(LATER)
    seen = Told("home", "met", clock.now(), sights=(Sight(office.boy, "yes"), Sight(office.girl, "yes")))
    actions.record_contact(matter_id=case.id, told=seen, by=office.be("worker"))
    told = Duty.objects.filter(matter_id=case.id, rule_id__startswith="case.reported_again")
    assert {duty.state for duty in told} == {"done"}
    assert not actions.join_report(**given, by=office.be("screener"))
    assert {duty.state for duty in told.all()} == {"done"}, "what was answered is not asked again"
    office.be("worker")
    assert JoinedReport.objects.filter(matter_id=case.id, report_id=second.id).count() == 1


def test_shows_the_front_door_what_was_before(office: Office) -> None:
    case = office.child_case(circle="victim")
    rows = involvement_before(office.be("screener"), [office.boy])
    assert {(row.is_report, row.kind) for row in rows} == {(True, ""), (False, "child_protection")}
    assert next(row for row in rows if not row.is_report).was_seen is False
    assert {row.unit for row in rows} == {"通報調查處理中心", "家防中心兒保組"}
    assert case.id in {row.matter_id for row in rows}


def test_hides_the_victim_side_from_a_file_of_the_other_party(office: Office) -> None:
    office.child_case(circle="victim")
    assert involvement_before(office.be("screener"), [office.boy], circle="other") == ()


def test_gives_the_look_to_nobody_but_the_front_door(office: Office) -> None:
    office.child_case()
    with pytest.raises(Refused):
        involvement_before(office.be("welfare_worker"), [office.boy])


def test_hides_a_case_from_colleagues_without_relation(office: Office) -> None:
    office.child_case()
    for stranger in ("worker2", "welfare_worker", "administrator", "clerk", "ngo_worker"):
        office.be(stranger)
        assert not Case.objects.exists()
        assert not CaseSubject.objects.exists()


def test_opens_before_it_was_keyed_but_never_later_than_now(office: Office) -> None:
    with pytest.raises(BadInput):
        office.child_case(opened_at=datetime(2030, 1, 1, tzinfo=clock.TAIPEI))
