"""A visit to the home of a child who is placed: he was not looked for there, so he was neither missed nor seen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from anwang.cases.actions import (
    Ending,
    Investigated,
    Place,
    Safety,
    Sight,
    Told,
    approve_review,
    ask_to_close,
    decide_opening,
    place,
    record_contact,
    submit_investigation,
)
from anwang.cases.models import Case, CaseSubject, ContactSeen
from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
PLACED = "placed"


@pytest.fixture
def case(office: Office) -> Case:
    """The boy was seen at home and placed; two days later somebody visits the home."""
    found = office.child_case()
    office.hands.advance(timedelta(hours=1))
    visit(office, found, Sight(office.boy, "yes"), Sight(office.girl, "yes"))
    office.hands.advance(timedelta(hours=1))
    where = Place("foster", "child_56", clock.now() - timedelta(minutes=5))
    place(case_id=found.id, person_id=office.boy, where=where, by=office.be("worker"))
    office.hands.advance(timedelta(days=2))
    return found


def visit(office: Office, case: Case, *sights: Sight, outcome: str = "met", at: datetime | None = None,
          method: str = "home", place_kind: str = "home") -> None:  # fmt: skip
    told = Told(method, outcome, at or clock.now(), sights=sights, place_kind=place_kind)
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))


def boy(office: Office) -> CaseSubject:
    office.be("worker")
    return CaseSubject.objects.get(person_id=office.boy, until_on=None)


def line_of(office: Office, case: Case) -> object:
    found = page(office.be("worker"), Matter.objects.get(id=case.id).number)
    return next(one for one in found.subjects if one.person_id == office.boy)


def test_is_neither_missed_nor_seen_at_home(office: Office, case: Case) -> None:
    before = boy(office)
    visit(office, case, Sight(office.boy, "no", PLACED), Sight(office.girl, "yes"))
    after = boy(office)
    assert (after.last_seen_at, after.missed_at) == (before.last_seen_at, None)
    assert not line_of(office, case).unseen


def test_a_child_who_was_merely_away_is_missed_still(office: Office, case: Case) -> None:
    visit(office, case, Sight(office.boy, "no", "away"), Sight(office.girl, "yes"))
    assert boy(office).missed_at == clock.now()
    assert line_of(office, case).unseen


def test_an_attempt_at_home_does_not_write_him_down_as_missed(office: Office, case: Case) -> None:
    visit(office, case, outcome="not_met")
    assert dict(ContactSeen.objects.filter(seen="no").values_list("person_id", "not_seen_because")) == {
        office.boy: PLACED, office.girl: "no_answer",
    }  # fmt: skip
    assert boy(office).missed_at is None


def test_a_missed_visit_to_the_placement_counts(office: Office, case: Case) -> None:
    visit(office, case, outcome="not_met", method="institution", place_kind="other")
    assert boy(office).missed_at == clock.now()


def test_his_own_duties_stay(office: Office) -> None:
    case = office.child_case()
    where = Place("foster", "child_56", clock.now() - timedelta(minutes=5))
    place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    office.hands.advance(timedelta(hours=1))
    visit(office, case, Sight(office.boy, "no", PLACED), Sight(office.girl, "yes"))
    assert Duty.objects.get(matter_id=case.id, rule_id="child_protection.first_visit").state == "open"
    assert line_of(office, case).unseen, "nobody has seen him yet"


@pytest.mark.parametrize(
    "where", [{"method": "institution"}, {"place_kind": "safe_place"}], ids=["institution", "safe place"]
)
def test_is_no_reason_where_he_is_placed(office: Office, case: Case, where: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="實際"):
        visit(office, case, Sight(office.boy, "no", PLACED), Sight(office.girl, "yes"), **where)


def test_is_no_reason_for_a_child_who_is_not_placed(office: Office, case: Case) -> None:
    with pytest.raises(BadInput, match="陳小樂"):
        visit(office, case, Sight(office.girl, "no", PLACED))
    with pytest.raises(BadInput, match="陳小宇"):
        visit(office, case, Sight(office.boy, "no", PLACED), at=clock.now() - timedelta(days=2, hours=1))


def test_refuses_a_reason_that_is_not_on_the_list(office: Office, case: Case) -> None:
    with pytest.raises(BadInput):
        visit(office, case, Sight(office.boy, "no", "on_the_moon"))


def test_explains_no_unseen_child_in_an_investigation_report(office: Office) -> None:
    case = office.child_case()
    where = Place("foster", "child_56", clock.now() - timedelta(minutes=5))
    place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    with pytest.raises(BadInput):
        submit_investigation(
            case_id=case.id, class_code="one", parts={"result": "已安置。"},
            subjects=[Investigated(boy(office).id, PLACED, Safety("unsafe"))], by=office.be("worker"), at=clock.now(),
        )  # fmt: skip


def test_closes_over_nobody_who_was_not_seen_elsewhere(office: Office, case: Case) -> None:
    opened = decide_opening(
        case_id=case.id, decision="opened", grounds=["harm_found"], words="", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=opened.id, by=office.be("supervisor"), at=clock.now())
    visit(office, case, Sight(office.boy, "no", "away"), Sight(office.girl, "yes"))
    office.hands.advance(timedelta(days=1))
    visit(office, case, Sight(office.boy, "no", PLACED), Sight(office.girl, "yes"))
    with pytest.raises(Refused, match="陳小宇最近沒有當面見到"):
        ask_to_close(
            case_id=case.id, subject_id=boy(office).id, ending=Ending("goals_met", "返家穩定。"),
            by=office.be("worker"), at=clock.now(),
        )  # fmt: skip


def test_the_database_knows_nobody_who_was_seen_where_he_was_not_looked_for(office: Office, case: Case) -> None:
    visit(office, case, Sight(office.boy, "no", PLACED), Sight(office.girl, "yes"))
    row = ContactSeen.objects.filter(person_id=office.boy).latest("recorded_at")
    assert (row.seen, row.looked_for) == ("no", False)
    with pytest.raises(IntegrityError, match="seen_is_looked_for"):
        ContactSeen.objects.bulk_create(
            [ContactSeen(id=uuid7(), contact_id=row.contact_id, person_id=office.father, seen="yes", in_person=True,
                         looked_for=False, recorded_at=clock.now())]
        )  # fmt: skip
