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
from anwang.access.seat import leave
from anwang.access.viewer import service_viewer
from anwang.foundation import clock

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_OF_NO_WEIGHT = re.compile(r'UPDATE "access_account" SET "(last_login|language)" = [^,]* WHERE')
"""Written at the door, before anybody is known."""
_ROOT = Path(__file__).resolve().parent
TESTS, PRODUCT = f"{_ROOT}/", f"{_ROOT.parent}/anwang/"
PENS = ("anwang/access/models.py", "anwang/audit/actions.py")
"""`create_user` and `record`, which tests call as they call `create`."""


@contextmanager
def founding() -> Iterator[None]:
    """While it lasts, guarded statements that a test itself runs while nobody is named are run by a service."""
    with connection.execute_wrapper(_as_founder):
        yield


def as_service(prompt: psycopg.Connection[Any]) -> None:
    """The transaction of this connection, opened by a test itself, is a service's."""
    prompt.execute("SELECT access_job(%s, %s)", claim("service", "founding", clock.now()))


def _as_founder(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not (isinstance(sql, str) and _is_guarded(sql) and _is_of_a_test() and _nobody()):
        return execute(sql, params, many, context)
    with transaction.atomic():
        service_viewer("founding")
        done = execute(sql, params, many, context)
        if not connection.needs_rollback:
            leave()
        return done


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
