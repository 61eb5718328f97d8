"""A matter opens with its holders and next step, moves without a hole, and ends clean."""

from datetime import datetime, timedelta

import pytest

from anwang.access.queries import zones_of
from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import ActingStart, Duty, Matter
from anwang.matters.states import MatterKind
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)


@pytest.fixture
def world(at) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


def open_report(world: World, **facts: object) -> Matter:
    by = world.viewer("night")
    return actions.open_matter(
        kind=MatterKind.REPORT,
        county="99001",
        accountable_id=world.units["intake"],
        acting=Holder(world.units["protection"], desk_id=world.desk),
        opened_at=NIGHT,
        event="report.received",
        facts={"kind": "child_protection", "known_at": NIGHT, "received_at": NIGHT, **facts},
        by=by,
    )


def test_opens_with_a_next_step_and_a_first_entry_in_both_ledgers(world: World) -> None:
    matter = open_report(world)
    duty = Duty.objects.get(id=matter.next_duty_id)
    assert duty.open_of == matter.id
    assert duty.state == "open"
    assert list(ActingStart.objects.filter(matter=matter).values_list("since", "desk_id")) == [(NIGHT, world.desk)]


def test_moves_with_its_duties_and_its_grants(world: World) -> None:
    matter = open_report(world)
    by = world.viewer("screening_supervisor")
    assert "case" not in zones_of(world.viewer("worker"), matter.id)
    by = world.viewer("night")
    moved_at = NIGHT + timedelta(minutes=3)
    actions.set_step(matter_id=matter.id, code="phone", due_at=NIGHT + timedelta(hours=2), by=by, at=NIGHT)
    actions.assign(
        matter_id=matter.id,
        to=Holder(world.units["protection"], world.workers["worker"]),
        accountable_id=world.units["protection"],
        effective_at=moved_at,
        expected_since=matter.acting_since,
        by=by,
    )
    acting = Duty.objects.filter(matter=matter, state="open", owed_by="acting")
    assert set(acting.values_list("worker_id", flat=True)) == {world.workers["worker"]}
    assert "safety" in zones_of(world.viewer("worker"), matter.id)
    assert zones_of(world.viewer("night"), matter.id) == frozenset()


def test_refuses_the_second_of_two_supervisors(world: World) -> None:
    matter = open_report(world)

    def give_to(worker: str, minutes: int, giver: str) -> None:
        actions.assign(
            matter_id=matter.id,
            to=Holder(world.units["protection"], world.workers[worker]),
            accountable_id=world.units["protection"],
            effective_at=NIGHT + timedelta(minutes=minutes),
            expected_since=NIGHT,
            by=world.viewer(giver),
        )

    give_to("worker", 2, "night")
    with pytest.raises(Conflict):
        give_to("worker2", 3, "supervisor")
    assert Matter.objects.get(id=matter.id).acting_worker_id == world.workers["worker"]


def test_ends_without_leaving_an_open_duty(world: World) -> None:
    matter = open_report(world)
    actions.end_matter(matter_id=matter.id, how="dispatched", at=NIGHT + timedelta(minutes=4), by=world.viewer("night"))
    assert not Duty.objects.filter(open_of=matter.id).exists()
