"""Tests found their worlds as somebody: what they write into posts and accounts themselves is written by a service.

The database takes posts, shifts and ways in from nobody who is not named (accounts 0004). Only statements of test files
are helped; what the product writes has to name its viewer itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any  # what a statement is given

from django.db import connection, transaction

from anwang.access.seat import leave
from anwang.access.viewer import service_viewer

GUARDED = re.compile(
    r'^\s*((INSERT INTO|UPDATE|DELETE FROM)\s+"?(directory_(worker|appointment|absence|shift)'
    r"|accounts_(passkey|totp|agencybinding|agencylogin|invitation)|systems_token)\b"
    r'|(INSERT INTO|DELETE FROM)\s+"?access_account\b'
    r'|UPDATE\s+"?access_account"? SET (?:(?! WHERE ).)*"?(password|worker_id|username|is_active|is_demo)"? =)'
)
_ROOT = Path(__file__).resolve().parent
TESTS, PRODUCT = f"{_ROOT}/", f"{_ROOT.parent}/anwang/"
MANAGER = "anwang/access/models.py"
"""`create_user`, which tests call as they call `create`."""


@contextmanager
def founding() -> Iterator[None]:
    """While it lasts, guarded statements that a test itself runs while nobody is named are run by a service."""
    with connection.execute_wrapper(_as_founder):
        yield


def _as_founder(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not (isinstance(sql, str) and GUARDED.match(sql) and _is_of_a_test() and _nobody()):
        return execute(sql, params, many, context)
    with transaction.atomic():
        service_viewer("founding")
        done = execute(sql, params, many, context)
        if not connection.needs_rollback:
            leave()
        return done


def _is_of_a_test() -> bool:
    """Whether a file of ours among the callers, from the statement outwards, is first one of tests."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(TESTS):
            return True
        if name.startswith(PRODUCT) and not name.endswith(MANAGER):
            return False
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _nobody() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_known()")
        return not cursor.fetchone()[0]
