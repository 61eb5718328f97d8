"""Posts, shifts and covers, which keys to files follow: written by hand by who keeps them alone, whoever is named."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from anwang.directory.models import Shift
from anwang.directory.states import Role
from tests.database import Connect
from tests.hand import Hand
from tests.unit.matters.cases import after
from tests.world import World, build_world

FROM, UNTIL = after(0), after(0) + timedelta(hours=1)
POST = "INSERT INTO directory_appointment (id, worker_id, unit_id, role, title, started_at)"
SHIFT = "INSERT INTO directory_shift (id, desk_id, worker_id, rank, starts_at, ends_at)"
LEAVE = "INSERT INTO directory_absence (id, worker_id, covered_by_id, kind, starts_at, ends_at)"


@pytest.fixture
def world(committed_db: str, at) -> World:
    at(after(0))
    with transaction.atomic():
        made = build_world()
        Shift.objects.create(desk_id=made.desk, worker_id=made.workers["worker"], rank=2, starts_at=FROM, ends_at=UNTIL)
        return made


@pytest.fixture
def hand(world: World, app_connect: Connect) -> Hand:
    return Hand(world, app_connect)


def post(world: World, whose: str, unit: str, role: str) -> tuple[str, UUID, UUID, str, object]:
    return f"{POST} VALUES (gen_random_uuid(), %s, %s, %s, '', %s)", world.workers[whose], world.units[unit], role, FROM


@pytest.mark.parametrize("who", ["worker", "supervisor", "screener"])
def test_nobody_else_gives_a_post(world: World, hand: Hand, who: str) -> None:
    assert not hand.passes(who, *post(world, "worker2", "welfare", Role.SUPERVISOR))
    own = world.workers[who]
    for change in ("role = 'administrator'", f"unit_id = '{world.units['welfare']}'", "started_at = '-infinity'"):
        assert not hand.passes(who, f"UPDATE directory_appointment SET {change} WHERE worker_id = %s", own)
    assert not hand.passes(who, "DELETE FROM directory_appointment WHERE worker_id = %s", world.workers["worker2"])
    if who != "supervisor":
        ending = "UPDATE directory_appointment SET ended_at = %s WHERE worker_id = %s"
        assert not hand.passes(who, ending, UNTIL, world.workers["worker2"])


def test_the_administration_gives_posts_of_its_county_but_not_to_itself(world: World, hand: Hand) -> None:
    assert hand.passes("administrator", *post(world, "worker2", "welfare", Role.SOCIAL_WORKER))
    assert not hand.passes("administrator", *post(world, "administrator", "welfare", Role.SUPERVISOR))
    assert not hand.passes("administrator", *post(world, "worker2", "protection2", Role.SOCIAL_WORKER))


@pytest.mark.parametrize(("who", "may"), [("worker2", False), ("screener", False), ("supervisor", True)])
def test_who_supervises_keeps_the_roster(world: World, hand: Hand, who: str, may: bool) -> None:
    given = (world.desk, world.workers[who], UNTIL + timedelta(days=9), UNTIL + timedelta(days=10))
    assert hand.passes(who, f"{SHIFT} VALUES (gen_random_uuid(), %s, %s, 3, %s, %s)", *given) is may
    assert hand.passes(who, "UPDATE directory_shift SET worker_id = %s", world.workers[who]) is may


def test_nobody_makes_himself_the_cover_of_another(world: World, hand: Hand) -> None:
    leave = f"{LEAVE} VALUES (gen_random_uuid(), %s, %s, 'leave', %s, %s)"
    own, hers = world.workers["worker2"], world.workers["worker"]
    assert not hand.passes("worker2", leave, hers, own, FROM, UNTIL)
    assert hand.passes("worker2", leave, own, hers, FROM, UNTIL), "one's own leave, a colleague of the unit covers"
    assert not hand.passes("worker2", leave, own, world.workers["adult_worker"], FROM, UNTIL)
    assert hand.passes("supervisor", leave, hers, own, FROM, UNTIL)
