"""What was read while the record could not be written: sealed and signed on this machine's disk before it is shown.

One file an entry in `DATA/spool`, written whole or not at all and flushed to the disk. Entries are numbered and each
names the digest of the one before, so that one taken out is missed. `jobs.replay` brings them into the record.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from anwang.foundation.sealing import SealBroken
from anwang.foundation.uuid7 import uuid7
from anwang.people import seals

NOTHING = "0" * 64
SUFFIX = ".spool"


@dataclass(frozen=True)
class Entry:
    """One emergency opening that the record does not know yet."""

    id: str
    at: str
    worker: str
    unit: str
    county: str
    family: str
    files: tuple[str, ...]
    reason: str
    words: str
    before: str = NOTHING
    """Digest of the entry before it."""

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class Kept:
    """An entry as it lies on the disk; `entry` is None when it was changed or is not ours."""

    path: Path
    entry: Entry | None


def folder() -> Path:
    """Where entries wait; made when missing, for this user alone."""
    found = Path(settings.DATA) / "spool"
    for one in (found, found / "done", found / "broken"):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def write(*, at: datetime, worker: UUID, unit: UUID, county: str, family: UUID | None, files: tuple[UUID, ...],
          reason: str, words: str) -> Entry:  # fmt: skip
    """Keep one opening: on the disk for good when this returns. Raises OSError when it cannot be kept."""
    with _alone() as where:
        last = max(_all(where), key=_order, default=None)
        entry = Entry(
            str(uuid7()), at.isoformat(), str(worker), str(unit), county, str(family or ""),
            tuple(str(one) for one in files), reason, words,
            hashlib.sha256(last.read_bytes()).hexdigest() if last else NOTHING,
        )  # fmt: skip
        number = _order(last) + 1 if last else 1
        _put(where / f"{number:08d}-{entry.id}{SUFFIX}", _closed(entry))
        return entry


def waiting() -> list[Kept]:
    """What waits, in the order in which it happened. One that was changed, or follows a gap, has no entry."""
    with _alone() as where:
        before, found = NOTHING, []
        for path in sorted(_all(where), key=_order):
            body = path.read_bytes()
            entry = _opened(path, body)
            if path.parent == where:
                found.append(Kept(path, entry if entry and entry.before == before else None))
            before = hashlib.sha256(body).hexdigest()
        return found


def of_worker_since(worker: UUID, since: datetime) -> int:
    """How many openings of a worker wait or were replayed here since an instant."""
    with _alone() as where:
        entries = (_opened(path, path.read_bytes()) for path in _all(where))
        return sum(one is not None and one.worker == str(worker) and one.instant > since for one in entries)


def put_aside(kept: Kept) -> None:
    """It is in the record: keep the file apart, so that the next entry still names it."""
    _move(kept.path, kept.path.parent / "done")


def put_away_broken(kept: Kept) -> None:
    """It cannot be believed: keep it for whoever looks into it."""
    _move(kept.path, kept.path.parent / "broken")


def _closed(entry: Entry) -> bytes:
    told = json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)
    signature = _key().sign(told.encode()).hex()
    return seals.keyring().seal(json.dumps([told, signature]), _context(entry.id))


def _opened(path: Path, body: bytes) -> Entry | None:
    try:
        told, signature = json.loads(seals.keyring().open(body, _context(path.stem.partition("-")[2])))
        _key().public_key().verify(bytes.fromhex(signature), told.encode())
    except (SealBroken, InvalidSignature, ValueError):
        return None
    said = json.loads(told)
    return Entry(**{**said, "files": tuple(said["files"])})


def _context(entry_id: str) -> str:
    return f"disclosure.spool:{entry_id}"


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.KEYRING["audit"])


def _all(where: Path) -> list[Path]:
    return [path for part in (where, where / "done", where / "broken") for path in part.glob(f"*{SUFFIX}")]


def _order(path: Path) -> int:
    return int(path.name.partition("-")[0])


def _put(path: Path, body: bytes) -> None:
    """Whole or not at all: a half file has another name, and nobody reads it."""
    half = path.with_name(f".{token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    _flush(path.parent)


def _move(path: Path, to: Path) -> None:
    path.rename(to / path.name)
    _flush(to)
    _flush(path.parent)


def _flush(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone() -> Iterator[Path]:
    """One process at a time; a killed one lets go."""
    where = folder()
    with (where / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield where
