"""A small county that gets rosters, and loading one from words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from anwang.access.viewer import Viewer, service_viewer
from anwang.foundation import clock
from anwang.rosters.actions import Received, receive_roster
from anwang.rosters.models import RosterRow
from anwang.rosters.reading import load
from tests.unit.rosters import tables
from tests.world import World, build_world

AT = datetime(2026, 4, 1, 2, tzinfo=UTC)
SENDER = "河岬戶政事務所"


@pytest.fixture
def world(db, at) -> World:
    at(AT)
    return build_world()


@pytest.fixture
def importer(world: World) -> Viewer:
    return service_viewer("rosters")


def counted(**given: object) -> int:
    """How many rows there are, read by the service: nobody else sees every one."""
    with transaction.atomic():
        service_viewer("rosters")
        return RosterRow.objects.filter(**given).count()


def bring(by: Viewer, rows, **said) -> Received:
    """Load rows as a file; what is said of it is right unless given otherwise."""
    given = {"kind": "moved", "sender": SENDER, "received_at": clock.now(), "declared": len(rows), **said}
    body = given.pop("body", None) or tables.roster(rows)
    return receive_roster(roster=load(body=body, county="99001", **given), by=by, county="99001")
