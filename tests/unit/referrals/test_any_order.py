"""Whatever the order of acts on a referral and on a lead, what they promise holds, on a real PostgreSQL."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from anwang.cases.actions import NewSubject, end_coordination, hand_over_lead, open_coordination, open_person_lead
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Offer
from anwang.matters.states import AnsweredHow, DutyState
from anwang.referrals import actions
from anwang.referrals.models import Referral
from anwang.referrals.states import FINAL, TAKEN, TRANSITIONS, WITH_SENDER
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.unit.referrals.asking import told
from tests.world import build_world

WHO = st.sampled_from(["right", "right", "right", "right", "worker", "welfare_supervisor", "welfare_worker"])
"""Mostly whoever may, so that much of what is tried may be done."""
LEADERS = st.sampled_from(["supervisor", "welfare_supervisor", "supervisor", "welfare_supervisor", "worker"])
TO = st.sampled_from(["welfare", "adult", "health"])
PICK = st.integers(min_value=0, max_value=2)
RECEIVES = {"accept", "send_back", "ask_back", "give_back", "contacted", "close"}
OFTEN = ["contacted", "close", "give_back", "send_back", "send_on", "proxy"]
ACTS = [*["refer"] * 5, *["accept"] * 5, *OFTEN * 2, "ask_back", "reply", "give_up", "hand_over"]
SIDES = st.sampled_from([("worker", "protection"), ("welfare_worker", "welfare")])
LEAD = st.tuples(st.just("lead"), SIDES)
LEAD_HER = st.tuples(st.just("lead_her"), SIDES, st.sampled_from(["", "講好"]))
OFFER = st.tuples(st.just("offer"), PICK, st.sampled_from(["welfare", "protection"]), LEADERS)
ANSWER = st.tuples(st.just("answer"), LEADERS, st.booleans())
END = st.tuples(st.just("end"), PICK, LEADERS)
TURN = st.tuples(PICK, WHO, st.sampled_from(ACTS), TO, st.booleans())


class Hands(RuleBasedStateMachine):
    """One office; each turn is one attempt in one transaction. What may not be done is refused and changes nothing."""

    did: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.stopped = clock.frozen(NIGHT + LATER)
        self.hands = self.stopped.__enter__()
        self.office = open_office(build_world(), self.hands)
        self.begin()

    def begin(self) -> None:
        self.case = self.office.child_case(family_id=self.office.family)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stopped.__exit__(None, None, None)
        self.outer.__exit__(None, None, None)

    def attempt(self, name: str, act: Any) -> None:
        self.hands.advance(timedelta(minutes=7))
        try:
            with transaction.atomic():
                act()
        except AnwangError:
            return
        self.did[name] += 1

    def at(self, who: str) -> dict[str, Any]:
        return {"by": self.office.be(who), "at": clock.now()}


class Referring(Hands):
    """Referrals of one case by many hands."""

    def begin(self) -> None:
        super().begin()
        self.states: dict[Any, str] = {}

    def one(self, pick: int) -> Any:
        ids = list(Matter.objects.filter(kind="referral").order_by("id").values_list("id", flat=True))
        return ids[pick % len(ids)] if ids else None

    @rule(turns=st.lists(TURN, min_size=8, max_size=14))
    def some_days(self, turns: list[tuple[int, str, str, str, bool]]) -> None:
        """One rule for all acts: a walk has few rules, and each would be left out of half the walks."""
        for pick, who, act, to, down in turns:
            if act == "refer":
                self.refer(to, down)
            elif act == "hand_over":
                self.hand_over("worker2" if down else "worker")
            else:
                self.turn(pick, who, act, to)
            self.holds()

    def refer(self, to: str, down: bool) -> None:
        given = told(self.office, to, **({"is_step_down": True} if down else {}))
        self.attempt("refer", lambda: actions.refer(case_id=self.case.id, given=given, **self.at("worker")))

    def turn(self, pick: int, who: str, act: str, to: str) -> None:
        if (key := self.one(pick)) is None:
            return
        mine, who = {"referral_id": key}, self.hand(key, who, act)
        reason = {"reason": "not_competent"}
        said: dict[str, Any] = {
            "accept": lambda: actions.accept(**mine, **self.at(who)),
            "proxy": lambda: actions.accept_by_proxy(
                **mine, name="王", how=AnsweredHow.PHONE, ref="(08)000-2222", **self.at(who)
            ),
            "send_back": lambda: actions.send_back(**mine, **reason, **self.at(who)),
            "send_on": lambda: actions.send_on(**mine, to_unit_id=self.office.units[to], **self.at(who)),
            "ask_back": lambda: actions.ask_back(**mine, words="問", **self.at(who)),
            "reply": lambda: actions.reply(**mine, words="答", **self.at(who)),
            "give_back": lambda: actions.give_back(**mine, **reason, words="退", **self.at(who)),
            "contacted": lambda: actions.contacted(**mine, words="見", ref="王", **self.at(who)),
            "close": lambda: actions.close(**mine, outcome="served", words="", ref="王", **self.at(who)),
            "give_up": lambda: actions.give_up(**mine, reason="done_here", **self.at(who)),
        }
        self.attempt(act, said[act])

    def hand(self, key: Any, who: str, act: str) -> str:
        """The one who may mostly do this: at the unit that was asked, or who holds the case."""
        if who != "right":
            return who
        self.office.be("supervisor")
        asked = Referral.objects.get(id=key).to_unit_id
        units = self.office.units
        there = {units["welfare"]: "welfare_supervisor", units["adult"]: "adult_supervisor"}.get(asked, "worker")
        return there if act in RECEIVES else "supervisor"

    def hand_over(self, to: str) -> None:
        held = Matter.objects.get(id=self.case.id)
        holder = Holder(self.office.units["protection"], self.office.workers[to])
        self.attempt("hand_over", lambda: matters.reassign(
            matter_id=self.case.id, to=holder, effective_at=clock.now(), expected_since=held.acting_since,
            by=self.office.be("supervisor"),
        ))  # fmt: skip

    @invariant()
    def holds(self) -> None:
        self.office.be("supervisor")
        for referral in Referral.objects.select_related("case"):
            matter = Matter.objects.get(id=referral.id)
            pending = Offer.objects.filter(pending_of=referral.id).count()
            before = self.states.get(referral.id)
            if before is not None and before != referral.state:
                allowed = TRANSITIONS[before]  # type: ignore[index]
                assert referral.state in allowed or any(referral.state in TRANSITIONS[one] for one in allowed)
            self.states[referral.id] = referral.state
            assert (matter.ended_at is not None) == (referral.state in FINAL)
            assert (pending > 0) == (referral.state == "sent")
            if referral.state in FINAL:
                continue
            assert Duty.objects.filter(matter=matter, state=DutyState.OPEN).exists()
            case = Matter.objects.get(id=referral.case_id)
            if referral.state in WITH_SENDER:
                assert (matter.acting_unit_id, matter.acting_worker_id) == (case.acting_unit_id, case.acting_worker_id)
            goes = referral.to_unit.on_system and matter.sort != "step_down"
            if referral.state in TAKEN and goes:
                assert matter.acting_unit_id == referral.to_unit_id


class Leading(Hands):
    """The lead of a family and of its girl by many hands: never two of one, never none while it is open."""

    def begin(self) -> None:
        super().begin()
        self.office.child_case(
            kind="youth_guidance", subjects=[NewSubject(self.office.girl, "child")], worker="welfare_worker",
            unit="welfare", family_id=self.office.family,
        )  # fmt: skip

    @rule(acts=st.lists(st.one_of(LEAD, LEAD_HER, OFFER, ANSWER, END), min_size=8, max_size=14))
    def some_days(self, acts: list[tuple[Any, ...]]) -> None:
        for name, *given in acts:
            getattr(self, name)(*given)
            self.holds()

    def lead(self, who: tuple[str, str]) -> None:
        worker, unit = who
        self.attempt("lead", lambda: open_coordination(
            family_id=self.office.family, county="99001", accountable_id=self.office.units[unit],
            lead=Holder(self.office.units[unit], self.office.workers[worker]), kinds=["child_protection"],
            **self.at(worker),
        ))  # fmt: skip

    def lead_her(self, who: tuple[str, str], why: str) -> None:
        worker, unit = who
        self.attempt("lead_her", lambda: open_person_lead(
            person_id=self.office.girl, county="99001", accountable_id=self.office.units[unit],
            lead=Holder(self.office.units[unit], self.office.workers[worker]), at_risk_youth="yes",
            differs_because=why, **self.at(worker),
        ))  # fmt: skip

    def offer(self, pick: int, to: str, who: str) -> None:
        if lead := self.one(pick):
            self.attempt("offer", lambda: hand_over_lead(
                coordination_id=lead, to_unit_id=self.office.units[to], **self.at(who)
            ))  # fmt: skip

    def answer(self, who: str, accept: bool) -> None:
        asked = Offer.objects.filter(kind="lead", state="pending").first()
        if asked:
            reason = "" if accept else "capacity"
            self.attempt("answer", lambda: matters.answer(
                offer_id=asked.id, accept=accept, reason=reason, **self.at(who)
            ))  # fmt: skip

    def end(self, pick: int, who: str) -> None:
        if lead := self.one(pick):
            self.attempt("end", lambda: end_coordination(coordination_id=lead, **self.at(who)))

    def one(self, pick: int) -> Any:
        ids = list(
            Matter.objects.filter(kind="coordination", ended_at=None).order_by("id").values_list("id", flat=True)
        )
        return ids[pick % len(ids)] if ids else None

    @invariant()
    def holds(self) -> None:
        open_leads = Matter.objects.filter(kind="coordination", ended_at=None)
        assert open_leads.filter(sort="").count() <= 1
        assert open_leads.filter(sort="person").count() <= 1
        for lead in open_leads:
            assert Duty.objects.filter(matter=lead, state=DutyState.OPEN).exists()
            assert lead.acting_unit_id in (self.office.units["protection"], self.office.units["welfare"])
        assert Matter.objects.get(id=self.case.id).acting_worker_id == self.office.workers["worker"], (
            "no duty taken over"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("machine", "least"), [(Referring, 8), (Leading, 4)])
def test_keeps_its_promises_in_any_order(machine: type[Hands], least: int) -> None:
    machine.did = Counter()
    checked = settings(
        max_examples=5, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.generate],
    )  # fmt: skip
    # One seed: what a walk of this length reaches is then no matter of luck, and `least` can be asked for.
    run_state_machine_as_test(seed(20261122)(machine), settings=checked)
    assert len(machine.did) >= least, dict(machine.did.most_common())
