"""Sealing the record: signed checkpoints over every act and reading whose transaction has ended.

Rows commit out of order, so a seal by number or time would leave a late commit unsealed below the line. Each row keeps
the transaction that wrote it; a checkpoint covers the transactions before the oldest one still running, so nothing can
appear behind it. Each root continues the one before: editing, deleting, inserting or reordering anything sealed, or
taking out a checkpoint, changes every later root, and a root cannot be signed without the key (ADR 0012).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection, transaction

from anwang.foundation import clock

from .models import Checkpoint

LOCK = 7028
BEGINNING = b"anwang audit 1"
# Made once: a year's twelve million acts are sealed and checked row by row, and an encoder each costs half of that.
ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
ACTS_SQL = """
SELECT xid::text::bigint, id, verb, matter_id, subject_id, by_worker_id, by_unit_id, by_service, at, recorded_at,
       details
  FROM audit_act WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id
"""
READINGS_SQL = """
SELECT xid::text::bigint, id, file_id, zone, what, purpose, because, by_worker_id, by_unit_id, at
  FROM audit_reading WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id
"""


@dataclass(frozen=True)
class Fault:
    """A checkpoint that does not fit the rows, its predecessor or its signature."""

    what: str
    words: str


@dataclass(frozen=True)
class _Sum:
    root: bytes
    acts: int
    readings: int


def seal() -> Checkpoint | None:
    """Sign what can be sealed now; None when nothing was added since the last checkpoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (horizon,) = cursor.fetchone()
        last = Checkpoint.objects.order_by("id").last()
        before = _Sum(bytes(last.root), last.acts, last.readings) if last else _Sum(_start(), 0, 0)
        now = _continued(before, last.horizon if last else 0, horizon)
        if (now.acts, now.readings) == (before.acts, before.readings):
            return None
        key = _key()
        made = Checkpoint(
            horizon=horizon, acts=now.acts, readings=now.readings, root=now.root, key_id=key_id(key),
            made_at=clock.now(),
        )  # fmt: skip
        made.signature = key.sign(_message(made))
        made.save(force_insert=True)
        return made


def check() -> list[Fault]:
    """Recompute every root from the rows and try every signature; empty when nothing was touched."""
    faults: list[Fault] = []
    before, horizon, key = _Sum(_start(), 0, 0), 0, _key()
    for made in Checkpoint.objects.order_by("id").iterator():
        what = f"checkpoint {made.id}"
        if made.key_id != key_id(key):
            faults.append(Fault(what, "signed with another key"))
        elif not _is_signed(made, key):
            faults.append(Fault(what, "the signature does not fit"))
        now = _continued(before, horizon, made.horizon)
        if (now.acts, now.readings) != (made.acts, made.readings):
            faults.append(Fault(what, f"{made.acts} acts and {made.readings} readings sealed, "
                                      f"{now.acts} and {now.readings} found"))  # fmt: skip
        if now.root != bytes(made.root):
            faults.append(Fault(what, "the rows are not those that were sealed"))
        before, horizon = _Sum(bytes(made.root), made.acts, made.readings), made.horizon
    return faults


def key_id(key: Ed25519PrivateKey) -> str:
    """A short name of the public key, kept with what it signed."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(public).hexdigest()[:16]


def _continued(before: _Sum, after: int, horizon: int) -> _Sum:
    """The sum with every row of transactions `after` ≤ xid < `horizon` added, in a fixed order."""
    digest = hashlib.sha256(before.root)
    counts = []
    for kind, sql in ((b"a", ACTS_SQL), (b"r", READINGS_SQL)):
        counted = 0
        for row in _rows(sql, after, horizon):
            digest.update(kind + hashlib.sha256(_canonical(row)).digest())
            counted += 1
        counts.append(counted)
    if not any(counts):
        return before
    return _Sum(digest.digest(), before.acts + counts[0], before.readings + counts[1])


def _rows(sql: str, after: int, horizon: int) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, [str(after), str(horizon)])
        yield from cursor


def _canonical(row: tuple[Any, ...]) -> bytes:
    """One row as bytes that do not depend on time zone, language or the order of JSON keys."""
    return ENCODED([_plain(value) for value in row]).encode()


def _plain(value: Any) -> Any:
    if hasattr(value, "astimezone"):
        return clock.local(value).isoformat()
    if isinstance(value, str) and value.startswith("{"):
        return json.loads(value)  # raw JSON of a cursor below Django
    return value if value is None or isinstance(value, int | str | dict) else str(value)


def _message(made: Checkpoint) -> bytes:
    parts = (made.horizon, made.acts, made.readings, bytes(made.root).hex(), made.key_id, made.made_at.isoformat())
    return BEGINNING + b"|" + "|".join(map(str, parts)).encode()


def _is_signed(made: Checkpoint, key: Ed25519PrivateKey) -> bool:
    try:
        key.public_key().verify(bytes(made.signature), _message(made))
    except InvalidSignature:
        return False
    return True


def _start() -> bytes:
    return hashlib.sha256(BEGINNING).digest()


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.KEYRING["audit"])
