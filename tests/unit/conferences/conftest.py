"""Fixtures for conferences."""

import pytest

from anwang.directory.models import Appointment
from anwang.directory.states import Role
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.conferences.table import add_people
from tests.world import build_world


@pytest.fixture
def office(db: None, at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    office = open_office(build_world(), hands)
    add_people(office.world)
    assert Appointment.objects.filter(role=Role.NETWORK_GUEST).exists()
    return office
