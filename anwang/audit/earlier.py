"""Checkpoints made before there was a tree: each root continues the one before over the rows since (ADR 0012).

They stay in the table and are checked as they were made. The first checkpoint with a tree covers their rows as well;
once something was erased by order only that one can.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from anwang.foundation import clock

from .models import Checkpoint, Erasure

BEGINNING = b"anwang audit 1"
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
ACTS_SQL = """
SELECT xid::text::bigint, id, verb, matter_id, subject_id, by_worker_id, by_unit_id, by_service, at, recorded_at,
       details
  FROM audit_act WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id
"""
READINGS_SQL = """
SELECT xid::text::bigint, id, file_id, zone, what, purpose, because, by_worker_id, by_unit_id, at
  FROM audit_reading WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id
"""


def message(made: Checkpoint) -> bytes:
    """What was signed."""
    parts = (made.horizon, made.acts, made.readings, bytes(made.root).hex(), made.key_id, made.made_at.isoformat())
    return BEGINNING + b"|" + "|".join(map(str, parts)).encode()


def broken(checkpoints: Sequence[Checkpoint]) -> Iterator[Checkpoint]:
    """Those whose root the rows do not give any more."""
    if Erasure.objects.exists():
        return
    root, begin, counted = hashlib.sha256(BEGINNING).digest(), 0, [0, 0]
    for made in checkpoints:
        digest = hashlib.sha256(root)
        for at, (kind, sql) in enumerate(((b"a", ACTS_SQL), (b"r", READINGS_SQL))):
            for row in _rows(sql, begin, made.horizon):
                digest.update(kind + hashlib.sha256(_canonical(row)).digest())
                counted[at] += 1
        root, begin = bytes(made.root), made.horizon
        if digest.digest() != root or counted != [made.acts, made.readings]:
            yield made


def _rows(sql: str, begin: int, horizon: int) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, [str(begin), str(horizon)])
        yield from cursor


def _canonical(row: tuple[Any, ...]) -> bytes:
    return _ENCODED([_plain(value) for value in row]).encode()


def _plain(value: Any) -> Any:
    if hasattr(value, "astimezone"):
        return clock.local(value).isoformat()
    if isinstance(value, str) and value.startswith("{"):
        return json.loads(value)  # raw JSON of a cursor below Django
    return value if value is None or isinstance(value, int | str | dict) else str(value)
