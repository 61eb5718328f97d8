"""Secrets made on the first start, kept in the data directory for its owner alone; never in the repository."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAMES = ("audit", "reporters", "seals")


@dataclass(frozen=True)
class Keys:
    """Django's secret key, and a ring of 32-byte keys by name."""

    secret_key: str
    ring: dict[str, bytes]


def load(data: Path) -> Keys:
    """The keys of this data directory, made when they are not there. Two processes at once get the same ones."""
    path = data / "keys.json"
    if not path.exists():
        _make(path)
    return parsed(path.read_bytes())


def parsed(text: bytes) -> Keys:
    """The keys in the text of keys.json. Raises ValueError, KeyError or TypeError when it holds none."""
    kept = json.loads(text)
    ring = {name: base64.b64decode(text) for name, text in kept["ring"].items()}
    return Keys(kept["secret_key"], ring)


def put(data: Path, text: bytes) -> None:
    """Keys that come from a backup, where there are none yet."""
    if not (data / "keys.json").exists():
        _write(data / "keys.json", text)


def _make(path: Path) -> None:
    ring = {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in NAMES}
    _write(path, json.dumps({"secret_key": secrets.token_urlsafe(48), "ring": ring}).encode("ascii"))


def _write(path: Path, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".keys.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        # link, unlike rename, does not replace the keys another process made in the same instant.
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
