"""Fixtures for decisions of minutes."""

from datetime import datetime

import pytest

from anwang.foundation import clock
from tests.unit.tracking.forum import Forum, met, seat
from tests.world import build_world

MORNING = datetime(2026, 3, 9, 9, 30, tzinfo=clock.TAIPEI)


@pytest.fixture
def forum(db: None, at) -> Forum:  # type: ignore[no-untyped-def]
    hands = at(MORNING)
    world = build_world()
    seat(world)
    return met(world, hands)
