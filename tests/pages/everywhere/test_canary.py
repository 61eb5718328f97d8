"""Places planted in the county, looked for where no page is: every table as each account, messages, files of DATA."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from anwang.access.viewer import viewer_for
from anwang.demo import canaries
from tests.pages.everywhere import closed_doors
from tests.pages.everywhere.places import Row

EXTRACTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v') AND has_table_privilege('anwang_app', c.oid, 'SELECT')
 ORDER BY 1
"""
PLANTED = (*canaries.HERS, canaries.HER_PHONE.replace("-", ""), canaries.SHELTER, "隱礁路9941", canaries.SCHOOL_TOLD)
SERVER = {"postgres", "pg", "cluster", "base", "pg_wal"}
"""Folders of the database's own, which holds what it holds."""


def accounts(eyes: psycopg.Connection[Row]) -> list[tuple[str, object]]:
    """Every account that somebody works under."""
    rows = eyes.execute("SELECT username, worker_id FROM access_account WHERE is_active ORDER BY username").fetchall()
    return [(str(name), worker) for name, worker in rows]


def test_is_planted_where_it_is_looked_for(eyes: psycopg.Connection[Row]) -> None:
    tables = ("people_contactpoint", "people_address")
    everything = "\n".join(str(row) for table in tables for row in eyes.execute(f"SELECT * FROM {table}"))
    assert not [word for word in canaries.HERS if word not in everything]


def test_gives_no_table_to_anybody_but_her_workers(eyes: psycopg.Connection[Row], subtests: pytest.Subtests) -> None:
    tables = [str(name) for (name,) in eyes.execute(EXTRACTS).fetchall()]
    like = [f"%{word}%" for word in PLANTED]
    found = " UNION ALL ".join(f"SELECT '{table}' FROM {table} t WHERE t::text LIKE ANY (%(like)s)" for table in tables)
    reads = set()
    for username, worker in accounts(eyes):
        with subtests.test(username), transaction.atomic(), connection.cursor() as cursor:
            viewer_for(worker)  # type: ignore[arg-type]
            cursor.execute(found, {"like": like})
            seen = {table for (table,) in cursor.fetchall()}
            if seen:
                reads.add(username)
            assert username in closed_doors.HER_WORKERS or not seen
    assert reads == closed_doors.HER_WORKERS


def test_sends_and_keeps_no_word_of_it_outside(eyes: psycopg.Connection[Row]) -> None:
    outside = [str(name) for (name,) in eyes.execute(EXTRACTS).fetchall()
               if str(name).startswith(("systems_", "audit_", "documents_", "uploads_", "indicators_"))]  # fmt: skip
    told = [
        (table, word) for table in outside for word in PLANTED
        for _row in eyes.execute(f"SELECT 1 FROM {table} t WHERE t::text LIKE %s LIMIT 1", [f"%{word}%"])
    ]  # fmt: skip
    assert not told


def test_leaves_no_word_of_it_in_a_file(eyes: psycopg.Connection[Row]) -> None:
    words = [word.encode() for word in PLANTED]
    written = [
        str(path) for path in Path(settings.DATA).rglob("*")
        if path.is_file() and not SERVER & set(path.parts) and not (path.parent / "PG_VERSION").exists()
        and "pgdata" not in str(path) and path.stat().st_size < 5_000_000
        and any(word in path.read_bytes() for word in words)
    ]  # fmt: skip
    assert not written
