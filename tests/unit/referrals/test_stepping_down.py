"""兒保 to family service: taken and visited together before closing; transitions with a day; stages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anwang.cases.actions import (
    Ending,
    Sight,
    Told,
    approve_review,
    ask_to_close,
    decide_opening,
    record_contact,
)
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState
from anwang.referrals import actions, jobs, policies
from anwang.referrals.models import IssueStage, Referral, Transition
from tests.unit.cases.office import Office
from tests.unit.referrals.asking import sent, taken

DOWN = {"is_step_down": True, "answers": {"harm": "no", "steps_down": "yes"}}
ENDING = Ending("stepped_down", "風險降低，由社福接手。")


def served(office: Office) -> Case:
    """A case in service, both children seen."""
    case = office.child_case(family_id=office.family)
    by = office.be("worker")
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["harm_found"], words="", by=by, at=clock.now()
    )  # fmt: skip
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    office.hands.advance(timedelta(minutes=30))
    told = Told("home", "met", clock.now(), sights=(Sight(office.boy, "yes"), Sight(office.girl, "yes")))
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    return case


def ask_to_end(office: Office, case: Case, person: object) -> object:
    by = office.be("worker")
    subject = CaseSubject.objects.get(matter_id=case.id, person_id=person, until_on=None)
    return ask_to_close(case_id=case.id, subject_id=subject.id, ending=ENDING, by=by, at=clock.now())


def test_closes_only_after_acceptance_and_a_visit_together(office: Office) -> None:
    case = served(office)
    with pytest.raises(Refused, match="還沒有接受"):
        ask_to_end(office, case, office.boy)
    referral = sent(office, case.id, **DOWN)
    with pytest.raises(Refused, match="等對方回覆"):
        ask_to_end(office, case, office.boy)
    taken(office, referral)
    assert office.matter(referral.id).acting_worker_id == office.workers["worker"], (
        "the sender stays until he looks back"
    )
    with pytest.raises(Refused, match="共同訪視"):
        ask_to_end(office, case, office.boy)
    by = office.be("worker")
    actions.visited_together(referral_id=referral.id, words="和沈社工一起，見到小宇。", by=by, at=clock.now())
    review = ask_to_end(office, case, office.boy)
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    office.be("worker")
    still = set(CaseSubject.objects.filter(matter_id=case.id, until_on=None).values_list("person_id", flat=True))
    assert still == {office.girl}, "the sister stays, and so does the case"
    assert Matter.objects.get(id=case.id).ended_at is None


def test_a_step_down_of_one_child_ends_nobody_else(office: Office) -> None:
    case = served(office)
    referral = taken(office, sent(office, case.id, **DOWN))
    actions.visited_together(referral_id=referral.id, words="見到小宇。", by=office.be("worker"), at=clock.now())
    with pytest.raises(Refused, match="還沒有接受"):
        ask_to_end(office, case, office.girl)


def test_given_back_before_approval_stops_the_closing(office: Office) -> None:
    case = served(office)
    referral = taken(office, sent(office, case.id, **DOWN))
    actions.visited_together(referral_id=referral.id, words="見到小宇。", by=office.be("worker"), at=clock.now())
    review = ask_to_end(office, case, office.boy)
    office.hands.advance(timedelta(minutes=5))
    actions.give_back(
        referral_id=referral.id, reason="capacity", words="人力不足", by=office.be("welfare_supervisor"), at=clock.now()
    )  # fmt: skip
    with pytest.raises(Refused, match="還沒有接受"):
        approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())


def test_looks_back_months_later_and_only_then_ends(office: Office) -> None:
    case = served(office)
    referral = taken(office, sent(office, case.id, **DOWN))
    actions.contacted(
        referral_id=referral.id, words="去過了。", by=office.be("welfare_supervisor"), at=clock.now()
    )  # fmt: skip
    with pytest.raises(Refused, match="回看"):
        actions.close(
            referral_id=referral.id, outcome="served", words="", by=office.be("welfare_supervisor"), at=clock.now()
        )  # fmt: skip
    by = office.be("worker")
    with pytest.raises(Refused, match="共同訪視"):
        actions.looked_back(referral_id=referral.id, words="電話問過。", outcome="serving", by=by, at=clock.now())
    assert "look_back" not in policies.acts(by, referral, office.matter(referral.id), None)
    actions.visited_together(referral_id=referral.id, words="見到小宇。", by=by, at=clock.now())
    look = Duty.objects.get(matter_id=referral.id, rule_id="referral.look_back", state=DutyState.OPEN)
    assert clock.local(look.due_at).date() == date(2026, 6, 9)
    office.hands.advance(timedelta(days=85))
    actions.looked_back(
        referral_id=referral.id, words="上學了，媽媽在工作。", outcome="serving", by=office.be("worker"), at=clock.now()
    )  # fmt: skip
    assert office.matter(referral.id).ended_at is not None


def test_receiver_opens_its_own_case_for_the_family(office: Office) -> None:
    case = served(office)
    referral = taken(office, sent(office, case.id, **DOWN))
    office.hands.advance(timedelta(minutes=5))
    opened = actions.open_case_here(
        referral_id=referral.id, worker_id=office.workers["welfare_worker"], by=office.be("welfare_supervisor"),
        at=clock.now(),
    )  # fmt: skip
    office.be("welfare_worker")
    assert Case.objects.get(id=opened).kind == "vulnerable_family"
    assert Matter.objects.get(id=opened).family_id == office.family
    with pytest.raises(Conflict):
        actions.open_case_here(
            referral_id=referral.id, worker_id=office.workers["welfare_worker"],
            by=office.be("welfare_supervisor"), at=clock.now(),
        )  # fmt: skip


def open_rules(case: Case) -> set[str]:
    open_now = Duty.objects.filter(matter_id=case.id, state=DutyState.OPEN, rule_id__startswith="transition.")
    return set(open_now.values_list("rule_id", flat=True))


def test_a_transition_warns_higher_and_higher_until_somebody_accepts(office: Office) -> None:
    case = served(office)
    by = office.be("worker")
    plan = actions.plan_transition(
        case_id=case.id, person_id=office.boy, kind="graduation", on=date(2026, 9, 1), by=by, at=clock.now()
    )  # fmt: skip
    four = {"transition.receiver", "transition.accepted", "transition.warns_supervisor", "transition.warns_authority"}
    assert open_rules(case) == four
    referral = sent(
        office, case.id, transition_id=plan.id, effective_on=date(2026, 9, 1), to_kind="student_counselling",
        answers={"harm": "no", "moves_school": "yes"},
    )  # fmt: skip
    assert open_rules(case) == four - {"transition.receiver"}
    taken(office, referral, to="welfare_worker")
    assert open_rules(case) == set()
    office.be("worker")
    assert Transition.objects.get(id=plan.id).state == "accepted"
    assert office.matter(referral.id).acting_worker_id == office.workers["worker"], "until the day"


def test_what_was_accepted_before_takes_effect_on_the_day(office: Office) -> None:
    from anwang.matters.jobs import carry_out_transitions

    case = served(office)
    referral = sent(office, case.id, effective_on=date(2026, 3, 20))
    taken(office, referral, to="welfare_worker")
    office.hands.advance(timedelta(days=11))
    assert carry_out_transitions() == 0
    office.hands.advance(timedelta(days=1))
    assert carry_out_transitions() == 1
    assert office.matter(referral.id).acting_worker_id == office.workers["welfare_worker"]
    assert office.matter(case.id).acting_worker_id == office.workers["worker"]


def test_turning_18_is_planned_by_itself_once(office: Office) -> None:
    from anwang.people.models import Person

    case = served(office)
    office.be("worker")
    Person.objects.filter(id=office.girl).update(born_earliest=date(2008, 6, 1), born_latest=date(2008, 6, 1))
    assert jobs.plan_turning_18() == 1
    assert jobs.plan_turning_18() == 0
    office.be("worker")
    plan = Transition.objects.get(case_id=case.id)
    assert (plan.kind, plan.on, plan.person_id) == ("age_18", date(2026, 6, 1), office.girl)


def test_moved_and_dropped(office: Office) -> None:
    case = served(office)
    plan = actions.plan_transition(
        case_id=case.id, person_id=office.boy, kind="placement_end", on=date(2026, 6, 1), by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    actions.move_transition(transition_id=plan.id, on=date(2026, 12, 1), by=office.be("worker"), at=clock.now())
    late = Duty.objects.get(matter_id=case.id, rule_id="transition.accepted", state=DutyState.OPEN)
    assert clock.local(late.due_at).date() == date(2026, 11, 1)
    actions.drop_transition(transition_id=plan.id, because="延長安置", by=office.be("worker"), at=clock.now())
    assert open_rules(case) == set()


def test_an_issue_has_a_stage_and_a_next_receiver(office: Office) -> None:
    case = served(office)
    with pytest.raises(BadInput, match="由誰接"):
        actions.set_stage(
            case_id=case.id, topic="parenting", stage="handing_on", by=office.be("worker"), at=clock.now()
        )  # fmt: skip
    actions.set_stage(
        case_id=case.id, topic="parenting", stage="handing_on", next_kind="family_education", by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    assert IssueStage.objects.get(case_id=case.id).next_kind == "family_education"
    office.be("welfare_worker")
    assert not IssueStage.objects.exists()
    assert not Referral.objects.exists()
