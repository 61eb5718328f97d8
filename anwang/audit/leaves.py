"""Acts and readings as leaves of the tree, in the order that counts: by transaction, acts before readings, by id.

What an act says (`details`) enters its leaf as a salted sum, so that it can be erased and the tree still verifies: the
sum stays in the register of erasures, and without the salt nobody can try out what was said (ADR 0083).
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, transaction

from .tree import leaf

# Texts that depend neither on time zone nor on settings; `jsonb` prints its keys in an order of its own.
_INSTANT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
ACTS_SQL = f"""
SELECT a.xid::text::bigint, 'act', a.id::text, a.verb, a.matter_id::text, a.subject_id::text, a.by_worker_id::text,
       a.by_unit_id::text, a.by_service, {_INSTANT.format("a.at")}, {_INSTANT.format("a.recorded_at")},
       a.salt::text, a.details::text, e.commitment, a.recorded_at
  FROM audit_act a LEFT JOIN audit_erasure e ON a.salt IS NULL AND e.act_id = a.id
 WHERE a.xid >= %s::text::xid8 AND a.xid < %s::text::xid8 ORDER BY a.xid, a.id
"""  # noqa: S608 - written by us
READINGS_SQL = f"""
SELECT xid::text::bigint, 'reading', id::text, file_id::text, zone, what, purpose, because, by_worker_id::text,
       by_unit_id::text, {_INSTANT.format("at")}, at
  FROM audit_reading WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id
"""  # noqa: S608 - written by us
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PLACE = itemgetter(0, 1, 2)
AT_ONCE = 10_000
"""Rows fetched together: by hundreds the journeys cost more than the sums."""


class Leaf(NamedTuple):
    """One act or reading: the transaction that wrote it, what it is, its sum, and when it says it was recorded."""

    xid: int
    kind: str
    id: str
    sum: bytes
    recorded_at: Any


def leaves(begin: int, horizon: int) -> Iterator[Leaf]:
    """The leaves of transactions `begin` ≤ xid < `horizon`."""
    with transaction.atomic(), connection.chunked_cursor() as acts, connection.chunked_cursor() as readings:
        acts.cursor.itersize = readings.cursor.itersize = AT_ONCE
        acts.execute(ACTS_SQL, [str(begin), str(horizon)])
        readings.execute(READINGS_SQL, [str(begin), str(horizon)])
        for row in heapq.merge(acts, readings, key=_PLACE):
            yield Leaf(row[0], row[1], row[2], leaf(said(row)), row[-1])


def said(row: tuple[Any, ...]) -> bytes:
    """What the leaf of a row says."""
    if row[1] == "reading":
        return _ENCODED(row[:-1]).encode()
    *told, salt, details, erased, _recorded = row
    kept = bytes(erased).hex() if erased else commitment(salt, details).hex() if salt else ""
    return _ENCODED([*told, kept]).encode()


def commitment(salt: str, details: str) -> bytes:
    """The salted sum that stands for what an act says; `audit_erase` computes the same."""
    return sha256(f"anwang said|{salt}|{details}".encode()).digest()
