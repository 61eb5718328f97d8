"""A person who stands in a file closes it to whoever is barred from him: his own record, a relative he declared."""

from __future__ import annotations

import psycopg
import pytest
from django.db import transaction

from anwang.access.queries import zones_of
from anwang.people.actions import add_person
from anwang.people.models import Person
from tests.unit.matters.cases import after, held_by
from tests.world import World, build_world

BAR = """
INSERT INTO access_bar (id, worker_id, person_id, because, because_id, starts_at)
VALUES (gen_random_uuid(), %s, %s, %s, gen_random_uuid(), %s)
"""


def sees(world: World, who: str, file_id: object) -> bool:
    with transaction.atomic():
        viewer = world.viewer(who)
        return bool(zones_of(viewer, file_id)) and Person.objects.filter(name="簡小弟").exists()


@pytest.mark.parametrize("because", ["own", "kin"])
def test_closes_every_file_of_the_person_to_him_alone(
    committed_db: str, at, owner_connection: psycopg.Connection, because: str
) -> None:
    at(after(0))
    with transaction.atomic():
        world = build_world()
        file = held_by(world, "worker")
        person = add_person(name="簡小弟", by=world.viewer("worker"), at=after(0), file_id=file.id)
    assert sees(world, "worker", file.id)
    owner_connection.execute(BAR, [world.workers["worker"], person.id, because, after(0)])
    assert not sees(world, "worker", file.id)
    assert sees(world, "supervisor", file.id)
