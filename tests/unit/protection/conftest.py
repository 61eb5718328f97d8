"""Fixtures for protection."""

import pytest

from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world


@pytest.fixture
def office(db: None, at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    return open_office(build_world(), hands)
