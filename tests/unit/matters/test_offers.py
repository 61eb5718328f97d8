"""Other units are asked, and answer themselves or by proxy; until then everything stays with the sender."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anwang.access.queries import zones_of
from anwang.directory.models import Contract, Desk, Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions, jobs
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Duty, Matter, Offer
from anwang.matters.states import AnsweredHow, MatterKind, OfferKind
from anwang.people.models import Family
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(at):
    return at(after(60))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def asked(world: World, matter: Matter, kind: str = OfferKind.TRANSFER, to: str = "protection2", by: str = "supervisor",
          **more: object) -> Offer:  # fmt: skip
    return actions.offer(
        matter_id=matter.id, kind=kind, to_unit_id=world.units[to], by=world.viewer(by), at=after(10), **more
    )


def said(world: World, sent: Offer, accept: bool, by: str = "worker", minutes: int = 30, **more: object) -> Offer:
    return actions.answer_by_proxy(
        offer_id=sent.id, accept=accept, name="青嵐縣家防中心　值班社工", how=AnsweredHow.PHONE, ref="(04)000-2113",
        at=after(minutes), by=world.viewer(by), **more,
    )  # fmt: skip


def open_rules(matter: Matter) -> set[str]:
    return set(Duty.objects.filter(open_of=matter.id).values_list("rule_id", flat=True))


def test_stays_with_the_sender_until_it_is_answered(world: World) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter)
    matter.refresh_from_db()
    assert (matter.accountable_id, matter.acting_worker_id) == (world.units["protection"], world.workers["worker"])
    duty = Duty.objects.get(open_of=matter.id, rule_id="transfer.answer")
    assert (duty.waiting_for, duty.waiting_until) == ("transfer", sent.answer_due_at)


def test_goes_to_the_window_of_a_county_without_accounts(world: World) -> None:
    matter = held_by(world, "worker")
    said(world, asked(world, matter), accept=True)
    matter.refresh_from_db()
    window = Desk.objects.get(unit_id=world.units["protection2"])
    assert (matter.county, matter.accountable_id, matter.acting_desk_id) == (
        "99002", world.units["protection2"], window.id,
    )  # fmt: skip
    assert matter.acting_since == after(30)
    after_care = Duty.objects.get(open_of=matter.id, rule_id="transfer.look_after")
    assert after_care.unit_id == world.units["protection"]
    assert not Assignment.objects.filter(unsigned_of=matter.id).exists()


def test_leaves_the_former_authority_only_the_look_after(world: World) -> None:
    matter = held_by(world, "worker")
    sent = said(world, asked(world, matter), accept=True)
    assert zones_of(world.viewer("worker"), matter.id) == frozenset()
    assert zones_of(world.viewer("supervisor"), matter.id) == {"work"}
    by = world.viewer("supervisor")
    actions.confirm_taken_over(offer_id=sent.id, ref="青家防字第1150000001號", at=after(50), by=by, ends=True)
    assert Matter.objects.get(id=matter.id).ended_how == "taken_over"


def test_refuses_a_proxy_for_a_unit_that_can_answer_itself(world: World) -> None:
    sent = asked(world, held_by(world, "worker"), OfferKind.JOINING, "welfare", topic="parenting")
    with pytest.raises(Refused):
        said(world, sent, accept=True)


def test_refuses_an_answer_by_the_sender(world: World) -> None:
    sent = asked(world, held_by(world, "worker"), OfferKind.JOINING, "welfare", topic="parenting")
    with pytest.raises(Refused):
        actions.answer(offer_id=sent.id, accept=True, by=world.viewer("supervisor"), at=after(20))


def test_asks_who_answered_when_entered_by_proxy(world: World) -> None:
    sent = asked(world, held_by(world, "worker"))
    with pytest.raises(BadInput):
        actions.answer_by_proxy(
            offer_id=sent.id, accept=True, name=" ", how=AnsweredHow.LETTER, ref="1", at=after(20),
            by=world.viewer("worker"),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="proxy_answer_names_who_answered"), transaction.atomic():
        Offer.objects.filter(id=sent.id).update(
            state="accepted", answered_how="letter", answered_at=clock.now(), answered_recorded_at=clock.now()
        )


def test_declines_only_with_a_reason_and_stays(world: World) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter)
    with pytest.raises(BadInput), transaction.atomic():
        said(world, sent, accept=False)
    said(world, sent, accept=False, reason="not_resident")
    matter.refresh_from_db()
    assert matter.accountable_id == world.units["protection"]
    assert "transfer.answer" not in open_rules(matter)


def test_tells_the_second_answer_that_it_is_answered(world: World) -> None:
    sent = asked(world, held_by(world, "worker"))
    said(world, sent, accept=False, reason="other")
    with pytest.raises(Conflict):
        said(world, sent, accept=True, minutes=40)


def test_database_refuses_two_pending_transfers(world: World) -> None:
    matter = held_by(world, "worker")
    asked(world, matter)
    with pytest.raises(IntegrityError, match="one_pending_transfer_per_matter"), transaction.atomic():
        asked(world, matter, to="county2")


def test_withdraws_and_asks_no_more(world: World) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter)
    actions.withdraw(offer_id=sent.id, by=world.viewer("supervisor"), at=after(20))
    assert "transfer.answer" not in open_rules(matter)
    with pytest.raises(Conflict):
        said(world, sent, accept=True)


def test_transfer_is_a_supervisors_and_never_inside_the_county(world: World) -> None:
    matter = held_by(world, "worker")
    with pytest.raises(Refused):
        asked(world, matter, by="worker")
    with pytest.raises(Refused):
        asked(world, matter, to="welfare")


def test_ngo_never_becomes_the_authority(world: World) -> None:
    Unit.objects.filter(id=world.units["ngo"]).update(jurisdiction_id="99002")
    with pytest.raises(Refused):
        asked(world, held_by(world, "worker"), to="ngo")


def test_referral_leaves_the_senders_matter(world: World) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter, OfferKind.REFERRAL, "health", by="worker")
    said(world, sent, accept=True)
    matter.refresh_from_db()
    assert (matter.accountable_id, matter.acting_worker_id) == (world.units["protection"], world.workers["worker"])


def test_joining_reads_for_its_period_and_ends_with_a_reason(world: World, hands) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter, OfferKind.JOINING, "welfare", by="worker", topic="parenting", until=after(600))
    assert zones_of(world.viewer("welfare_supervisor"), matter.id) == {"work"}
    actions.answer(
        offer_id=sent.id, accept=True, by=world.viewer("welfare_supervisor"), at=after(20),
        to=Holder(world.units["welfare"], world.workers["welfare_worker"]),
    )  # fmt: skip
    assert zones_of(world.viewer("welfare_worker"), matter.id) == {"work", "case"}
    assert zones_of(world.viewer("welfare_worker", at=after(601)), matter.id) == frozenset()
    with pytest.raises(BadInput):
        actions.end_joining(offer_id=sent.id, reason="", by=world.viewer("welfare_worker"), at=after(50))
    actions.end_joining(offer_id=sent.id, reason="finished", by=world.viewer("welfare_worker"), at=after(50))
    assert zones_of(world.viewer("welfare_worker"), matter.id) == frozenset()


def test_chases_the_second_of_two_asked_after_the_first_answered(world: World) -> None:
    matter = held_by(world, "worker")
    first = asked(world, matter, OfferKind.JOINING, "welfare", topic="parenting")
    asked(world, matter, OfferKind.JOINING, "health", topic="medical")
    actions.answer(
        offer_id=first.id, accept=False, reason="capacity", by=world.viewer("welfare_supervisor"), at=after(20)
    )  # fmt: skip
    assert "joining.answer" in open_rules(matter)


def test_visit_asked_of_another_county_waits_on_the_senders_matter(world: World) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter, OfferKind.VISIT_REQUEST, by="worker", topic="visit", urgent=True)
    duty = Duty.objects.get(open_of=matter.id, rule_id="visit_request.answer_urgent")
    assert duty.waiting_for == "visit_request"
    said(world, sent, accept=True)
    assert "visit_request.answer_urgent" not in open_rules(matter)
    assert Matter.objects.get(id=matter.id).accountable_id == world.units["protection"]


def test_lead_changes_hands_on_acceptance(world: World) -> None:
    world.viewer("worker")
    family = Family.objects.create(number="F1150001", label="林家", county="99001", recorded_at=clock.now())
    matter = held_by(world, "worker", kind=MatterKind.COORDINATION, family_id=family.id)
    sent = asked(world, matter, OfferKind.LEAD, "welfare")
    matter.refresh_from_db()
    assert matter.accountable_id == world.units["protection"]
    actions.answer(offer_id=sent.id, accept=True, by=world.viewer("welfare_supervisor"), at=after(40))
    matter.refresh_from_db()
    assert (matter.accountable_id, matter.acting_unit_id) == (world.units["welfare"], world.units["welfare"])


def test_transition_moves_on_its_day_and_once(world: World, hands) -> None:
    matter = held_by(world, "worker")
    sent = asked(world, matter, OfferKind.TRANSITION, "welfare", effective_on=date(2026, 3, 20))
    actions.answer(
        offer_id=sent.id, accept=True, by=world.viewer("welfare_supervisor"), at=after(40),
        to=Holder(world.units["welfare"], world.workers["welfare_worker"]),
    )  # fmt: skip
    assert jobs.carry_out_transitions(clock.now()) == 0
    hands.advance(timedelta(days=13))
    assert jobs.carry_out_transitions(clock.now()) == 1
    assert jobs.carry_out_transitions(clock.now()) == 0
    matter.refresh_from_db()
    assert (matter.acting_worker_id, clock.local(matter.acting_since).isoformat()) == (
        world.workers["welfare_worker"], "2026-03-20T00:00:00+08:00",
    )  # fmt: skip


def test_ngo_acts_only_under_a_live_contract_and_reads_until_it_ends(world: World, hands) -> None:
    matter = held_by(world, "worker")

    def give() -> None:
        actions.assign(
            matter_id=matter.id, to=Holder(world.units["ngo"], world.workers["ngo_worker"]),
            accountable_id=world.units["protection"], effective_at=after(20), expected_since=NIGHT,
            by=world.viewer("supervisor"),
        )  # fmt: skip

    with pytest.raises(Refused), transaction.atomic():
        give()
    Contract.objects.create(
        number="委115-01", authority_id=world.units["protection"], ngo_id=world.units["ngo"], service="家庭處遇",
        posts=2, starts_at=NIGHT - hours(24), ends_at=after(600),
    )  # fmt: skip
    give()
    assert "case" in zones_of(world.viewer("ngo_worker"), matter.id)
    assert zones_of(world.viewer("ngo_worker", at=after(601)), matter.id) == frozenset()
