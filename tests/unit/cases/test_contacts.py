"""A contact saves always, says whom it really saw, and discharges exactly what it may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.cases import sealed
from anwang.cases.actions import NewSubject, Sight, Told, correct_contact, record_contact
from anwang.cases.models import CaseSubject, Contact, ContactSeen, ContactServes, ContactText, Effort, Observation
from anwang.cases.rules import is_late
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty
from tests.unit.cases.office import NIGHT, Office

pytestmark = pytest.mark.django_db


def visit(office: Office, **changes: object) -> Told:
    told = Told(
        "home", "met", clock.now() - timedelta(minutes=20), ended_at=clock.now(), summary="小宇在客廳。",
        sights=(Sight(office.boy, "yes", observation="左耳後瘀青"), Sight(office.girl, "no", "asleep")),
    )  # fmt: skip
    return replace(told, **changes)  # type: ignore[arg-type]


def write_at_once(sight: ContactSeen) -> None:
    """Write a row and ask every deferred promise now."""
    with transaction.atomic():
        ContactSeen.objects.bulk_create([sight])
        connection.check_constraints()


def first_visit(case_id: object) -> Duty:
    return Duty.objects.get(matter_id=case_id, rule_id="child_protection.first_visit")


def test_ends_the_visit_clock_of_the_child_who_was_seen(office: Office) -> None:
    case = office.child_case()
    told = visit(office)
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    duty = first_visit(case.id)
    assert (duty.state, duty.settled_at) == ("done", told.started_at)
    seen = dict(CaseSubject.objects.values_list("person_id", "last_seen_at"))
    assert seen == {office.boy: told.started_at, office.girl: None}
    assert CaseSubject.objects.get(person_id=office.girl).missed_at == told.started_at


def test_leaves_the_clock_running_when_the_child_was_not_seen(office: Office) -> None:
    case = office.child_case()
    asleep = visit(office, sights=(Sight(office.boy, "no", "asleep"), Sight(office.girl, "yes")))
    record_contact(matter_id=case.id, told=asleep, by=office.be("worker"))
    assert first_visit(case.id).state == "open"


@pytest.mark.parametrize("method", ["phone", "call_in", "letter"])
def test_does_not_take_a_call_for_a_visit(office: Office, method: str) -> None:
    case = office.child_case()
    record_contact(
        matter_id=case.id, told=visit(office, method=method, sights=(Sight(office.boy, "yes"),)), by=office.be("worker")
    )
    assert first_visit(case.id).state == "open"
    assert CaseSubject.objects.get(person_id=office.boy).last_seen_at is None


def test_writes_an_attempt_for_every_subject_not_named(office: Office) -> None:
    case = office.child_case()
    record_contact(matter_id=case.id, told=Told("home", "not_met", clock.now()), by=office.be("worker"))
    assert set(ContactSeen.objects.values_list("person_id", "seen", "not_seen_because")) == {
        (office.boy, "no", "no_answer"), (office.girl, "no", "no_answer"),
    }  # fmt: skip


def test_counts_a_refusal_as_effort(office: Office) -> None:
    case = office.child_case()
    record_contact(matter_id=case.id, told=Told("home", "refused", clock.now()), by=office.be("worker"))
    assert Effort.objects.filter(matter_id=case.id, refused=True).count() == 1


def test_saves_a_late_entry_with_its_true_time_and_marks_it(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=49))
    told = visit(office, started_at=NIGHT + timedelta(hours=1), ended_at=None)
    contact = record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    assert is_late(contact.started_at, contact.recorded_at)
    assert not is_late(contact.started_at, contact.started_at + timedelta(hours=48))
    assert first_visit(case.id).settled_at == NIGHT + timedelta(hours=1)


def test_refuses_what_has_not_happened_yet(office: Office) -> None:
    case = office.child_case()
    with pytest.raises(BadInput, match="還沒到"):
        record_contact(
            matter_id=case.id, told=visit(office, started_at=clock.now() + timedelta(minutes=1)), by=office.be("worker")
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "not_met"}, "outcome"),
        ({"method": "by_dream"}, "method"),
        ({"ended_at": NIGHT}, "ended_at"),
    ],
)  # fmt: skip
def test_refuses_what_contradicts_itself(office: Office, changes: dict, field: str) -> None:
    case = office.child_case()
    with pytest.raises(BadInput) as wrong:
        record_contact(matter_id=case.id, told=visit(office, **changes), by=office.be("worker"))
    assert wrong.value.field == field


def test_serves_two_cases_and_the_report_with_one_entry(office: Office) -> None:
    child = office.child_case()
    mother = office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")])
    told = visit(office, sights=(Sight(office.boy, "yes"), Sight(office.mother, "yes")))
    contact = record_contact(matter_id=child.id, serves=[mother.id], told=told, by=office.be("worker"))
    served = dict(ContactServes.objects.filter(contact=contact).values_list("matter_id", "opens"))
    assert served == {child.id: True, mother.id: True, office.report: False}
    assert Duty.objects.get(matter_id=mother.id, rule_id__startswith="violence.first_contact").state == "done"


def test_does_not_count_the_mother_as_contacted_by_seeing_her_child(office: Office) -> None:
    child = office.child_case()
    mother = office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")])
    told = visit(office, sights=(Sight(office.boy, "yes"),))
    record_contact(matter_id=child.id, serves=[mother.id], told=told, by=office.be("worker"))
    assert Duty.objects.get(matter_id=mother.id, rule_id__startswith="violence.first_contact").state == "open"


def test_keeps_the_two_sides_apart(office: Office) -> None:
    hers = office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim")
    his = office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "other_party")], circle="other"
    )  # fmt: skip
    with pytest.raises(Refused, match="兩側"):
        record_contact(matter_id=hers.id, serves=[his.id], told=visit(office, sights=()), by=office.be("worker"))


def test_keeps_no_words_about_a_place_in_hiding(office: Office) -> None:
    case = office.child_case()
    told = visit(office, place_kind="safe_place", place="珊瑚縣某庇護所")
    contact = record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    assert ContactText.objects.get(contact=contact).place == ""


def test_keeps_what_was_seen_on_the_body_in_the_special_zone(office: Office) -> None:
    case = office.child_case()
    record_contact(matter_id=case.id, told=visit(office), by=office.be("worker"))
    kept = Observation.objects.get()
    assert "瘀青" not in kept.text
    assert sealed.observation_words(kept.text, kept.seen_id) == "左耳後瘀青"
    office.be("chief")
    assert not Observation.objects.exists()
    assert not ContactText.objects.exists()
    assert not ContactSeen.objects.exists()


def test_corrects_by_adding_and_revives_the_clock_of_a_sight_taken_back(office: Office) -> None:
    case = office.child_case()
    by = office.be("worker")
    told = visit(office)
    wrong = record_contact(matter_id=case.id, told=told, by=by)
    office.hands.advance(timedelta(hours=1))
    right = replace(told, sights=(Sight(office.boy, "no", "asleep"), Sight(office.girl, "no", "asleep")))
    correct_contact(contact_id=wrong.id, told=right, because="看錯人，是鄰居的小孩。", by=by)
    assert Contact.objects.count() == 2
    assert Duty.objects.filter(rule_id="child_protection.first_visit", state="open").get().due_at == (
        NIGHT + timedelta(hours=24)
    )
    assert CaseSubject.objects.get(person_id=office.boy).last_seen_at is None
    with pytest.raises(Refused):
        correct_contact(contact_id=wrong.id, told=right, because="我來改", by=office.be("supervisor"))


def test_asks_strangers_for_an_incident_note_instead(office: Office) -> None:
    case = office.child_case()
    with pytest.raises(Refused, match="通知便箋"):
        record_contact(matter_id=case.id, told=visit(office, sights=()), by=office.be("welfare_worker"))


def test_brings_the_visit_of_the_night_to_the_case_opened_after_it(office: Office) -> None:
    by = office.be("screener")
    told = visit(office)
    record_contact(matter_id=office.report, told=told, by=by)
    case = office.child_case()
    office.be("worker")
    assert first_visit(case.id).state == "done"
    assert CaseSubject.objects.get(person_id=office.boy).last_seen_at == told.started_at


def test_database_refuses_a_sight_in_a_contact_that_met_nobody(office: Office) -> None:
    case = office.child_case()
    by = office.be("worker")
    contact = record_contact(matter_id=case.id, told=Told("home", "not_met", clock.now(), sights=()), by=by)
    sight = ContactSeen(contact=contact, person_id=office.mother, seen="yes", in_person=True, recorded_at=clock.now())
    with pytest.raises(IntegrityError, match="seen_only_in_a_contact_that_met"):
        write_at_once(sight)


def test_database_refuses_to_change_or_delete_a_contact(office: Office) -> None:
    case = office.child_case()
    record_contact(matter_id=case.id, told=visit(office), by=office.be("worker"))
    for table in ("cases_contact", "cases_contacttext", "cases_contactseen", "cases_note"):
        for statement in (f"UPDATE {table} SET recorded_at = recorded_at", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match=r"denied|append"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
