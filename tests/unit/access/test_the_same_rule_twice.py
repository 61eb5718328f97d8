"""Whatever a worker may read by the plain rule he sees in the database, and nothing else: worker × instant × row."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from anwang.access.queries import zones_of
from anwang.access.viewer import viewer_for
from anwang.foundation import clock
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests.unit.access.seen_by_the_model import Facts, Shape, facts, shapes

SEED, DRAWS, PAIRS = 20260, 40, 10_000
ODD = {
    # Rules of their own, each with tests in its room; a new table here is a decision, not an accident.
    "access_bar", "access_grant", "access_involvement", "access_restriction", "access_restrictionreader",
    "oversight_age",  # how many days a kind of relation reads on: a rule, and nobody's row
}  # fmt: skip

# Shifts, covers, ends of posts, restrictions and bars that the stories do not have.
STIR = """
INSERT INTO directory_absence (id, worker_id, covered_by_id, starts_at, ends_at, kind)
SELECT gen_random_uuid(), a.id, b.id, %(at)s - interval '3 days', %(at)s + interval '1 day', 'leave'
  FROM directory_worker a, directory_worker b WHERE a.id = %(a)s AND b.id = %(b)s AND a.id <> b.id
"""
BAR = """
INSERT INTO access_bar (id, worker_id, person_id, because, because_id, starts_at, ends_at)
VALUES (gen_random_uuid(), %(a)s, %(person)s, 'kin', gen_random_uuid(), %(at)s - interval '2 days', %(until)s)
"""
RESTRICT = """
WITH r AS (
  INSERT INTO access_restriction (id, file_id, reason, kept_by, asked_by, starts_at, wished_until_at, until_at,
                                  ended_because, recorded_at)
  VALUES (gen_random_uuid(), %(file)s, 'media', '{}', %(a)s, %(at)s - interval '1 day', %(at)s + interval '3 days',
          %(at)s + interval '3 days', '', %(at)s)
  ON CONFLICT DO NOTHING RETURNING id)
INSERT INTO access_restrictionreader (id, restriction_id, worker_id, named_by, since_at)
SELECT gen_random_uuid(), r.id, %(b)s, %(a)s, %(at)s - interval '1 day' FROM r
"""


@pytest.fixture
def owner(county_db: str, cluster: Cluster):
    with psycopg.connect(cluster.url(roles.OWNER, county_db), autocommit=True) as opened:
        yield opened


def test_every_table_sees_what_the_rule_says(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    dice, now = random.Random(SEED), clock.now()
    _stir(owner, dice, now)
    told, tables = facts(owner), shapes(owner)
    workers, compared, wrong = sorted(told.workers, key=str), 0, []
    raw = {table: _rows(owner, table, shape) for table, shape in tables.items()}
    for _ in range(DRAWS):
        who, at = dice.choice(workers), now - timedelta(hours=dice.randrange(0, 24 * 50))
        zones = told.zones(who, at)
        with transaction.atomic():
            viewer = viewer_for(who, at=at)
            files = dice.sample(sorted(told.stands_in(), key=str), 5)
            wrong += [f"verdict {who} {at} {one}" for one in files if zones_of(viewer, one) != zones.get(one, set())]
            for table, shape in tables.items():
                seen, may = _seen(table), _allowed(told, raw[table], shape, zones)
                compared += len(raw[table])
                if seen != may:
                    wrong.append(f"{table}: {who} at {at} sees {len(seen - may)} too many, {len(may - seen)} too few")
    assert wrong == []
    assert len(tables) > 45
    assert compared >= PAIRS


def test_no_table_has_a_rule_of_its_own_that_a_stranger_passes(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Tables whose rule has another form: whoever holds no grant sees no row, at every instant."""
    usual = shapes(owner)
    protected = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    others = sorted({str(name) for (name,) in owner.execute(protected).fetchall()} - set(usual) - ODD)
    administrator = owner.execute(
        "SELECT worker_id FROM directory_appointment WHERE role = 'administrator' AND ended_at IS NULL LIMIT 1"
    ).fetchone()
    assert administrator
    told, leaks = facts(owner), []
    assert told.zones(administrator[0], clock.now()) == {}  # type: ignore[arg-type]
    with transaction.atomic():
        viewer_for(administrator[0])  # type: ignore[arg-type]
        with connection.cursor() as cursor:
            for table in others:
                cursor.execute("SELECT has_table_privilege('anwang_app', %s, 'SELECT')", [table])
                if cursor.fetchone()[0]:
                    cursor.execute(f"SELECT count(*) FROM {table}")
                    leaks += [table] if cursor.fetchone()[0] else []
    assert leaks == []


def _stir(owner: psycopg.Connection[tuple[object, ...]], dice: random.Random, now: datetime) -> None:
    told = facts(owner)
    workers, people = sorted(told.workers, key=str), sorted(told.stands, key=str)
    for number in range(12):
        given = {
            "a": dice.choice(workers), "b": dice.choice(workers), "person": dice.choice(people),
            "at": now - timedelta(days=dice.randrange(0, 40)), "until": now if number % 3 else None,
        }  # fmt: skip
        given["file"] = sorted(told.stands[given["person"]], key=str)[0]
        for statement in (STIR, BAR, RESTRICT):
            try:
                owner.execute(statement, given)
            except psycopg.errors.IntegrityError:
                continue  # drawn twice for one time


def _rows(owner: psycopg.Connection[tuple[object, ...]], table: str, shape: Shape) -> list[tuple[str, UUID]]:
    key = _key(table)
    found = owner.execute(f"SELECT {key}::text, {shape.column} FROM {table}").fetchall()  # type: ignore[arg-type]
    return [(str(one), hangs) for one, hangs in found]  # type: ignore[misc]


def _seen(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key(table)}::text FROM {table}")
        return {key for (key,) in cursor.fetchall()}


def _key(table: str) -> str:
    return _KEYS.setdefault(table, _primary(table))


_KEYS: dict[str, str] = {}


def _primary(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
            " WHERE i.indrelid = %s::regclass AND i.indisprimary", [table],
        )  # fmt: skip
        return cursor.fetchone()[0]


def _allowed(told: Facts, rows: list[tuple[str, UUID]], shape: Shape, zones: dict[UUID, set[str]]) -> set[str]:
    if shape.by == "file":
        return {key for key, file in rows if shape.zone in zones.get(file, ())}
    stands = told.stands
    return {key for key, person in rows if any(shape.zone in zones.get(file, ()) for file in stands.get(person, ()))}
