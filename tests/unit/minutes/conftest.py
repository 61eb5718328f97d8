"""Fixtures for minutes: officers of the centre and of a county, papers, a stopped clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
import yaml

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Unit, Worker
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.minutes import actions
from tests.world import SINCE, World, build_world

NOW = "2026-04-20T10:00+08:00"
PAPERS = Path(__file__).parent / "papers"
STEERING = [
    ("officer", "謝政勳", "ministry", Role.OFFICER), ("head", "藍怡安", "ministry", Role.CHIEF),
    ("county_officer", "程雅文", "social", Role.OFFICER), ("other_officer", "薄立群", "county2", Role.OFFICER),
]  # fmt: skip


def text_of(name: str) -> str:
    """The words of one of the papers."""
    return str(yaml.safe_load((PAPERS / f"{name}.yaml").read_text(encoding="utf-8"))["text"])


@dataclass(frozen=True)
class Table:
    """Who steers, and short ways to write."""

    world: World

    def by(self, key: str) -> Viewer:
        return self.world.viewer(key)

    def unit(self, key: str) -> UUID:
        return self.world.units[key]

    def bring(self, text: str, *, key: str = "officer", unit: str = "ministry", **more: object) -> actions.Brought:
        return actions.bring(
            name="紀錄.txt", content=text.encode(), unit_id=self.unit(unit), by=self.by(key), at=clock.now(),
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def series(
        self, title: str = "強化社會安全網專案會議第{n}次會議", key: str = "officer", unit: str = "ministry"
    ) -> UUID:
        body = actions.found_body(
            name=title.replace("第{n}次會議", ""), level="ministry", keeper_id=self.unit(unit), by=self.by(key),
            at=clock.now(),
        )  # fmt: skip
        return actions.begin_series(body_id=body.id, title=title, by=self.by(key), at=clock.now()).id


def seat(world: World) -> World:
    """The county with those who steer it."""
    workers = dict(world.workers)
    for key, name, unit, role in STEERING:
        workers[key] = uuid7()
        Worker.objects.create(id=workers[key], name=name, name_en=key, phone="0900-000-999")
        Appointment.objects.create(worker_id=workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
    Unit.objects.filter(id=world.units["ministry"]).update(on_system=True)
    return replace(world, workers=workers)


@pytest.fixture
def table(db: None, at: Callable[[datetime | str], clock.FrozenClock]) -> Table:
    at(NOW)
    return Table(seat(build_world()))
