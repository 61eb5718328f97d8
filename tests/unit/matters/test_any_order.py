"""Whatever the order of acts, every promise holds afterwards, on a real PostgreSQL.

Openings, assignments, steps, offers, disputes, reviews, shifts, leave-takings, lists and endings by many hands. What
may not be done is refused with a sentence and changes nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any  # what an act is given

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from anwang.access.viewer import Viewer, viewer_for
from anwang.directory.models import Appointment
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions, verify
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Dispute, Duty, Matter, Offer, Review
from anwang.matters.policies.work import RULE_MADE
from anwang.matters.states import AnsweredHow, HandOverReason, OfferKind, ReviewOf
from tests.unit.matters.cases import held_by
from tests.world import World, build_world, hours

WORKERS = st.sampled_from(["worker", "worker2", "supervisor", "night"])
HANDS = st.sampled_from(["holder", "holder", "holder", "worker2", "supervisor", "night"])
"""Mostly who acts on the matter, so that much of what is tried may be done."""
SIGNERS = st.sampled_from(["supervisor", "supervisor", "chief", "welfare_supervisor", "adult_supervisor", "worker"])
PICK = st.integers(min_value=0, max_value=50)
KINDS = st.sampled_from(list(OfferKind))
EVENTS = ["report.decided", "matter.reviewed", "contact.made", "report.graded"]
STARTED = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)

ACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "open": {"worker": WORKERS},
    "assign": {"pick": PICK, "to": WORKERS, "by": SIGNERS},
    "sign": {"pick": PICK, "by": SIGNERS},
    "step": {"pick": PICK, "worker": HANDS},
    "done": {"pick": PICK, "worker": HANDS},
    "happened": {"pick": PICK, "event": st.sampled_from(EVENTS)},
    "ask": {"pick": PICK, "by": SIGNERS, "kind": KINDS, "to": st.sampled_from(["protection2", "welfare"])},
    "answer": {"pick": PICK, "by": SIGNERS, "accept": st.booleans(), "proxy": st.booleans()},
    "dispute": {"pick": PICK, "by": SIGNERS, "against": st.sampled_from(["welfare", "health", "protection2"])},
    "rule_it": {"pick": PICK, "by": SIGNERS, "for_claimed": st.booleans()},
    "submit": {"pick": PICK, "worker": HANDS},
    "review": {"pick": PICK, "by": SIGNERS, "approves": st.booleans()},
    "shift": {"giver": WORKERS, "taker": WORKERS},
    "leave": {"leaver": WORKERS, "stands_in": st.booleans()},
    "hand_over": {"giver": WORKERS, "taker": WORKERS},
    "end": {"pick": PICK},
}
SELDOM = {"open", "end", "leave", "shift"}
"""What empties or fills the county is tried a third as often, so that there is always something to act on."""
TURN = st.one_of(
    [
        st.tuples(st.just(name), st.fixed_dictionaries(given))
        for name, given in ACTS.items()
        for _ in range(1 if name in SELDOM else 3)
    ]
)
"""One attempt: which act, by whom, on what."""


class Kernel(RuleBasedStateMachine):
    """One county, many hands. Every turn is one attempt in one transaction."""

    shares: list[float] = []
    did: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.stopped = clock.frozen(STARTED)
        self.hands = self.stopped.__enter__()
        self.world: World = build_world(night=(STARTED - hours(4), STARTED + timedelta(days=60)))
        for worker in ("worker", "worker", "worker2", "supervisor", None):
            held_by(self.world, worker, opened_at=STARTED - timedelta(minutes=20))

    def teardown(self) -> None:
        self.shares.append(verify.notices().share)
        transaction.set_rollback(True)
        self.stopped.__exit__(None, None, None)
        self.outer.__exit__(None, None, None)

    def attempt(self, act) -> None:  # type: ignore[no-untyped-def]
        self.hands.advance(timedelta(minutes=7))
        try:
            with transaction.atomic():
                act()
        except AnwangError:
            return
        self.did[sys._getframe(1).f_code.co_name] += 1

    def one(self, found, pick: int):  # type: ignore[no-untyped-def]
        rows = list(found.order_by("id"))
        return rows[pick % len(rows)] if rows else None

    def hand(self, name: str, matter: Matter) -> Viewer:
        """The viewer of a name, or of who acts on the matter."""
        if name == "holder" and matter.acting_worker_id:
            return viewer_for(matter.acting_worker_id)
        return self.world.viewer("night" if name == "holder" else name)

    def open(self, worker: str) -> None:
        self.attempt(lambda: held_by(self.world, worker, opened_at=clock.now() - timedelta(minutes=5)))

    def assign(self, pick: int, to: str, by: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            unit = self.world.units["protection"]
            self.attempt(lambda: actions.assign(
                matter_id=matter.id, to=Holder(unit, self.world.workers[to]), accountable_id=unit,
                effective_at=clock.now(), expected_since=matter.acting_since, by=self.world.viewer(by),
            ))  # fmt: skip

    def sign(self, pick: int, by: str) -> None:
        if waiting := self.one(Assignment.objects.filter(unsigned_of__isnull=False), pick):
            self.attempt(lambda: actions.sign(assignment_id=waiting.id, at=clock.now(), by=self.world.viewer(by)))

    def step(self, pick: int, worker: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            self.attempt(lambda: actions.set_step(
                matter_id=matter.id, code="phone", due_at=clock.now() + hours(9), at=clock.now(),
                by=self.hand(worker, matter),
            ))  # fmt: skip

    def done(self, pick: int, worker: str) -> None:
        if duty := self.one(
            Duty.objects.filter(state="open", rule_id__startswith=RULE_MADE).select_related("matter"), pick
        ):
            self.attempt(lambda: actions.done(duty_id=duty.id, by=self.hand(worker, duty.matter), at=clock.now()))

    def happened(self, pick: int, event: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            facts = {"seen": "yes", "in_person": "yes", "received_at": matter.opened_at, "graded_at": clock.now()}
            self.attempt(lambda: actions.happened(
                matter_id=matter.id, event=event, at=clock.now(), by=self.world.viewer("worker"), facts=facts
            ))  # fmt: skip

    def ask(self, pick: int, by: str, kind: OfferKind, to: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            self.attempt(lambda: actions.offer(
                matter_id=matter.id, kind=kind, to_unit_id=self.world.units[to], topic="parenting", at=clock.now(),
                by=self.world.viewer(by), effective_on=clock.today() + timedelta(days=3),
            ))  # fmt: skip

    def answer(self, pick: int, by: str, accept: bool, proxy: bool) -> None:
        if sent := self.one(Offer.objects.filter(state="pending"), pick):
            said = {"offer_id": sent.id, "accept": accept, "at": clock.now(), "reason": "" if accept else "other"}
            if proxy:
                said |= {"name": "值班員", "how": AnsweredHow.PHONE, "ref": "(04)000-0000"}
            act = actions.answer_by_proxy if proxy else actions.answer
            self.attempt(lambda: act(**{**said, "at": clock.now()}, by=self.world.viewer(by)))

    def dispute(self, pick: int, by: str, against: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            self.attempt(lambda: actions.file_dispute(
                matter_id=matter.id, claimed_unit_id=self.world.units[against], topic="kind", words="不是我們的。",
                by=self.world.viewer(by), at=clock.now(),
            ))  # fmt: skip

    def rule_it(self, pick: int, by: str, for_claimed: bool) -> None:
        if filed := self.one(Dispute.objects.filter(state="filed"), pick):
            unit = filed.claimed_unit_id if for_claimed else filed.filed_by_unit_id
            self.attempt(lambda: actions.rule(
                dispute_id=filed.id, unit_id=unit, words="依法。", principle="依居住地。", name="科長", ref="文號1",
                by=self.world.viewer(by), at=clock.now(),
            ))  # fmt: skip

    def submit(self, pick: int, worker: str) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            self.attempt(lambda: actions.submit(
                matter_id=matter.id, of=ReviewOf.GRADE, about_id=uuid7(), words="", at=clock.now(),
                by=self.hand(worker, matter),
            ))  # fmt: skip

    def review(self, pick: int, by: str, approves: bool) -> None:
        if asked := self.one(Review.objects.filter(state="submitted"), pick):
            act = actions.approve if approves else actions.send_back
            self.attempt(lambda: act(review_id=asked.id, words="看過。", by=self.world.viewer(by), at=clock.now()))

    def shift(self, giver: str, taker: str) -> None:
        self.attempt(lambda: actions.change_shift(
            desk_id=self.world.desk, from_worker_id=self.world.workers[giver], effective_at=clock.now(),
            to_worker_id=self.world.workers[taker], by=self.world.viewer(taker),
        ))  # fmt: skip

    def leave(self, leaver: str, stands_in: bool) -> None:
        who, unit = self.world.workers[leaver], self.world.units["protection"]
        if stands_in:
            self.attempt(lambda: actions.stand_in(
                from_worker_id=who, unit_id=unit, at=clock.now(), by=self.world.viewer("supervisor")
            ))  # fmt: skip
        self.attempt(lambda: actions.leave(worker_id=who, at=clock.now(), by=self.world.viewer("administrator")))

    def hand_over(self, giver: str, taker: str) -> None:
        unit, workers = self.world.units["protection"], self.world.workers

        def act() -> None:
            held = Matter.objects.filter(acting_worker_id=workers[giver], acting_unit_id=unit, ended_at=None)
            made = actions.hand_over_list(
                from_worker_id=workers[giver], unit_id=unit, reason=HandOverReason.MOVING, effective_at=clock.now(),
                to={one.id: Holder(unit, workers[taker]) for one in held}, by=self.world.viewer("supervisor"),
            )  # fmt: skip
            actions.give_list(list_id=made.id, at=clock.now(), by=self.world.viewer("supervisor"))
            by = self.world.viewer("supervisor")
            actions.receive_list(list_id=made.id, at=clock.now(), by=by, for_worker_id=workers[taker])

        if Appointment.objects.filter(live_worker=workers[taker]).exists():
            self.attempt(act)

    def end(self, pick: int) -> None:
        if matter := self.one(Matter.objects.filter(ended_at=None), pick):
            by = self.world.viewer("supervisor")
            self.attempt(lambda: actions.end_matter(matter_id=matter.id, how="closed", at=clock.now(), by=by))

    @rule(turns=st.lists(TURN, min_size=5, max_size=10))
    def an_hour(self, turns: list[tuple[str, dict[str, Any]]]) -> None:
        for act, given in turns:
            getattr(self, act)(**given)
            assert verify.verify() == [], act


@pytest.mark.django_db
def test_keeps_every_promise_whatever_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    checked = settings(
        max_examples=8, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(Kernel, settings=checked)
    share = sum(Kernel.shares) / len(Kernel.shares)
    with capsys.disabled():
        print(f" open matters that live on their resting step alone: {share:.0%} (mean of {len(Kernel.shares)} runs)")
        print(f" done: {dict(Kernel.did.most_common())}")
    assert len(Kernel.did) > len(ACTS) // 2
