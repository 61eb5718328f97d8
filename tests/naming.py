"""Tests found their worlds as somebody: rows they write themselves while nobody is named are written by a service.

The database takes no row from nobody (`project/postgres/walls.sql`). Only statements of test files are helped; what the
product writes has to name its viewer itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any  # what a statement is given

import psycopg
from django.db import connection, transaction

from anwang.access.claims import claim
from anwang.access.viewer import service_viewer
from anwang.foundation import clock

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_OF_NO_WEIGHT = re.compile(r'UPDATE "access_account" SET "(last_login|language)" = [^,]* WHERE')
"""Written at the door, before anybody is known."""
_ROOT = Path(__file__).resolve().parent
TESTS, PRODUCT = f"{_ROOT}/", f"{_ROOT.parent}/anwang/"
POSTS = {"directory_appointment", "directory_shift", "directory_absence"}
"""Given by those who keep them alone (`accounts` 0005): a test gives them out of turn."""
PENS = ("anwang/access/models.py", "anwang/audit/actions.py")
"""`create_user` and `record`, which tests call as they call `create`."""


@contextmanager
def founding() -> Iterator[None]:
    """While it lasts, guarded statements that a test itself runs while nobody is named are run by a service; posts,
    shifts and leave also while somebody is, who stays named."""
    with connection.execute_wrapper(_as_founder):
        yield


def as_service(prompt: psycopg.Connection[Any]) -> None:
    """The transaction of this connection, opened by a test itself, is a service's."""
    prompt.execute("SELECT access_job(%s, %s)", claim("service", "founding", clock.now()))


def _as_founder(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not (isinstance(sql, str) and _is_guarded(sql) and _is_of_a_test() and (_of_posts(sql) or _nobody())):
        return execute(sql, params, many, context)
    with transaction.atomic():
        before = _settings()
        service_viewer("founding")
        done = execute(sql, params, many, context)
        if not connection.needs_rollback:
            _settings(before)
        return done


_SETTINGS = ("worker", "service", "at", "keys", "closed", "seal")


def _settings(values: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Who is named in this transaction, seal and all; set again when given, with keys to be looked for anew."""
    ask = [f"current_setting('anwang.{name}', true)" for name in _SETTINGS]
    put = [f"set_config('anwang.{name}', %s, true)" for name in _SETTINGS] + ["set_config('anwang.keys_of', '', true)"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(put if values else ask)}", values)
        return tuple(value or "" for value in cursor.fetchone())


def _of_posts(sql: str) -> bool:
    written = _WRITES.match(sql)
    return written is not None and written[1] in POSTS


def _is_guarded(sql: str) -> bool:
    written = _WRITES.match(sql)
    return written is not None and written[1] in _guarded() and not _OF_NO_WEIGHT.match(sql)


@cache
def _guarded() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'by_somebody_known'")
        return frozenset(table for (table,) in cursor.fetchall())


def _is_of_a_test() -> bool:
    """Whether a file of ours among the callers, from the statement outwards, is first one of tests."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(TESTS):
            return True
        if name.startswith(PRODUCT) and not name.endswith(PENS):
            return False
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _nobody() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_known()")
        return not cursor.fetchone()[0]
