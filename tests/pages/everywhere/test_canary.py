"""Places planted in the county, looked for where no page is: every table as each account, messages, files of DATA."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from anwang.access.viewer import viewer_for
from anwang.demo import canaries
from anwang.followups.actions import make_feed
from anwang.foundation import clock
from tests.pages.everywhere import closed_doors
from tests.pages.everywhere.places import Row
from tests.unit.exchange import callers

EXTRACTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v') AND has_table_privilege('anwang_app', c.oid, 'SELECT')
 ORDER BY 1
"""
PLANTED = (*canaries.HERS, canaries.HER_PHONE.replace("-", ""), canaries.SHELTER, "隱礁路9941", canaries.SCHOOL_TOLD)
AT = "2026-04-20T08:30:00+08:00"
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


def test_tells_no_machine(eyes: psycopg.Connection[Row]) -> None:
    """Every answer of the interface to a system with all rights, as JSON and as FHIR, about her by name or not."""
    with transaction.atomic():
        sender = callers.caller(viewer_for(_of(eyes, "yu")), "canary")
        numbers = [number for (number,) in eyes.execute("SELECT number FROM matters_matter WHERE kind IN ('report',"
                   " 'case') ORDER BY id IN (SELECT file_id FROM access_involvement i JOIN people_person p ON"
                   " p.id = i.person_id WHERE p.name = '張雅文') DESC, number DESC LIMIT 40").fetchall()]  # fmt: skip
        paths = ["/api/openapi.json", "/api/v1/fhir/metadata", "/api/v1/fhir/Task/none", "/api/v1/nothing"]
        paths += [f"{door}/{number}" for number in numbers for door in ("/api/v1/reports", "/api/v1/fhir/Task")]
        answers = [sender.ask("GET", path) for path in paths]
        hers, nobodys = (
            sender.send(callers.report(number=number, received_at=AT, persons=[{"role": "victim", "name": name}]))
            for number, name in (("K-1", "張雅文"), ("K-2", "林無此"))
        )
        transaction.set_rollback(True)
    told = [(word, one.content.decode()) for one in (*answers, hers, nobodys) for word in PLANTED
            if word in one.content.decode() + str(one.headers)]  # fmt: skip
    assert not told
    assert hers.status_code == nobodys.status_code == 201, hers.content.decode()
    assert hers.json().keys() == nobodys.json().keys()


def test_tells_no_calendar(eyes: psycopg.Connection[Row]) -> None:
    """The address that a programme asks without logging in, made for every account: days and numbers, no place."""
    told, days = [], 0
    for username, worker in accounts(eyes):
        with transaction.atomic():
            secret = make_feed(by=viewer_for(worker), at=clock.now())  # type: ignore[arg-type]
            answer = Client().get(f"/calendar/{secret}.ics")
            transaction.set_rollback(True)
        text = answer.content.decode().replace("\r\n ", "")
        days += text.count("BEGIN:VEVENT")
        told += [(username, word) for word in PLANTED if word in text]
        assert answer.status_code == 200, username
    assert days
    assert not told


def _of(eyes: psycopg.Connection[Row], username: str) -> object:
    return next(worker for name, worker in accounts(eyes) if name == username)


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
    assert not [path for path in _files(Path(settings.DATA)) if any(word in _content(path) for word in words)]


def _files(data: Path) -> Iterator[Path]:
    """Files that the site wrote; the database's own folders and files of 5 MB and more are left out."""
    for folder, folders, names in os.walk(data):
        own = "PG_VERSION" in names or "pgdata" in folder or Path(folder).name in SERVER
        folders[:] = [] if own else folders
        yield from () if own else (Path(folder) / name for name in names)


def _content(path: Path) -> bytes:
    """Nothing where the file is gone: tests beside this one write to DATA and tidy up."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size < 5_000_000 else b""
    except FileNotFoundError:
        return b""
