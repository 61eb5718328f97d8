"""限閱案件: only named readers see the file, at once, for a time; it ends by itself or by review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.access.models import Restriction
from anwang.access.queries import zones_of
from anwang.audit.models import Act
from anwang.directory.models import Appointment
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import restricting as actions
from anwang.matters.models import Matter
from anwang.matters.queries import restricting as queries
from anwang.people.actions import add_person
from anwang.people.models import Person
from tests.unit.matters.cases import after, held_by
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(0))
    return build_world()


@pytest.fixture
def file(world: World) -> Matter:
    made = held_by(world, "worker")
    add_person(name="丁立委", by=world.viewer("worker"), at=after(1), file_id=made.id)
    return made


def restrict(world: World, file: Matter, *readers: str, by: str = "supervisor", days: int = 30) -> Restriction:
    return actions.restrict(
        matter_id=file.id, reason="public_figure", until=after(0) + timedelta(days=days),
        readers=[world.workers[one] for one in readers], by=world.viewer(by), at=clock.now(),
    )  # fmt: skip


def promote(world: World, who: str) -> None:
    """Another supervisor of the unit, granted by his post."""
    Appointment.objects.filter(worker_id=world.workers[who]).update(ended_at=after(0) - timedelta(days=1))
    Appointment.objects.create(worker_id=world.workers[who], unit_id=world.units["protection"], role=Role.SUPERVISOR,
                               started_at=after(0) - timedelta(days=1))  # fmt: skip


def sees(world: World, who: str, file: Matter, at=None) -> bool:
    viewer = world.viewer(who, at=at)
    return bool(zones_of(viewer, file.id)) and Person.objects.filter(name="丁立委").exists()


def test_closes_the_file_to_whoever_is_not_named(world: World, file: Matter) -> None:
    stands_in = {"worker", "supervisor"}
    assert {who for who in world.workers if sees(world, who, file)} == stands_in
    promote(world, "worker2")
    assert sees(world, "worker2", file), "another supervisor of the unit did"
    restrict(world, file, "worker")
    assert {who for who in world.workers if sees(world, who, file)} == stands_in


def test_search_does_not_know_him_either(world: World, file: Matter) -> None:
    restrict(world, file, "worker")
    promote(world, "worker2")
    found = {}
    for who in ("worker", "supervisor", "worker2", "screener", "administrator"):
        world.viewer(who)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_search('丁立委', '', '', '', '')")
            (found[who],) = cursor.fetchone()
    assert found == {"worker": 1, "supervisor": 1, "worker2": 0, "screener": 0, "administrator": 0}


def test_ends_by_itself_when_no_chief_agrees(world: World, file: Matter) -> None:
    made = restrict(world, file, "worker")
    assert made.until_at == after(20) + timedelta(days=3), "the end of the third day"
    names = [one.state for one in queries.restricted(world.viewer("chief"))]
    assert names == ["waiting"]
    actions.agree_to_restriction(restriction_id=made.id, by=world.viewer("chief"), at=clock.now())
    made.refresh_from_db()
    assert made.until_at == after(0) + timedelta(days=30)
    assert [act.verb for act in Act.objects.filter(verb__startswith="restriction.").order_by("recorded_at")] == [
        "restriction.asked", "restriction.agreed",
    ]  # fmt: skip


def test_a_lapsed_restriction_gives_back_what_was_granted(world: World, file: Matter) -> None:
    promote(world, "worker2")
    restrict(world, file, "worker")
    assert not sees(world, "worker2", file)
    assert sees(world, "worker2", file, at=after(20) + timedelta(days=3))


def test_asks_for_two_persons_and_for_the_acting_worker(world: World, file: Matter) -> None:
    with pytest.raises(BadInput, match="承辦人"):
        restrict(world, file)
    with pytest.raises(Refused):
        restrict(world, file, "worker", by="worker")
    with pytest.raises(BadInput, match="太長"):
        restrict(world, file, "worker", days=181)
    made = restrict(world, file, "worker")
    with pytest.raises(Conflict):
        restrict(world, file, "worker")
    for who in ("supervisor", "worker"):
        with pytest.raises(Refused):
            actions.agree_to_restriction(restriction_id=made.id, by=world.viewer(who), at=clock.now())
    world.viewer("chief")
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(id=made.id).update(agreed_by=made.asked_by)


def test_shows_the_list_to_who_keeps_it_and_to_readers_only(world: World, file: Matter) -> None:
    restrict(world, file, "worker")
    listed = {who for who in world.workers if queries.restricted(world.viewer(who))}
    assert listed == {"worker", "supervisor", "chief"}
    world.viewer("chief")
    assert not Person.objects.filter(name="丁立委").exists(), "a chief agrees without reading"


def test_names_and_drops_readers(world: World, file: Matter) -> None:
    made = restrict(world, file, "worker")
    actions.name_reader(restriction_id=made.id, worker_id=world.workers["worker2"], by=world.viewer("supervisor"),
                        at=clock.now())  # fmt: skip
    assert not sees(world, "worker2", file), "to be named is no grant"
    with pytest.raises(BadInput, match="承辦人"):
        actions.drop_reader(restriction_id=made.id, worker_id=world.workers["worker"], by=world.viewer("supervisor"),
                            at=clock.now())  # fmt: skip
    with pytest.raises(NotFound):
        actions.end_restriction(restriction_id=made.id, by=world.viewer("screener"), at=clock.now())
    with pytest.raises(Refused):
        actions.end_restriction(restriction_id=made.id, by=world.viewer("worker2"), at=clock.now())
    actions.end_restriction(restriction_id=made.id, by=world.viewer("supervisor"), at=clock.now())
    assert queries.restricted(world.viewer("supervisor"))[0].state == "over"
