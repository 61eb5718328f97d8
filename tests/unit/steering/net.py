"""Who steers, for tests: two sections of the ministry, the bureaux of two counties, an officer or chief at each."""

from __future__ import annotations

from datetime import UTC, date, datetime

from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from tests.world import World, build_world

NOW = datetime(2026, 4, 20, 2, tzinfo=UTC)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
DUE = date(2026, 5, 4)
UNITS = [
    ("families", "中央社會及家庭業務組", UnitKind.MINISTRY, "99000", "ministry"),
    ("protection_section", "中央保護服務業務組", UnitKind.MINISTRY, "99000", "ministry"),
    ("social2", "青嵐縣政府社會處", UnitKind.BUREAU, "99002", "county2"),
]
WORKERS = [
    ("officer", "謝政勳", "families", Role.OFFICER),
    ("head", "藍怡安", "families", Role.CHIEF),
    ("other_section", "岑佳穎", "protection_section", Role.OFFICER),
    ("county_officer", "程雅文", "social", Role.OFFICER),
    ("neighbour", "柏翰林", "social2", Role.OFFICER),
]


def build_net() -> World:
    """The county of `tests.world` and those who steer it."""
    world = build_world()
    for key, name, kind, county, superior in UNITS:
        world.units[key] = uuid7()
        Unit.objects.create(
            id=world.units[key], code=key, name=name, kind=kind, jurisdiction_id=county,
            superior_id=world.units[superior], phone="(08)000-1000", opened_on=date(2010, 1, 1),
        )  # fmt: skip
    for place, (key, name, unit, role) in enumerate(WORKERS):
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=name, phone=f"0900-000-7{place:02}")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)
    return world


class Net:
    """`net.be("officer")` becomes somebody; `net.now` is the clock's."""

    def __init__(self, world: World) -> None:
        self.world = world

    def be(self, key: str) -> Viewer:
        return self.world.viewer(key)

    @property
    def now(self) -> datetime:
        return clock.now()

    def unit(self, key: str):  # type: ignore[no-untyped-def]
        return self.world.units[key]
