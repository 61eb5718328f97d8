"""The same stories by actions and by the writer, and every column of every table compared.

Each story is played in one week, stamped some weeks earlier, and played by actions in that earlier week as well. What
the writer wrote must be what the actions wrote there: the same rows, values, instants, days, words, holders, sealed
contents; only identifiers and numbers differ, and names, places and telephones are those that were drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import psycopg
import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from anwang.demo.people import Crowd, serials
from anwang.demo.scale import casting, writing
from anwang.demo.scale.casting import Slot, Stamp, compiled
from anwang.demo.scale.drawing import Draw, Year
from anwang.demo.scale.filling import Filler
from anwang.demo.scale.loading import put_back, set_aside
from anwang.demo.scale.moulds import Mould, Told, _company, _played
from anwang.demo.scale.nation import nation
from anwang.demo.scale.plans import Plan
from anwang.demo.scale.staff import WORKSHOPS, Founder, Office
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests import database
from tests.unit.demo.conftest import AT

WEEKS, SEED = 1, 1
COUNTED_BY_CALENDAR = re.compile(r"＋\d+個(月|工作日)")
STORIES = (
    Plan("child_protection", 288, 10.2, "not_opened"),
    Plan("vulnerable_family", 287, 14.1, "ended"),
    Plan("intimate_violence", 287, 21.2, "moved"),
    Plan("sexual_violence", 288, 9.5, "new"),
    Plan("suicide", 287, 11.4, "new", "visit"),
    Plan("elder", 286, 10.1, "new", "give"),
    Plan("child_protection", 286, 15.0, "again", "dispatched"),
)


@dataclass(frozen=True)
class Sides:
    """What was written for one story, read in the same way: by actions and by the writer."""

    plan: Plan
    told: Stamp
    acted: Stamp
    written: Stamp
    columns: dict[str, int]
    """Table → position of its `id`."""


@dataclass(frozen=True)
class Played:
    """Every story both ways, and what more copies are drawn from."""

    sides: list[Sides]
    offices: list[Office]
    stamps: list[Stamp]


@pytest.fixture
def sides(played: Played) -> list[Sides]:
    return played.sides


@pytest.fixture(scope="module")
def played(cluster: Cluster, template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    """Every story of STORIES both ways, in one database."""
    with (
        database.clone(cluster, template) as name,
        django_db_blocker.unblock(),
        database.connected_to(cluster, name, roles.APP),
        clock.frozen(AT),
        held(),
    ):
        return _both_ways(cluster.url(roles.OWNER, name))


def _both_ways(url: str) -> Played:
    with transaction.atomic():
        offices = Founder(nation(), 300, SEED).found()
    now = [_play(plan, offices) for plan in STORIES]
    earlier = [_play(replace(plan, days=plan.days + 7 * WEEKS), offices) for plan in STORIES]
    connections.close_all()
    with psycopg.connect(url, autocommit=True) as owner:
        stamps, tables = compiled(owner, now)
        draws = [_draw(stamp, offices) for stamp in stamps]
        taken = frozenset(number for (number,) in owner.execute("SELECT number FROM matters_matter"))
        filler = Filler(nation(), offices, stamps, SEED, taken)
        aside = set_aside(owner, tables)
        copies = [_write(owner, filler, draw, number, tables) for number, draw in enumerate(draws)]
        put_back(url, aside, tables, lambda _: None)
        written = [replace(mould, transactions=frozenset({mark})) for mould, mark in zip(now, copies, strict=True)]
        made, _ = compiled(owner, [*earlier, *written])
    names = {table.name: [column for column, _ in table.columns] for table in tables}
    columns = {table: found.index("id") for table, found in names.items() if "id" in found}
    half = len(STORIES)
    sides = [Sides(plan, stamps[at], made[at], made[half + at], columns) for at, plan in enumerate(STORIES)]
    return Played(sides, offices, stamps)


def _play(plan: Plan, offices: list[Office]) -> Mould:
    """The same chances each time: what is said and who lives where do not depend on the week."""
    here, there = (next(one for one in offices if one.place.code == code) for code in WORKSHOPS)
    county, cast = _company(here, there)
    random = Random(f"{plan.kind} {plan.life} {plan.until}")
    story = Told(county, plan, here, random, Crowd(random, serials()), AT)
    return _played(story, AT, cast)


def _draw(stamp: Stamp, offices: list[Office]) -> Draw:
    """The copy in the workshop itself, at the same desks, WEEKS earlier."""
    at = next(number for number, office in enumerate(offices) if office.place.code == WORKSHOPS[0])
    received = stamp.mould.received_at - timedelta(weeks=WEEKS)
    return Draw(0, WEEKS, 0, at, 0, 0, 0, 0, int(received.timestamp()))


def _write(owner: psycopg.Connection, filler: Filler, draw: Draw, number: int, tables: list[casting.Table]) -> int:
    """One copy in a transaction of its own; its mark."""
    rows = filler.rows(replace(draw, stamp=number), number, number * 20 + 1)
    with owner.transaction(), owner.cursor() as cursor:
        for table in tables:
            if table.name in rows:
                with cursor.copy(table.into()) as copy:
                    copy.write(rows[table.name])
        (mark,) = cursor.execute("SELECT pg_current_xact_id()::xid::text::bigint").fetchone()
    return int(mark)


def test_writes_what_the_actions_write(sides: list[Sides]) -> None:
    """Row for row, whatever order the actions wrote in; identifiers by what they stand for."""
    for one in sides:
        assert one.written.count == one.acted.count, one.plan
        acted, written = _rows(one.acted, one.columns), _rows(one.written, one.columns)
        for table, rows in acted.items():
            assert rows - written[table] == Counter(), (one.plan, table, written[table] - rows)


def test_keeps_what_belongs_to_what(sides: list[Sides]) -> None:
    """Every identifier stands in the copy where it stood in the story, so many weeks earlier."""
    for one in sides:
        for table, (text, slots) in one.told.rows.items():
            copied, copied_slots = one.written.rows[table]
            assert copied == text, (one.plan, table)
            assert _meant(one.written, copied_slots) == _meant(one.told, slots, -timedelta(weeks=WEEKS)), table


@pytest.mark.django_db
def test_draws_the_same_nation_from_the_same_seed(played: Played) -> None:
    one, same, other = (_drawn(played, seed) for seed in (3, 3, 4))
    assert one == same
    assert one != other


def _drawn(played: Played, seed: int) -> list[tuple[Draw, dict[int, str]]]:
    """Forty copies with what they say, but for what is sealed, which never comes out twice the same."""
    stamps = [replace(one, mould=replace(one.mould, plan=replace(one.mould.plan, weeks=-1))) for one in played.stamps]
    draws = Year(nation(), played.offices, stamps, AT, seed).draw(40)
    filler, found = Filler(nation(), played.offices, stamps, seed, frozenset()), []
    for number, draw in enumerate(draws):
        form = filler.forms[draw.stamp]
        sealed = {at for kind, slots in form.by_kind.items() if kind.endswith("seal") for at, _ in slots}
        values = filler.values(form, draw, number, number * 20 + 1)
        found.append((draw, {at: text for at, text in enumerate(values) if at not in sealed}))
    return found


def test_compares_more_than_a_few_rows(sides: list[Sides]) -> None:
    assert sum(sum(one.acted.count.values()) for one in sides) > 300
    assert len({table for one in sides for table in one.acted.count}) > 20


def test_draws_other_names_places_and_numbers(sides: list[Sides]) -> None:
    for one in sides:
        names = [person.name for person in one.acted.people]
        assert not set(names) & {person.name for person in one.written.people}
        assert not set(one.acted.addresses) & set(one.written.addresses)


def test_reads_a_story_without_loss(sides: list[Sides]) -> None:
    """Filled with what stood there, a stamp is the story's own rows."""
    for one in (stamp for pair in sides for stamp in (pair.acted, pair.written)):
        for text, slots in one.rows.values():
            lines = (text % tuple(one.told[at] for at in slots)).split("\n")
            assert len({line.count("\t") for line in lines[:-1]}) == 1


