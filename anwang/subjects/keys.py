"""Rotating the keys that seal single values, while everything goes on: new version, sealing again, retiring.

A new version stands in the key file first and in the database second; from the first instant new values use it. The
worker seals the rest again in batches, each a transaction of its own: cut short anywhere, it goes on where old
versions are left. A version leaves the file only when no value needs it. Nothing here ever prints a key.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock, ring
from anwang.foundation.errors import Refused
from anwang.foundation.sealing import Column, Keyring, SealBroken
from anwang.people.models import KeyVersion

RINGS = ("reporters", "seals")
BATCH = 200
_LOCK = 7091
Write = Callable[[Mapping[str, bytes]], None]
"""Puts another ring in the place of the key file, in one step."""
_HOMES = ("seals", "sealed")
_after: dict[tuple[Column, int], str] = {}
"""How far this process got in a column; another process begins anew and skips what is done."""


class KeysDiffer(Refused):
    """The key file is not the one this database was sealed with. Nothing is lost while the right one exists."""


@dataclass(frozen=True)
class Use:
    """One version of one ring: whether it is in the file, and how many values need it by table."""

    ring: str
    version: int
    is_here: bool
    is_newest: bool
    done_at: datetime | None
    retired_at: datetime | None
    values: Mapping[str, int]


def columns(name: str = "") -> tuple[Column, ...]:
    """Every sealed column of every room (`SEALED` in its `seals` or `sealed`), of one ring or of all."""
    return tuple(one for one in _gathered() if not name or one.ring == name)


@cache  # looking for the modules reads folders, and a page asks for every field of every table
def _gathered() -> tuple[Column, ...]:
    found: list[Column] = []
    for app in apps.get_app_configs():
        for home in _HOMES:
            if app.name.startswith("anwang.") and find_spec(f"{app.name}.{home}"):
                found += getattr(import_module(f"{app.name}.{home}"), "SEALED", ())
    return tuple(found)


def fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"anwang key version" + key).hexdigest()[:16]


def register() -> None:
    """Note the versions of the key file in the database, as its owner. Raises KeysDiffer before anything is mixed."""
    with transaction.atomic():
        _lock()
        if faults := differences():
            raise KeysDiffer(faults[0])
        for name in RINGS:
            known = set(KeyVersion.objects.filter(ring=name).values_list("version", flat=True))
            for version, key in _ring(name).keys.items():
                if version not in known:
                    KeyVersion.objects.create(
                        ring=name, version=version, fingerprint=fingerprint(key), begun_at=clock.now(),
                        done_at=None if version > 1 else clock.now(),
                    )  # fmt: skip


def differences() -> list[str]:
    """One sentence a version that the database needs and the file does not hold, or holds otherwise."""
    found = []
    for row in KeyVersion.objects.filter(retired_at=None).order_by("ring", "version"):
        key = _ring(row.ring).keys.get(row.version)
        if key is None:
            found.append(f"keys.json has no version {row.version} of {row.ring}")
        elif fingerprint(key) != row.fingerprint:
            found.append(f"keys.json holds another version {row.version} of {row.ring}")
    return [f"{one}: put back the keys this database was sealed with. Nothing is lost." for one in found]


def begin(name: str, write: Write) -> int:
    """A new version for new values, from this instant. One that was begun and cut short is finished instead."""
    before = _ring(name).version
    newest = KeyVersion.objects.filter(ring=name).order_by("-version").values_list("version", flat=True).first()
    register()
    if newest is not None and before > newest:
        return before
    if KeyVersion.objects.filter(ring=name, version=before, done_at=None).exists():
        raise Refused(f"Version {before} of {name} is still being brought in: wait for the worker, then try again.")
    write(ring.with_new_version(settings.KEYRING, name))
    settings.KEYRING.renew()
    register()
    return _ring(name).version


def retire(name: str, version: int, write: Write) -> None:
    """Remove a version from the key file for good. Refused while it is the newest or any value needs it."""
    register()
    state = _ring(name)
    if version not in state.keys:
        raise Refused(f"{name} has no version {version}.")
    if version == state.version:
        raise Refused(f"Version {version} of {name} is the newest: `anwang keys rotate {name}` first.")
    if needed := {table: n for use in uses(name) if use.version == version for table, n in use.values.items()}:
        told = ", ".join(f"{n} in {table}" for table, n in sorted(needed.items()))
        raise Refused(f"Version {version} of {name} is still needed ({told}): the worker is sealing them again.")
    if KeyVersion.objects.filter(ring=name, version__gt=version, done_at__isnull=False).count() == 0:
        raise Refused(f"The worker has not said yet that {name} is all under a newer version: wait, then try again.")
    if name == "seals" and "receipts" not in settings.KEYRING and version == 1:
        raise Refused("Receipts of the public form were made with version 1 of seals: it must stay.")
    write(ring.without_version(settings.KEYRING, name, version))
    settings.KEYRING.renew()
    KeyVersion.objects.filter(ring=name, version=version).update(retired_at=clock.now())


def uses(name: str) -> list[Use]:
    """Every version of a ring, oldest first."""
    values: dict[int, dict[str, int]] = {}
    for column in columns(name):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_key_use(%s, %s, %s)", [column.table, column.column, column.is_words])
            for version, used in cursor.fetchall():
                if version:
                    values.setdefault(version, {})[column.table] = used
    rows = {row.version: row for row in KeyVersion.objects.filter(ring=name)}
    here = _ring(name)
    return [
        Use(
            name, version, version in here.keys, version == here.version,
            rows[version].done_at if version in rows else None,
            rows[version].retired_at if version in rows else None, values.get(version, {}),
        )
        for version in sorted({*rows, *here.keys, *values})
    ]  # fmt: skip


def reseal(seconds: float = 2.0) -> int:
    """The worker's share: some batches of what is still under an older version; how many values were sealed again."""
    until, done = time.monotonic() + seconds, 0
    for row in KeyVersion.objects.filter(done_at=None, retired_at=None).order_by("ring", "-version"):
        if _ring(row.ring).version != row.version:
            continue
        for column in columns(row.ring):
            for sealed in _batches(column, row.version):
                done += sealed
                if time.monotonic() > until:
                    return done
        _finish(row)
    return done


