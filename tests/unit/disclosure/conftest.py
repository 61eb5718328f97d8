"""The couple, in the middle of a night."""

from collections.abc import Callable

import pytest

from tests.unit.disclosure.stage import NIGHT, Couple, set_up
from tests.world import build_world


@pytest.fixture
def couple(db: None, at: Callable[..., object]) -> Couple:
    hands = at(NIGHT)
    return set_up(build_world(), hands)  # type: ignore[arg-type]
