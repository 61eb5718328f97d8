"""What is late, and what nobody thought about, is found by units as it would be by looking at every duty."""

from datetime import timedelta

import pytest

from anwang.directory.models import Contract
from anwang.foundation.clock import FrozenClock
from anwang.matters import queries
from anwang.matters.models import Duty, Matter
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
OFTEN = 3


@pytest.fixture
def hands(at) -> FrozenClock:
    return at(after(60))


@pytest.fixture
def world(hands: FrozenClock) -> World:
    """Matters of two units, some commissioned to the third; steps pushed, late with and without a cause."""
    made = build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))
    Contract.objects.create(
        number="委115-01", authority_id=made.units["social"], ngo_id=made.units["ngo"], service="家庭處遇", posts=2,
        starts_at=NIGHT - hours(24), ends_at=NIGHT + timedelta(days=900),
    )  # fmt: skip
    held = [held_by(made, "worker") for _n in range(3)] + [held_by(made, "adult_worker", unit="adult")]
    held += [held_by(made, "ngo_worker", unit="ngo", accountable="protection") for _n in range(2)]
    for number, matter in enumerate(held):
        Duty.objects.filter(id=matter.next_duty_id).update(pushed=number, late_cause="workload" if number % 2 else "")
    elsewhere = Duty.objects.filter(id=held[-1].next_duty_id)
    elsewhere.update(unit_id=made.units["protection"], worker_id=None, owed_by="role", role="supervising")
    hands.advance(timedelta(days=400))
    return made


@pytest.mark.parametrize(
    "keys", [["protection"], ["ngo"], ["adult", "ngo"], ["protection", "adult", "ngo"], ["welfare"]]
)
@pytest.mark.parametrize("named", [True, False])
def test_finds_what_every_duty_looked_at_would_give(
    world: World, hands: FrozenClock, keys: list[str], named: bool
) -> None:
    units = [world.units[key] for key in keys]
    late, resting = queries.lagging(world.viewer("supervisor"), units, OFTEN, named=named)
    duties = Duty.objects.filter(state="open", unit_id__in=units, due_at__lt=hands.at)
    causes = {cause: duties.filter(late_cause=cause).count() for cause in duties.values_list("late_cause", flat=True)}
    assert {one.cause: one.count for one in late} == causes
    assert [one.count for one in late] == sorted(causes.values(), reverse=True)
    for one in late:
        wanted = duties.filter(late_cause=one.cause).order_by("due_at", "id").values_list("id", flat=True)[:20]
        assert [item[0] for item in one.items] == list(wanted)
    steps = Matter.objects.filter(ended_at=None, acting_unit_id__in=units).values("next_duty_id")
    rested = {duty.id for duty in Duty.objects.filter(id__in=steps) if duty.is_auto or duty.pushed >= OFTEN}
    assert {one.duty_id for one in resting} == rested
