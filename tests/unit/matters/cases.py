"""Matters in the hands of somebody, for the tests of the kernel."""

from datetime import datetime, timedelta

from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from tests.world import World

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)


def held_by(world: World, worker: str | None, *, unit: str = "protection", kind: str = MatterKind.REPORT,
            opened_at: datetime = NIGHT, accountable: str | None = None, **more: object) -> Matter:  # fmt: skip
    """An open matter that a worker of a unit acts on; the night desk does when no worker is named."""
    holder = (
        Holder(world.units[unit], world.workers[worker]) if worker else Holder(world.units[unit], desk_id=world.desk)
    )
    return actions.open_matter(
        kind=kind, county="99001", accountable_id=world.units[accountable or unit], acting=holder,
        opened_at=opened_at, event="report.received",
        facts={"kind": "child_protection", "known_at": opened_at, "received_at": opened_at},
        by=world.viewer(worker or "night"), **more,
    )  # fmt: skip


def after(minutes: float) -> datetime:
    """So many minutes after the night began."""
    return NIGHT + timedelta(minutes=minutes)
