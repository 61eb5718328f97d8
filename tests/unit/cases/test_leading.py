"""One lead per family, by rule and people; plan and list owed; told before anyone leaves; no right to read."""

from datetime import timedelta

import pytest

from anwang.cases.actions import (
    Ending,
    NewSubject,
    Sight,
    Told,
    approve_review,
    ask_to_close,
    confer,
    decide_opening,
    end_coordination,
    hand_over_lead,
    object_to_leaving,
    open_coordination,
    record_contact,
    update_list,
    update_plan,
)
from anwang.cases.models import Case, CaseSubject, Coordination, Leaving, SharedPlan, WhoDoesWhat
from anwang.cases.queries import lead
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, NotFound, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db


def two_units(office: Office) -> tuple[Case, Case]:
    child = office.child_case(family_id=office.family)
    family = office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None), NewSubject(office.girl, "child")],
        worker="welfare_worker", unit="welfare", family_id=office.family,
    )  # fmt: skip
    return child, family


def lead_it(office: Office, **changes: object) -> Coordination:
    by = office.be("worker")
    return open_coordination(
        family_id=office.family, county="99001", accountable_id=office.units["protection"],
        lead=Holder(office.units["protection"], office.workers["worker"]), by=by, at=clock.now(),
        kinds=["child_protection", "vulnerable_family"], minors_home="yes", **changes,
    )  # type: ignore[arg-type]  # fmt: skip


def test_needs_two_units_and_is_one_per_family(office: Office) -> None:
    office.child_case(family_id=office.family)
    with pytest.raises(Refused, match="2個單位"):
        lead_it(office)
    office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    made = lead_it(office)
    assert (made.proposed, made.rule_id) == ("child_protection_unit", "family.lead")
    with pytest.raises(Conflict):
        lead_it(office)


def test_owes_plan_and_list_and_each_version_stays(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    owed = Duty.objects.filter(matter_id=made.id, state="open", is_auto=False)
    assert {one.rule_id for one in owed} == {"coordination.plan", "coordination.list"}
    by = office.be("worker")
    update_plan(coordination_id=made.id, text="第一版", by=by, at=clock.now())
    update_plan(coordination_id=made.id, text="第二版", by=by, at=clock.now())
    update_list(coordination_id=made.id, lines=[(office.units["welfare"], "申請托育", None)], by=by, at=clock.now())
    assert not owed.all().exists()
    assert SharedPlan.objects.count() == 2
    assert lead(by, office.matter(made.id).number).plans[0][0] == "第二版"


def test_shares_the_plan_with_partners_and_reads_none_of_their_cases(office: Office) -> None:
    _child, family = two_units(office)
    his = office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "other_party")], circle="other",
        worker="adult_worker", unit="adult", family_id=office.family,
    )  # fmt: skip
    made = lead_it(office)
    update_plan(coordination_id=made.id, text="搬到外婆家", by=office.be("worker"), at=clock.now())
    office.be("welfare_worker")
    assert SharedPlan.objects.get().text == "搬到外婆家"
    office.be("worker")
    assert not Case.objects.filter(id__in=[family.id, his.id]).exists()


def test_tells_the_other_side_of_no_lead(office: Office) -> None:
    child = office.child_case(family_id=office.family, circle="victim")
    office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "other_party")], circle="other",
        worker="adult_worker", unit="adult", family_id=office.family,
    )  # fmt: skip
    made = lead_it(office)
    update_plan(coordination_id=made.id, text="搬到外婆家", by=office.be("worker"), at=clock.now())
    viewer = office.be("adult_worker")
    assert child
    assert not SharedPlan.objects.exists()
    with pytest.raises(NotFound):
        lead(viewer, office.matter(made.id).number)


def test_keeps_the_lead_until_the_other_unit_accepts(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    hand_over_lead(coordination_id=made.id, to_unit_id=office.units["welfare"], by=office.be("supervisor"))
    assert Matter.objects.get(id=made.id).acting_unit_id == office.units["protection"]


def test_tells_the_lead_before_a_unit_leaves_and_hears_one_objection(office: Office) -> None:
    _child, family = two_units(office)
    made = lead_it(office)
    by = office.be("welfare_worker")
    opening = decide_opening(
        case_id=family.id, decision="opened", grounds=["many_needs"], words="", by=by, at=clock.now()
    )
    approve_review(review_id=opening.id, by=office.be("welfare_supervisor"), at=clock.now())
    office.hands.advance(timedelta(minutes=30))
    by = office.be("welfare_worker")
    record_contact(
        matter_id=family.id, told=Told("home", "met", clock.now(), sights=(Sight(office.girl, "yes"),)), by=by
    )
    ending = Ending("goals_met", "穩定")
    girl, home = (
        CaseSubject.objects.get(matter_id=family.id, person_id=office.girl),
        CaseSubject.objects.get(matter_id=family.id, person=None),
    )
    first = ask_to_close(case_id=family.id, subject_id=girl.id, ending=ending, by=by, at=clock.now())
    assert not Leaving.objects.exists()
    approve_review(review_id=first.id, by=office.be("welfare_supervisor"), at=clock.now())
    by = office.be("welfare_worker")
    last = ask_to_close(case_id=family.id, subject_id=home.id, ending=ending, by=by, at=clock.now())
    assert Duty.objects.get(matter_id=made.id, rule_id="coordination.leaving").state == "open"
    leaving = Leaving.objects.get()
    office.be("worker")
    object_to_leaving(leaving_id=leaving.id, words="再陪一個月", by=office.be("worker"), at=clock.now())
    with pytest.raises(Conflict):
        object_to_leaving(leaving_id=leaving.id, words="再一次", by=office.be("worker"), at=clock.now())
    approve_review(review_id=last.id, by=office.be("welfare_supervisor"), at=clock.now())
    leaving.refresh_from_db()
    assert leaving.may_leave is True
    assert Matter.objects.get(id=family.id).ended_how == "closed"
    end_coordination(coordination_id=made.id, by=office.be("worker"), at=clock.now())


def test_goes_on_while_two_units_serve(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    with pytest.raises(Refused):
        end_coordination(coordination_id=made.id, by=office.be("worker"), at=clock.now())
    with pytest.raises(Refused):
        update_plan(coordination_id=made.id, text="我來", by=office.be("ngo_worker"), at=clock.now())
    confer(coordination_id=made.id, by=office.be("worker"), at=clock.now())
    assert WhoDoesWhat.objects.count() == 0


def test_lets_only_the_lead_write_plan_and_list_and_pass_the_lead_on(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    update_plan(coordination_id=made.id, text="主責的計畫", by=office.be("worker"), at=clock.now())
    partner = office.be("welfare_worker")
    page = lead(partner, office.matter(made.id).number)
    assert (page.plans[0][0], page.may_lead) == ("主責的計畫", False)
    for write in (
        lambda: update_plan(coordination_id=made.id, text="協力改的", by=partner, at=clock.now()),
        lambda: update_list(coordination_id=made.id, lines=[(office.units["welfare"], "x", None)], by=partner,
                            at=clock.now()),
        lambda: confer(coordination_id=made.id, by=partner, at=clock.now()),
    ):  # fmt: skip
        with pytest.raises(Refused, match="主責單位更新"):
            write()
    assert lead(office.be("supervisor"), office.matter(made.id).number).may_lead


def test_says_why_the_rule_proposed_this_lead(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    page = lead(office.be("worker"), office.matter(made.id).number)
    assert page.proposed == "有進行中之兒少保護案？是，為「家防中心兒少保護」"
