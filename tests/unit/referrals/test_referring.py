"""A referral: the sender answers until somebody has taken it on; what came of it comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters.models import Duty, Matter, Offer
from anwang.matters.promises import keep
from anwang.matters.states import DutyState, OfferState
from anwang.referrals import actions
from anwang.referrals.models import Referral, ReferralStep
from tests.unit.cases.office import Office
from tests.unit.referrals.asking import sent, taken, taken_by_proxy, told


def open_rules(matter_id: Any) -> set[str]:
    return set(Duty.objects.filter(matter_id=matter_id, state=DutyState.OPEN).values_list("rule_id", flat=True))


def read(office: Office, referral: Referral, as_who: str = "worker") -> Referral:
    office.be(as_who)
    return Referral.objects.get(id=referral.id)


def test_stays_with_the_sender_until_somebody_takes_it(office: Office) -> None:
    case = office.child_case()
    referral = sent(office, case.id)
    matter = office.matter(referral.id)
    assert referral.state == "sent"
    assert matter.acting_worker_id == office.workers["worker"]
    assert open_rules(referral.id) == {"referral.answer_social"}
    taken(office, referral, to="welfare_worker")
    matter = office.matter(referral.id)
    assert (matter.acting_unit_id, matter.acting_worker_id) == (
        office.units["welfare"],
        office.workers["welfare_worker"],
    )
    assert matter.accountable_id == office.units["welfare"]
    assert office.matter(case.id).acting_worker_id == office.workers["worker"]
    assert open_rules(referral.id) == {"referral.first_contact"}
    assert read(office, referral).state == "accepted"


def test_feeds_first_contact_and_outcome_back_to_whoever_reads_the_case(office: Office) -> None:
    case = office.child_case()
    referral = taken(office, sent(office, case.id), to="welfare_worker")
    office.hands.advance(timedelta(days=2))
    by = office.be("welfare_worker")
    actions.contacted(referral_id=referral.id, words="到家裡談了一小時。", by=by, at=clock.now())
    actions.close(referral_id=referral.id, outcome="serving", words="", by=by, at=clock.now())
    office.be("worker")
    kinds = list(
        ReferralStep.objects.filter(referral_id=referral.id).order_by("at", "id").values_list("kind", flat=True)
    )
    assert kinds == ["sent", "accepted", "contacted", "closed"]
    assert read(office, referral).outcome == "serving"
    assert office.matter(referral.id).ended_how == "serving"


def test_ends_only_with_an_outcome(office: Office) -> None:
    referral = taken(office, sent(office, office.child_case().id), to="welfare_worker")
    by = office.be("welfare_worker")
    with pytest.raises(BadInput):
        actions.close(referral_id=referral.id, outcome="", words="", by=by, at=clock.now())
    with pytest.raises(BadInput, match="原因"):
        actions.close(referral_id=referral.id, outcome="not_reached", words="", by=by, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(id=referral.id).update(state="ended")


def test_comes_back_with_a_reason_and_asks_what_next(office: Office) -> None:
    referral = sent(office, office.child_case().id)
    office.hands.advance(timedelta(minutes=5))
    by = office.be("welfare_supervisor")
    actions.send_back(referral_id=referral.id, reason="not_resident", by=by, at=clock.now(), words="住別的鄉。")
    assert read(office, referral).state == "returned"
    assert open_rules(referral.id) == {"referral.next"}
    with pytest.raises(NotFound):
        actions.accept(referral_id=referral.id, by=office.be("welfare_supervisor"), at=clock.now())
    actions.give_up(referral_id=referral.id, reason="done_here", by=office.be("worker"), at=clock.now())
    assert office.matter(referral.id).ended_how == "given_up"


def test_asks_back_and_is_answered_while_its_clock_runs_on(office: Office) -> None:
    referral = sent(office, office.child_case().id)
    due = Offer.objects.get(matter_id=referral.id).answer_due_at
    actions.ask_back(referral_id=referral.id, words="媽媽知道嗎？", by=office.be("welfare_supervisor"), at=clock.now())
    assert "referral.reply" in open_rules(referral.id)
    actions.reply(referral_id=referral.id, words="知道，也願意。", by=office.be("worker"), at=clock.now())
    assert open_rules(referral.id) == {"referral.answer_social"}
    assert Offer.objects.get(matter_id=referral.id).answer_due_at == due


def test_is_sent_on_by_the_receiver_and_keeps_the_first_clock(office: Office) -> None:
    referral = sent(office, office.child_case().id)
    due = Offer.objects.get(matter_id=referral.id).answer_due_at
    office.hands.advance(timedelta(days=1))
    by = office.be("welfare_supervisor")
    actions.send_on(referral_id=referral.id, to_unit_id=office.units["adult"], by=by, at=clock.now(), words="住那邊。")
    found = read(office, referral)
    assert (found.state, found.to_unit_id) == ("sent", office.units["adult"])
    assert Offer.objects.get(pending_of=referral.id).answer_due_at == due
    office.be("welfare_supervisor")
    assert not Referral.objects.filter(id=referral.id).exists(), "who sent it on reads it no longer"
    office.be("adult_supervisor")
    assert Referral.objects.filter(id=referral.id).exists()


def test_consent_to_one_receiver_lets_only_the_sender_send_on(office: Office) -> None:
    consent = {"basis": "consent", "basis_on": date(2026, 3, 7)}
    referral = sent(office, office.child_case().id, **consent)
    with pytest.raises(Refused, match="只同意"):
        actions.send_on(
            referral_id=referral.id,
            to_unit_id=office.units["adult"],
            by=office.be("welfare_supervisor"),
            at=clock.now(),
        )
    to_adult = {"referral_id": referral.id, "to_unit_id": office.units["adult"]}
    with pytest.raises(BadInput, match="再問過"):
        actions.send_on(**to_adult, by=office.be("worker"), at=clock.now())
    actions.send_on(**to_adult, by=office.be("worker"), at=clock.now(), basis="consent", basis_on=date(2026, 3, 8))
    assert read(office, referral).basis_on == date(2026, 3, 8)
    assert not Offer.objects.filter(pending_of=referral.id, to_unit_id=office.units["welfare"]).exists()


def test_wants_a_day_of_consent_and_a_law_for_a_duty(office: Office) -> None:
    case = office.child_case()
    with pytest.raises(BadInput, match="同意"):
        sent(office, case.id, basis="consent")
    with pytest.raises(BadInput, match="法律"):
        sent(office, case.id, basis="duty")
    assert not Referral.objects.exists()


def test_suspected_harm_is_reported_first(office: Office) -> None:
    case, harm = office.child_case(), {"answers": {"harm": "yes"}}
    with pytest.raises(Refused, match="先通報"):
        sent(office, case.id, **harm)
    assert sent(office, case.id, **harm, differs_because="已通報T115，服務部分另轉").proposed == "report"


def test_who_differs_from_the_indicators_says_why(office: Office) -> None:
    case, unfit = office.child_case(), {"answers": {"harm": "no", "several": "no", "steps_down": "no"}}
    with pytest.raises(BadInput, match="理由"):
        sent(office, case.id, **unfit)
    assert sent(office, case.id, **unfit, differs_because="和督導電話講好了").differs_because


def test_receiver_without_accounts_is_answered_by_proxy_and_the_sender_goes_on_chasing(office: Office) -> None:
    case = office.child_case()
    referral = sent(
        office,
        case.id,
        to="health",
        to_kind="mental_health",
        answers={"harm": "no", "danger": "no", "suspected": "yes"},
    )
    taken_by_proxy(office, referral)
    assert office.matter(referral.id).acting_worker_id == office.workers["worker"]
    by = office.be("worker")
    with pytest.raises(BadInput, match="代登"):
        actions.contacted(referral_id=referral.id, words="約了週三門診。", by=by, at=clock.now())
    actions.contacted(
        referral_id=referral.id, words="約了週三門診。", by=by, at=clock.now(), ref="王護理長(08)000-2222"
    )
    assert read(office, referral).state == "met"


def test_follows_its_case_to_whoever_holds_that(office: Office) -> None:
    from anwang.matters.actions import reassign
    from anwang.matters.holder import Holder

    case = office.child_case()
    referral = sent(office, case.id)
    office.hands.advance(timedelta(minutes=5))
    matter = office.matter(case.id)
    reassign(
        matter_id=case.id, to=Holder(matter.acting_unit_id, office.workers["worker2"]), effective_at=clock.now(),
        expected_since=matter.acting_since, by=office.be("supervisor"),
    )  # fmt: skip
    assert office.matter(referral.id).acting_worker_id == office.workers["worker2"]
    assert taken(office, referral).state == "accepted"


def test_given_back_while_the_case_is_open_and_never_after(office: Office) -> None:
    case = office.child_case()
    referral = taken(office, sent(office, case.id), to="welfare_worker")
    office.hands.advance(timedelta(minutes=5))
    given = {"referral_id": referral.id, "reason": "not_competent", "words": "搬走了"}
    actions.give_back(**given, by=office.be("welfare_supervisor"), at=clock.now())
    assert office.matter(referral.id).acting_worker_id == office.workers["worker"]
    assert read(office, referral).state == "returned"
    assert "referral.next" in open_rules(referral.id)
    office.be("welfare_supervisor")
    assert not Referral.objects.filter(id=referral.id).exists()


def test_the_database_holds_the_case_open_while_nobody_took_it(office: Office) -> None:
    case = office.child_case()
    sent(office, case.id)
    with pytest.raises(IntegrityError, match="case_open_while_its_referral_waits"), transaction.atomic():
        _end_by_hand(case.id)


def _end_by_hand(case_id: Any) -> None:
    Duty.objects.filter(matter_id=case_id, state=DutyState.OPEN).update(state=DutyState.VOID, settled_at=clock.now())
    Matter.objects.filter(id=case_id).update(ended_at=clock.now(), ended_how="closed", next_duty_id=None)
    keep()


@pytest.mark.parametrize("who", ["adult_worker", "adult_supervisor", "ngo_worker", "chief", "welfare_worker", "clerk"])
def test_nobody_else_reads_it(office: Office, who: str) -> None:
    referral = sent(office, office.child_case().id)
    office.be(who)
    assert not Referral.objects.filter(id=referral.id).exists()
    assert not ReferralStep.objects.filter(referral_id=referral.id).exists()


def test_receiver_reads_the_referral_and_nothing_of_the_case(office: Office) -> None:
    from anwang.access.queries import zones_of
    from anwang.cases.models import CaseSubject
    from anwang.people.models import Person

    case = office.child_case()
    referral = sent(office, case.id)
    by = office.be("welfare_supervisor")
    assert Referral.objects.get(id=referral.id).about == "陳小宇家"
    assert not zones_of(by, case.id)
    assert not CaseSubject.objects.filter(matter_id=case.id).exists()
    assert not Person.objects.filter(id=office.boy).exists()


def test_withdrawn_offer_leaves_the_referral_with_its_sender(office: Office) -> None:
    from anwang.matters.actions import withdraw

    referral = sent(office, office.child_case().id)
    asked = Offer.objects.get(matter_id=referral.id, state=OfferState.PENDING)
    withdraw(offer_id=asked.id, by=office.be("worker"), at=clock.now())
    assert read(office, referral).state == "returned"
    assert told(office).to_kind == "vulnerable_family"
