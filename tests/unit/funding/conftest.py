"""Officers of the ministry and of two counties, who steer and read no case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Jurisdiction, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.funding.actions import Granted, LineGiven, give_grant, open_line
from anwang.funding.models import Grant, Line
from tests.world import SINCE, World, build_world

NOW = "2026-06-01T10:00+08:00"
STAFF = [
    ("xie", "謝政勳", "ministry", Role.OFFICER), ("lan", "藍怡安", "ministry", Role.CHIEF),
    ("cheng", "程雅文", "social", Role.OFFICER), ("bo", "柏翰林", "social2", Role.OFFICER),
]  # fmt: skip


@dataclass
class Treasury:
    """The world with its officers."""

    world: World
    hands: clock.FrozenClock

    def be(self, key: str) -> Viewer:
        return self.world.viewer(key)

    def line(self, code: str = "plan-1", kind: str = "plan", **given: Any) -> Line:
        told = LineGiven(code=code, name=f"項目{code}", plan="強化社會安全網計畫", kind=kind, from_year=2018, **given)
        return open_line(given=told, by=self.be("xie"))

    def grant(self, line: Line, total: int | None = 1_000_000, county: str = "99001", **given: Any) -> Grant:
        told = {"year": 2026, "what": "人事費", "letter": "衛部救字第1150000001號", "dated_on": date(2026, 1, 5)}
        told |= given
        return give_grant(given=Granted(line_id=line.id, county=county, total=total, **told), by=self.be("xie"))


def people(world: World) -> None:
    """Write the officers, and a bureau of the second county."""
    Jurisdiction.objects.filter(code__in=["99000", "99002"]).update(on_system=True)
    world.units["social2"] = uuid7()
    Unit.objects.create(
        id=world.units["social2"], code="social2", name="青嵐縣政府社會處", kind=UnitKind.BUREAU,
        jurisdiction_id="99002", superior_id=world.units["county2"], phone="(08)000-2000", opened_on=date(2010, 1, 1),
    )  # fmt: skip
    world.units["county3"] = uuid7()
    Unit.objects.create(
        id=world.units["county3"], code="county3", name="珊瑚縣政府", kind=UnitKind.COUNTY, on_system=False,
        jurisdiction_id="99003", superior_id=world.units["ministry"], phone="(08)000-3000", opened_on=date(2010, 1, 1),
    )  # fmt: skip
    for key, name, unit, role in STAFF:
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=name, phone="0900-000-900")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)


@pytest.fixture
def treasury(db: None, at: Callable[..., clock.FrozenClock]) -> Treasury:
    hands = at(NOW)
    world = build_world()
    people(world)
    return Treasury(world, hands)
