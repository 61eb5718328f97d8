"""少輔會統籌: a youth at risk has a lead of his own beside the family's; visits that lie close; partners who leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anwang.cases.actions import NewSubject, leave_joining, open_coordination, open_person_lead, update_list
from anwang.cases.actions.coordinating import end_coordination
from anwang.cases.models import Case, Coordination, Leaving
from anwang.cases.queries import together
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState
from tests.unit.cases.office import Office

KIND = "youth_guidance"


def both(office: Office) -> tuple[Case, Case]:
    """The girl is served by child protection and by the youth committee (here: the welfare centre's desk)."""
    child = office.child_case(family_id=office.family)
    council = office.child_case(
        kind=KIND, subjects=[NewSubject(office.girl, "child")], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    return child, council


def lead_her(office: Office, worker: str = "welfare_worker", unit: str = "welfare", **more: str) -> Coordination:
    return open_person_lead(
        person_id=office.girl, county="99001", accountable_id=office.units[unit],
        lead=Holder(office.units[unit], office.workers[worker]), by=office.be(worker), at=clock.now(),
        at_risk_youth="yes", **more,
    )  # fmt: skip


def lead_family(office: Office) -> Coordination:
    return open_coordination(
        family_id=office.family, county="99001", accountable_id=office.units["protection"],
        lead=Holder(office.units["protection"], office.workers["worker"]), by=office.be("worker"), at=clock.now(),
        kinds=["child_protection"], minors_home="yes",
    )  # fmt: skip


def test_the_council_leads_by_law_beside_the_family_lead(office: Office) -> None:
    both(office)
    family, youth = lead_family(office), lead_her(office)
    assert (family.proposed, youth.proposed) == ("child_protection_unit", "council")
    assert Matter.objects.filter(kind="coordination", ended_at=None).count() == 2
    with pytest.raises(Conflict):
        lead_her(office)


def test_another_unit_leads_only_with_a_reason(office: Office) -> None:
    both(office)
    with pytest.raises(BadInput, match="少輔會"):
        lead_her(office, "worker", "protection")
    assert lead_her(office, "worker", "protection", differs_because="少輔會請兒保先統籌").differs_because


def test_who_does_not_serve_her_does_not_lead(office: Office) -> None:
    both(office)
    with pytest.raises(Refused, match="正在服務"):
        lead_her(office, "adult_worker", "adult", differs_because="想")


def test_ends_when_one_unit_is_left(office: Office) -> None:
    both(office)
    youth = lead_her(office)
    with pytest.raises(Refused, match="兩個以上"):
        end_coordination(coordination_id=youth.id, by=office.be("welfare_worker"), at=clock.now())


def test_partners_see_who_does_what_and_that_two_visits_lie_close(office: Office) -> None:
    child, council = both(office)
    lead = lead_family(office)
    by, now = office.be("worker"), clock.now()
    update_list(
        coordination_id=lead.id, lines=[(office.units["welfare"], "陪她上學", None)], by=by, at=now
    )  # fmt: skip
    matters.set_step(matter_id=child.id, code="visit", due_at=now + timedelta(days=5), by=by, at=now)
    matters.set_step(
        matter_id=council.id, code="visit", due_at=now + timedelta(days=7), by=office.be("welfare_worker"), at=now
    )  # fmt: skip
    seen = together(office.be("welfare_worker"), council.id)
    assert [line.unit for line in seen.units] == ["家防中心兒保組", "河岬社福中心"]
    assert {line.what for line in seen.units} == {"", "陪她上學"}
    close = {(one.first, one.second) for one in seen.overlaps}
    assert ("家防中心兒保組", "河岬社福中心") in close
    assert together(office.be("adult_worker"), council.id).units == (), "nobody outside the circle"


def test_the_other_partys_side_sees_no_lead_no_unit_no_visit(office: Office) -> None:
    both(office)
    lead_family(office)
    his = office.child_case(
        kind="other_party", subjects=[NewSubject(office.father, "other_party")], circle="other", worker="adult_worker",
        unit="adult", family_id=office.family, has_child="no",
    )  # fmt: skip
    seen = together(office.be("adult_worker"), his.id)
    assert (seen.leads, seen.units, seen.overlaps, seen.is_crowded) == ((), (), (), False)


def test_a_partner_leaves_with_a_reason_and_every_lead_is_told(office: Office) -> None:
    child, _council = both(office)
    lead = lead_family(office)
    office.hands.advance(timedelta(minutes=5))
    asked = matters.offer(
        matter_id=child.id, kind="joining", to_unit_id=office.units["adult"], topic="safety", by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    office.hands.advance(timedelta(minutes=5))
    matters.answer(offer_id=asked.id, accept=True, by=office.be("adult_supervisor"), at=clock.now())
    with pytest.raises(BadInput):
        leave_joining(offer_id=asked.id, reason="", by=office.be("adult_supervisor"), at=clock.now())
    leave_joining(offer_id=asked.id, reason="finished", by=office.be("adult_supervisor"), at=clock.now())
    office.be("worker")
    told = Leaving.objects.get(coordination_id=lead.id)
    assert (told.unit_id, told.because) == (office.units["adult"], "finished")


def test_one_unit_more_asks_for_a_conference(office: Office) -> None:
    both(office)
    lead = lead_family(office)
    for unit, worker in (("adult", "adult_worker"), ("intake", "investigator")):
        office.child_case(
            kind="other_violence", subjects=[NewSubject(office.mother, "victim")], worker=worker, unit=unit,
            family_id=office.family,
        )  # fmt: skip
    open_now = Duty.objects.filter(matter_id=lead.id, state=DutyState.OPEN).values_list("rule_id", flat=True)
    assert "coordination.conference" in set(open_now)
