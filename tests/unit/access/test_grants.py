"""Grants are given, seen and ended; what has ended stays ended; keys follow posts, shifts and covers."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.access.actions import end_grants, grant, unit_key, worker_key
from anwang.access.models import Grant
from anwang.access.queries import grounds, zones_of
from anwang.access.roles import ROLES, Permission
from anwang.directory.models import Absence
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.looking import looking
from anwang.foundation.uuid7 import uuid7
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(at) -> World:
    at(NIGHT)
    return build_world(night=(NIGHT - HOUR, NIGHT + HOUR))


def keys(world: World, worker: str, at: datetime) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_keys_of(%s, %s)", [world.workers[worker], at])
        return set(cursor.fetchone()[0])


def test_says_why_somebody_may_read(world: World) -> None:
    file_id = uuid7()
    grant(file_id=file_id, holder=worker_key(world.workers["worker"]), zones=("case",), because="acting",
          by=world.viewer("supervisor"), at=NIGHT)  # fmt: skip
    viewer = world.viewer("worker")
    assert zones_of(viewer, file_id) == {"case"}
    assert [ground.because for ground in grounds(viewer, file_id)] == ["acting"]
    assert zones_of(world.viewer("worker2"), file_id) == frozenset()


def test_ends_reading_at_the_instant_the_grant_ends(world: World) -> None:
    file_id, holder = uuid7(), unit_key(world.units["protection"], "supervising")
    by = world.viewer("supervisor")
    grant(file_id=file_id, holder=holder, zones=("work",), because="accountable", by=by, at=NIGHT)
    assert end_grants(file_id=file_id, holder=holder, because="accountable", by=by, at=NIGHT) == 1
    assert zones_of(world.viewer("supervisor"), file_id) == frozenset()


@pytest.mark.parametrize("revived", [None, NIGHT + HOUR])
def test_keeps_an_ended_grant_ended(world: World, revived: datetime | None) -> None:
    given = grant(file_id=uuid7(), holder=worker_key(world.workers["worker"]), zones=("case",), because="acting",
                  by=world.viewer("supervisor"), at=NIGHT, until=NIGHT)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(id=given.id).update(ends_at=revived)


def test_gives_the_desk_only_to_whoever_is_on_shift(world: World) -> None:
    assert f"d:{world.desk}" in keys(world, "night", NIGHT)
    assert f"d:{world.desk}" not in keys(world, "night", NIGHT + 2 * HOUR)
    assert f"d:{world.desk}" not in keys(world, "worker", NIGHT)


def test_lends_a_colleague_the_key_only_while_he_covers(world: World) -> None:
    Absence.objects.create(worker_id=world.workers["worker"], covered_by_id=world.workers["worker2"], kind="leave",
                           starts_at=NIGHT, ends_at=NIGHT + HOUR)  # fmt: skip
    covered = worker_key(world.workers["worker"])
    assert covered in keys(world, "worker2", NIGHT)
    assert covered not in keys(world, "worker2", NIGHT + HOUR)
    assert covered not in keys(world, "supervisor", NIGHT)


def test_gives_the_administrator_no_case_and_the_chief_no_casework() -> None:
    keeps = {Permission.ADMINISTER, Permission.REVIEW_ACCOUNTS, Permission.ROSTER, Permission.KEEP_SYSTEMS}
    assert ROLES[Role.ADMINISTRATOR] == keeps
    assert Permission.CASEWORK not in ROLES[Role.CHIEF]
    assert set(ROLES) == set(Role)


def test_asks_anew_outside_a_look(world: World) -> None:
    file_id, holder = uuid7(), worker_key(world.workers["worker"])
    viewer = world.viewer("worker")
    with looking():
        assert zones_of(viewer, file_id) == set()
    given = {"zones": ("case",), "because": "acting", "by": world.viewer("supervisor"), "at": NIGHT}
    grant(file_id=file_id, holder=holder, **given)
    world.viewer("worker")
    assert zones_of(viewer, file_id) == {"case"}
    with looking():
        assert zones_of(viewer, file_id) == {"case"}