def _batches(column: Column, version: int) -> Iterator[int]:
    """Seal one column again, batch by batch; gives how many each batch was. What does not open is passed over."""
    key = (column, version)
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            service_viewer("reseal")
            about = [column.table, column.key, column.column, column.is_words, column.ring]
            cursor.execute(
                "SELECT id, sealed FROM people_old_seals(%s, %s, %s, %s, %s, %s, %s)",
                [*about, _after.get(key, ""), BATCH],
            )
            rows = cursor.fetchall()
            if not rows:
                _after.pop(key, None)
                return
            fresh = [(one, old, new) for one, old in rows if (new := _again(column, one, bytes(old)))]
            cursor.execute(
                "SELECT people_seal_again(%s, %s, %s, %s, %s, %s, %s, %s)",
                [*about, *(list(part) for part in (zip(*fresh, strict=True) if fresh else ((), (), ())))],
            )
            changed = cursor.fetchone()[0]
        _after[key] = rows[-1][0]
        yield changed


def _again(column: Column, row_id: str, old: bytes) -> bytes:
    """The value under the newest key; empty for one that does not open, which stays as it is."""
    keyring, context = _ring(column.ring), f"{column.context}:{row_id}"
    try:
        return keyring.seal_bytes(keyring.open_bytes(old, context), context)
    except SealBroken:
        return b""


def _finish(row: KeyVersion) -> None:
    """Say that nothing older is left, if so: the database counts for itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        service_viewer("reseal")
        for column in columns(row.ring):
            cursor.execute("SELECT * FROM people_key_use(%s, %s, %s)", [column.table, column.column, column.is_words])
            if any(0 < version < row.version for version, _n in cursor.fetchall()):
                return
        cursor.execute("SELECT people_key_done(%s, %s, %s)", [row.ring, row.version, clock.now()])


def _ring(name: str) -> Keyring:
    return ring.keyring(settings.KEYRING, name)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
