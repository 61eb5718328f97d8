"""What a page asks of the database, taken down while it is rendered, as SQL that can be asked again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any  # what Django hands to a wrapper

import psycopg
from django.db import connection
from django.test import Client

from .load import Request

_KEY = r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}"
_ONE = re.compile(rf"'({_KEY})'(?:::uuid)?")
_MANY = re.compile(rf"'{{({_KEY}(?:,{_KEY})*)}}'(?:::uuid\[\])?")
NEW_KEY = "gen_random_uuid()"
FRESH_SECONDS = 120
"""A key of this age was made for the page itself: its first half is the instant."""


def taken_down(request: Request) -> list[str]:
    """Every statement of one request, with its values written in; a second ask would insert under new keys."""
    said: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(_written(sql, params))
        return execute(sql, params, many, context)

    _ask(request)
    with connection.execute_wrapper(listen):
        status = _ask(request)
    if status not in request.expects:
        raise SystemExit(f"bench: the page answers {status}: {request.data[:80]!r}")
    return said


def counted(said: list[str]) -> int:
    """Statements proper: savepoints cost a round trip but ask nothing."""
    return sum(not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for one in said)


def script(said: list[str]) -> str:
    """The statements as pgbench runs them: one transaction, as the page had."""
    return "\n".join(["BEGIN;", *(_again(one).strip().rstrip(";") + ";" for one in said), "COMMIT;", ""])


def _written(sql: str, params: Any) -> str:
    connection.ensure_connection()
    if not params:
        return sql.replace("%%", "%") if params is not None else sql
    return psycopg.ClientCursor(connection.connection).mogrify(sql, params)


def _again(statement: str) -> str:
    """A row gets a new key each time it is written."""
    if not statement.startswith("INSERT"):
        return statement
    statement = _ONE.sub(lambda found: NEW_KEY if _is_fresh(found[1]) else found[0], statement)
    return _MANY.sub(lambda found: _new_keys(found[1].split(","), found[0]), statement)


def _new_keys(keys: list[str], written: str) -> str:
    return f"ARRAY[{', '.join([NEW_KEY] * len(keys))}]" if all(map(_is_fresh, keys)) else written


def _is_fresh(key: str) -> bool:
    made = int(key.replace("-", "")[:12], 16) / 1000
    return abs(time.time() - made) < FRESH_SECONDS


def _ask(request: Request) -> int:
    """The request as it came over the line, handed to the program in this process."""
    head, _, body = request.data.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _version = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    client = Client(raise_request_exception=False)
    kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    return int(client.generic(method, path, body, kind, headers=headers).status_code)
