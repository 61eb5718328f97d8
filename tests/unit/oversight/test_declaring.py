"""Who declares himself or a relative is barred from that record, now and when it comes later."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from anwang.access.viewer import service_viewer
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.roc import PartialDate
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from anwang.oversight import queries
from anwang.oversight.actions import declare, end_declaration
from anwang.oversight.models import Declaration
from anwang.people.models import Person
from tests.unit.intake.stories import told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NUMBER = "A200005552"


@pytest.fixture
def world(at) -> World:
    at("2026-04-20T10:00+08:00")
    return build_world()


def report(world: World, **person: object):
    she = PersonIn(
        **{"role": "victim", "name": "吳怡君", "sex": "female", "identifiers": (("national_id", NUMBER),)} | person
    )
    return intake.receive_report(
        report=told("2026-04-20 09:00", "爭吵", she, kinds=("intimate_violence",)),
        by=world.viewer("screening_supervisor"),
    )  # fmt: skip


def barred(world: World, key: str) -> set[object]:
    world.viewer(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_barred(), access_barred_files()")
        persons, files = cursor.fetchone()
    return {*persons, *files}


def test_bars_by_number_whoever_is_there_already(world: World) -> None:
    made = report(world)
    assert barred(world, "screener") == set()
    declare(relation="sibling", name="吳怡君", number=NUMBER.lower(), by=world.viewer("screener"))
    assert made.id in barred(world, "screener")
    assert len(barred(world, "screener")) == 2
    assert barred(world, "screening_supervisor") == set()


def test_hides_the_record_behind_row_level_security(world: World) -> None:
    report(world)
    world.viewer("screener")
    assert Person.objects.filter(name="吳怡君").exists()
    declare(relation="sibling", name="吳怡君", number=NUMBER, by=world.viewer("screener"))
    world.viewer("screener")
    assert not Person.objects.filter(name="吳怡君").exists()


def test_bars_a_record_that_comes_later(world: World) -> None:
    declare(relation="child", name="吳怡君", number=NUMBER, by=world.viewer("screener"))
    assert barred(world, "screener") == set()
    made = report(world)
    assert made.id in barred(world, "screener")


def test_bars_by_name_and_birth_where_no_number_is_known(world: World) -> None:
    declare(relation="parent", name="吳 怡君", born_on=date(1990, 2, 3), by=world.viewer("worker"))
    other = report(world, identifiers=(), birth=PartialDate(1990, 2, 4))
    same = report(world, identifiers=(), birth=PartialDate(1990, 2, 3))
    assert same.id in barred(world, "worker")
    assert other.id not in barred(world, "worker")


def test_opens_again_when_the_declaration_ends(world: World) -> None:
    made = report(world)
    row = declare(relation="in_law", name="吳怡君", number=NUMBER, by=world.viewer("screener"))
    with pytest.raises(NotFound):
        end_declaration(declaration_id=row.id, by=world.viewer("worker"))
    end_declaration(declaration_id=row.id, by=world.viewer("screener"))
    assert made.id not in barred(world, "screener")
    assert queries.declared(world.viewer("screener")) == ()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"relation": "friend", "name": "甲", "number": NUMBER}, "relation"),
        ({"relation": "self", "name": " ", "number": NUMBER}, "name"),
        ({"relation": "self", "name": "甲"}, "number"),
        ({"relation": "self", "name": "甲", "born_on": date(2030, 1, 1)}, "born_on"),
    ],
)
def test_asks_for_what_recognises_somebody(world: World, given: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        declare(by=world.viewer("worker"), **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_keeps_no_number_and_one_self(world: World) -> None:
    me = world.viewer("worker")
    declare(relation="self", name="簡伯勳", number=NUMBER, address="望潮縣河岬鎮無名路9001號", by=me)
    row = Declaration.objects.get()
    assert NUMBER.encode() not in bytes(row.number_lookup) + bytes(row.place_lookup)
    assert (row.last_three, row.township) == ("552", "99001010")
    with pytest.raises(Conflict):
        declare(relation="self", name="簡伯勳", number=NUMBER, by=me)


def test_shows_declarations_to_nobody_else(world: World) -> None:
    declare(relation="self", name="簡伯勳", number=NUMBER, by=world.viewer("worker"))
    for key in ("administrator", "privacy", "chief", "supervisor"):
        world.viewer(key)
        assert not Declaration.objects.exists()
    service_viewer("imports")
    assert not Declaration.objects.exists()
