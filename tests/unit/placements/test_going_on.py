"""A placement at every step: there is always a limit, a petition before the court, or an end; nothing rolls forward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from anwang.cases.actions import (
    Excluded,
    Place,
    Sight,
    Told,
    continue_placement,
    end_placement,
    end_placement_after_care,
    exclude_time,
    move_placement,
    place,
    record_contact,
    record_notice,
    submit_assessment,
)
from anwang.cases.models import ExcludedTime, PlacementRuling
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office

LIMITS = {"placement.emergency_limit", "placement.term"}


def of_placement(placement_id, state: str = "open") -> dict[str, Duty]:  # type: ignore[no-untyped-def]
    return {one.rule_id: one for one in Duty.objects.filter(matter_id=placement_id, state=state)}


class GoingOn(RuleBasedStateMachine):
    """A placement through time, its rulings, moves and visits."""

    office: ClassVar[Office]

    @initialize()
    def begin(self) -> None:
        self.before, self.then = transaction.savepoint(), clock.now()
        self.case = self.office.child_case(circle="victim")
        where = Place("foster", "child_56", clock.now(), parents_known="yes", pupil="no")
        begun = place(case_id=self.case.id, person_id=self.office.boy, where=where, by=self.office.be("worker"))
        self.id, self.began, self.minutes, self.rulings = begun.id, begun.placed_at, 0, 0
        self.ended = self.petitioned = self.ruled_until = None

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)
        self.office.hands.at = self.then

    @rule(hours=st.integers(1, 400))
    def time_passes(self, hours: int) -> None:
        self.office.hands.advance(timedelta(hours=hours))

    @precondition(lambda self: not self.ended)
    @rule(minutes=st.integers(1, 300))
    def minutes_do_not_count(self, minutes: int) -> None:
        told = Excluded("on_the_way", minutes)
        exclude_time(placement_id=self.id, excluded=told, by=self.office.be("worker"), at=clock.now())
        self.minutes += minutes

    @precondition(lambda self: not self.ended)
    @rule()
    def court_is_asked(self) -> None:
        record_notice(
            matter_id=self.id, kind="petition", to_whom="望潮地方法院", way="phone", sent_at=clock.now(),
            by=self.office.be("worker"),
        )  # fmt: skip
        self.petitioned = True

    @precondition(lambda self: not self.ended)
    @rule(days=st.integers(1, 120))
    def court_rules(self, days: int) -> None:
        until = clock.today() + timedelta(days=days)
        continue_placement(
            placement_id=self.id, until=until, order_number="115年度護字第9001號", by=self.office.be("worker"),
            at=clock.now(),
        )  # fmt: skip
        self.ruled_until, self.petitioned, self.rulings = until, None, self.rulings + 1

    @precondition(lambda self: not self.ended)
    @rule()
    def moves(self) -> None:
        by = self.office.be("worker")
        move_placement(placement_id=self.id, kind="institution", because="wish", by=by, at=clock.now())

    @precondition(lambda self: not self.ended)
    @rule()
    def is_visited(self) -> None:
        told = Told("institution", "met", clock.now(), place_kind="safe_place", sights=(Sight(self.office.boy, "yes"),))
        record_contact(matter_id=self.case.id, told=told, by=self.office.be("worker"))
        assert "placement.visit_first" not in of_placement(self.id)

    @precondition(lambda self: not self.ended)
    @rule()
    def ends(self) -> None:
        end_placement(placement_id=self.id, reason="ended", by=self.office.be("worker"), at=clock.now())
        self.ended = clock.now()

    @precondition(lambda self: self.ended)
    @rule()
    def is_not_let_go_before_a_year(self) -> None:
        if clock.now() < self.ended + timedelta(days=364):
            with pytest.raises(Refused):
                end_placement_after_care(placement_id=self.id, by=self.office.be("worker"), at=clock.now())

    @invariant()
    def nothing_rolls(self) -> None:
        if not hasattr(self, "id"):
            return
        self.office.be("worker")
        owed = of_placement(self.id)
        assert Matter.objects.get(id=self.id).ended_at is None
        if self.ended:
            assert not LIMITS & set(owed)
            assert {"placement.after_care", "placement.followed"} <= set(owed)
            return
        assert LIMITS & set(owed) or "placement.ruling" in owed
        if limit := owed.get("placement.emergency_limit"):
            assert limit.due_at == self.began + timedelta(hours=72, minutes=self.minutes)
        if self.ruled_until and not self.petitioned:
            end = owed["placement.term"].due_at
            assert clock.local(end - timedelta(minutes=1)).date() == self.ruled_until
        assert PlacementRuling.objects.filter(placement_id=self.id).count() == self.rulings
        excluded = ExcludedTime.objects.filter(placement_id=self.id).values_list("minutes", flat=True)
        assert sum(excluded) == self.minutes


@pytest.mark.django_db
def test_a_placement_always_has_a_limit_or_a_petition(office: Office) -> None:
    run_state_machine_as_test(
        type("Placed", (GoingOn,), {"office": office}),
        settings=settings(max_examples=8, stateful_step_count=12, deadline=None,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip


@pytest.mark.django_db
def test_each_renewal_stays_as_its_own_ruling_and_a_long_one_is_marked(office: Office) -> None:
    case = office.child_case(circle="victim")
    begun = place(
        case_id=case.id, person_id=office.boy, where=Place("foster", "child_56", clock.now()), by=office.be("worker")
    )
    for until, number in ((date(2026, 6, 7), "115護9001"), (date(2026, 12, 7), "115護9002")):
        continue_placement(
            placement_id=begun.id, until=until, order_number=number, by=office.be("worker"), at=clock.now()
        )
    found = PlacementRuling.objects.filter(placement_id=begun.id).order_by("until")
    assert list(found.values_list("order_number", "is_longer")) == [("115護9001", False), ("115護9002", True)]


@pytest.mark.django_db
def test_the_year_ends_with_its_report(office: Office) -> None:
    case = office.child_case(circle="victim")
    begun = place(
        case_id=case.id, person_id=office.boy, where=Place("foster", "child_56", clock.now()), by=office.be("worker")
    )
    office.hands.advance(timedelta(days=1))
    end_placement(placement_id=begun.id, reason="ended", living="home", by=office.be("worker"), at=clock.now())
    office.hands.advance(timedelta(days=60))
    told = Told("home", "met", clock.now(), place_kind="home", sights=(Sight(office.boy, "yes"),))
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    due = Duty.objects.get(matter_id=begun.id, rule_id="placement.followed", state="open").due_at
    assert clock.local(due - timedelta(minutes=1)).date() == date(2026, 8, 8)
    office.hands.advance(timedelta(days=306))
    with pytest.raises(Refused):
        end_placement_after_care(placement_id=begun.id, by=office.be("worker"), at=clock.now())
    four = {"facts": "在家穩定", "needs": "無", "goals": "維持", "plan": "結束追蹤"}
    submit_assessment(matter_id=begun.id, form="after_care", by=office.be("worker"), at=clock.now(), **four)
    with pytest.raises((Refused, BadInput)):  # the report waits for the supervisor
        end_placement_after_care(placement_id=begun.id, by=office.be("worker"), at=clock.now())
