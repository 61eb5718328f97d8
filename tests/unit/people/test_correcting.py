"""Who somebody is becomes known later: completed, corrected, and what stood before stays readable."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import Error, transaction

from anwang.access.states import Zone
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.roc import PartialDate
from anwang.people import actions, queries
from anwang.people.models import Correction, Person
from anwang.people.states import NameKind
from tests.unit.people.test_writing_people import add, file_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NIGHT + timedelta(minutes=30))
    return build_world()


def correct(world: World, person_id: UUID, worker: str = "worker", **told: object) -> Person:
    given = {"source": "said", **told}
    return actions.correct_person(person_id=person_id, by=world.viewer(worker), at=clock.now(), **given)


def test_completes_a_name_and_a_birth_and_finds_who_looks_alike(world: World) -> None:
    file_id = file_of(world)
    known = add(world, file_id, "陳小宇", birth=PartialDate(2024, 1, 5))
    found = add(world, file_id, "")
    assert not queries.candidates(world.viewer("worker"), found.id)
    correct(world, found.id, name="陳小宇", birth=PartialDate(2024, 1, 5))
    now = Person.objects.get(id=found.id)
    assert (now.name, now.name_kind, now.born_earliest) == ("陳小宇", NameKind.FULL, date(2024, 1, 5))
    assert [one.person_id for one in queries.candidates(world.viewer("worker"), found.id)] == [known.id]
    assert [one.id for one in queries.search(world.viewer("worker"), "陳小宇")].count(found.id) == 1


def test_keeps_what_stood_before(world: World) -> None:
    person = add(world, file_of(world), "小宇", name_kind=NameKind.CALLED)
    correct(world, person.id, name="陳小宇", source="register")
    correct(world, person.id, birth=PartialDate(2024))
    before = queries.card(world.viewer("worker"), person.id).before
    assert len(before) == 2
    assert "陳小宇" in before[0]
    assert "小宇（稱呼）" in before[1]
    assert "戶籍" in before[1]


def test_asks_why_something_known_gives_way(world: World) -> None:
    person = add(world, file_of(world), "陳曉宇", birth=PartialDate(2024, 1, 5))
    for told in ({"name": "陳小宇"}, {"birth": PartialDate(2024, 1, 6)}):
        with pytest.raises(BadInput, match="請寫為什麼"):
            correct(world, person.id, **told)
    correct(world, person.id, name="陳小宇", because="戶籍資料更正")
    assert "戶籍資料更正" in queries.card(world.viewer("worker"), person.id).before[0]


def test_never_changes_a_code_and_seals_the_name_behind_it_once(world: World) -> None:
    person = add(world, file_of(world), "甲115-017", name_kind=NameKind.CODE)
    with pytest.raises(BadInput, match="代號不改"):
        correct(world, person.id, name="王小美")
    correct(world, person.id, real_name="王小美", birth=PartialDate(2010))
    assert Person.objects.get(id=person.id).name == "甲115-017"
    assert queries.name_behind_code(world.viewer("worker"), person.id) == "王小美"
    assert not queries.search(world.viewer("worker"), "王小美")
    assert not Correction.objects.filter(name__contains="王").exists()
    with pytest.raises(Refused, match="已經封存過"):
        correct(world, person.id, real_name="王大美")


def test_refuses_nothing_the_future_and_a_birth_of_the_unborn(world: World) -> None:
    file_id = file_of(world)
    person = add(world, file_id, "陳小宇")
    unborn = add(world, file_id, "", is_unborn=True)
    with pytest.raises(BadInput, match="沒有要改的"):
        correct(world, person.id, name="陳小宇")
    with pytest.raises(BadInput, match="這一天還沒到"):
        correct(world, person.id, birth=PartialDate(2027, 1, 1))
    with pytest.raises(BadInput, match="還沒出生"):
        correct(world, unborn.id, birth=PartialDate(2026, 1, 1))
    assert not Correction.objects.exists()


def test_is_not_there_for_others_and_only_grows(world: World) -> None:
    person = add(world, file_of(world), "")
    correct(world, person.id, name="陳小宇")
    with pytest.raises(Error), transaction.atomic():
        Correction.objects.update(name="別的")
    world.viewer("welfare_worker")
    assert not Correction.objects.exists()
    with pytest.raises(NotFound):
        correct(world, person.id, "welfare_worker", name="別的")
    assert Zone.CASE not in queries.zones_of_person(world.viewer("welfare_worker"), person.id)