def test_refuses_a_story_with_something_unforeseen(sides: list[Sides], monkeypatch: pytest.MonkeyPatch) -> None:
    assert writing.PROCESSES > 0
    caster = casting._Caster.__new__(casting._Caster)
    with pytest.raises(casting.Unforeseen, match=r"documents_paperbody\.sealed"):
        caster._sealed("documents_paperbody", "sealed", "\\\\x01", {})


def _meant(stamp: Stamp, at: tuple[int, ...], later: timedelta = timedelta()) -> list[Slot]:
    """The slots at these positions, times so much later, numbers by the order in which the story used them."""
    by_position = sorted(stamp.slots, key=stamp.slots.__getitem__)
    numbers = [slot for slot in by_position if slot[0] == "number"]
    return [_plain(by_position[one], numbers, later) for one in at]


def _plain(slot: Slot, numbers: list[Slot], later: timedelta) -> Slot:
    if slot[0] == "number":
        return ("number", numbers.index(slot))
    if slot[0] == "words":
        return ("words", slot[1], slot[2] + later, slot[3], slot[4] and slot[4] + later)
    if slot[0] == "window":
        moved = [replace(one, begins_on=one.begins_on + later, origin_on=one.origin_on + later) for one in slot[1]]
        return ("window", tuple(moved), *slot[2:])
    return (slot[0], slot[1] + later, *slot[2:]) if slot[0] in ("at", "day") else slot


def _rows(stamp: Stamp, columns: dict[str, int]) -> dict[str, Counter[tuple[object, ...]]]:
    """Table → rows, each with its slots; an identifier is the name of the table whose row it is."""
    lines = {table: list(_lines(stamp, text, at)) for table, (text, at) in stamp.rows.items()}
    owner = {}
    for table, found in lines.items():
        for line, slots in found:
            if table in columns:
                owner[slots[line.split("\t")[: columns[table]].count("%s")]] = table
    return {
        table: Counter((line, tuple(_owned(slot, owner) for slot in slots)) for line, slots in found)
        for table, found in lines.items()
    }


def _lines(stamp: Stamp, text: str, at: tuple[int, ...]) -> Iterator[tuple[str, list[Slot]]]:
    meant, used = _meant(stamp, at), 0
    for line in text.splitlines():
        many = line.replace("%%", "").count("%s")
        slots, used = meant[used : used + many], used + many
        yield line, _without_end(slots) if COUNTED_BY_CALENDAR.search(line) else slots


def _without_end(slots: list[Slot]) -> list[Slot]:
    """Without the last day of a deadline in months or working days: a copy keeps the story's number of days."""
    ends = {slot[2] for slot in slots if slot[0] == "words" and slot[4]}
    return [
        slot for slot in slots if not (slot[0] == "words" and slot[4]) and not (slot[0] == "at" and slot[1] in ends)
    ]


def _owned(slot: Slot, owner: dict[Slot, str]) -> Slot:
    """An identifier, or something sealed for one, without the number that depends on the order of writing."""
    if slot[0] == "id":
        return ("id", owner.get(slot, "of an event"))
    return (slot[0], *slot[2:]) if slot[0] in ("number seal", "name seal", "reporter seal") else slot
