"""Fixtures for mental health care."""

import pytest

from tests.unit.care.centre import Centre, open_centre
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.world import build_world


@pytest.fixture
def centre(db: None, at) -> Centre:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    return open_centre(open_office(build_world(), hands))
