"""Who may what about one case: every kernel policy against everybody, case level. One row per act."""

import pytest

from anwang.directory.models import Unit
from anwang.matters import actions, policies
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Dispute, Duty, HandOverItem, Matter, Offer, Review
from anwang.matters.states import HandOverReason, MatterKind, OfferKind, ReviewOf
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "worker", "worker2", "supervisor", "adult_worker", "adult_supervisor", "welfare_supervisor", "ngo_worker", "chief",
    "screener", "screening_supervisor", "clerk", "administrator",
)  # fmt: skip
"""`worker` acts on the case, `supervisor` signs for his unit, `chief` heads the bureau above and rules the dispute
with the welfare centre, which is also asked to join; `clerk` and `administrator` sit at the bureau; others are
strangers."""

MAY = {
    "work_on": "worker supervisor welfare_supervisor chief",
    "assign": "supervisor chief",
    "reassign": "supervisor",
    "excuse": "supervisor",
    "file_dispute": "supervisor",
    "correct": "supervisor chief",
    "send_joining": "worker supervisor chief",
    "send_transfer": "supervisor chief",
    "answer_transfer": "",
    "answer_transfer_by_proxy": "worker worker2 supervisor clerk",
    "withdraw_offer": "worker supervisor",
    "answer_joining": "welfare_supervisor chief",
    "see_transfer": "worker worker2 supervisor clerk",
    "see_joining": "worker worker2 supervisor welfare_supervisor chief",
    "review": "supervisor chief",
    "withdraw_review": "worker",
    "state": "supervisor worker worker2 welfare_supervisor chief clerk administrator",
    "rule": "chief",
    "withdraw_dispute": "supervisor",
    "prepare_list": "supervisor chief",
    "give_list": "worker supervisor chief",
    "receive_item": "worker2 supervisor chief",
    "let_go": "chief administrator",
    "keep_roster": "supervisor chief administrator",
    "sign_assignment": "worker2 supervisor",
}


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


@pytest.fixture
def case(world: World) -> Matter:
    """A case in the hands of `worker`, with a first act, a step, a review, three questions, and a list."""
    matter = held_by(world, "worker", kind=MatterKind.CASE, sort="child_protection")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="visit", due_at=after(400), by=by, at=after(5))
    actions.submit(matter_id=matter.id, of=ReviewOf.PLACEMENT, about_id=None, words="", by=by, at=after(6))
    for kind, unit, topic in ((OfferKind.TRANSFER, "protection2", ""), (OfferKind.JOINING, "welfare", "parenting")):
        actions.offer(matter_id=matter.id, kind=kind, to_unit_id=world.units[unit], topic=topic, at=after(10),
                      by=world.viewer("supervisor"))  # fmt: skip
    actions.file_dispute(matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="。",
                         by=world.viewer("supervisor"), at=after(20))  # fmt: skip
    to = {matter.id: Holder(world.units["protection"], world.workers["worker2"])}
    actions.hand_over_list(from_worker_id=world.workers["worker"], unit_id=world.units["protection"], to=to,
                           reason=HandOverReason.MOVING, effective_at=after(30),
                           by=world.viewer("supervisor"))  # fmt: skip
    return Matter.objects.get(id=matter.id)


def given(world: World) -> Assignment:
    """Another case, just given to `worker2` and not signed for."""
    matter = held_by(world, "worker", kind=MatterKind.CASE)
    to = Holder(world.units["protection"], world.workers["worker2"])
    return actions.reassign(matter_id=matter.id, to=to, effective_at=after(10), expected_since=NIGHT,
                            by=world.viewer("supervisor"))  # fmt: skip


def ask(world: World, case: Matter, what: str, who: str, unsigned: Assignment) -> bool:
    unit, welfare, other = (world.units[key] for key in ("protection", "welfare", "protection2"))
    transfer, joining = Offer.objects.get(kind="transfer"), Offer.objects.get(kind="joining")
    dispute, review, item = Dispute.objects.get(), Review.objects.get(), HandOverItem.objects.get()
    step = Duty.objects.get(open_of=case.id, rule_id="manual.visit")
    by = world.viewer(who)
    far, near = Unit.objects.get(id=other), Unit.objects.get(id=welfare)
    asked = {
        "work_on": lambda: policies.may_work_on(by, case),
        "assign": lambda: policies.may_assign(by, case, unit),
        "reassign": lambda: policies.may_reassign(by, case, unit),
        "excuse": lambda: policies.may_excuse(by, case, step),
        "file_dispute": lambda: policies.may_file_dispute(by, case),
        "correct": lambda: policies.may_correct(by, case),
        "send_joining": lambda: policies.may_offer(by, case, OfferKind.JOINING, near),
        "send_transfer": lambda: policies.may_offer(by, case, OfferKind.TRANSFER, far),
        "answer_transfer": lambda: policies.may_answer(by, transfer),
        "answer_transfer_by_proxy": lambda: policies.may_answer_by_proxy(by, transfer),
        "withdraw_offer": lambda: policies.may_withdraw(by, transfer),
        "answer_joining": lambda: policies.may_answer(by, joining),
        "see_transfer": lambda: policies.may_see_offer(by, transfer),
        "see_joining": lambda: policies.may_see_offer(by, joining),
        "review": lambda: policies.may_review(by, review),
        "withdraw_review": lambda: policies.may_withdraw_review(by, review),
        "state": lambda: policies.may_state(by, dispute),
        "rule": lambda: policies.may_rule(by, dispute),
        "withdraw_dispute": lambda: policies.may_withdraw_dispute(by, dispute),
        "prepare_list": lambda: policies.may_prepare_list(by, unit),
        "give_list": lambda: policies.may_give(by, item.list),
        "receive_item": lambda: policies.may_receive(by, item),
        "let_go": lambda: policies.may_let_go(by, unit),
        "keep_roster": lambda: policies.may_keep_roster(by, unit),
        "sign_assignment": lambda: policies.may_sign(by, unsigned),
    }
    return bool(asked[what]())


def test_lets_exactly_these_people_act_on_a_case(world: World, case: Matter) -> None:
    unsigned = given(world)
    found = {what: [who for who in EVERYBODY if ask(world, case, what, who, unsigned)] for what in MAY}
    wanted = {what: [who for who in EVERYBODY if who in names.split()] for what, names in MAY.items()}
    assert found == wanted


def test_refuses_with_a_sentence_that_says_what_to_do(world: World, case: Matter) -> None:
    by = world.viewer("adult_worker")
    refused = [
        policies.may_work_on(by, case), policies.may_assign(by, case, world.units["protection"]),
        policies.may_reassign(by, case, world.units["adult"]), policies.may_file_dispute(by, case),
        policies.may_correct(by, case), policies.may_let_go(by, world.units["protection"]),
    ]  # fmt: skip
    assert [bool(verdict) for verdict in refused] == [False] * 6
    assert all(str(verdict.reason).endswith("。") for verdict in refused)
