"""Secrets made on the first start, kept in the data directory for its owner alone; never in the repository."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anwang.foundation.ring import Ring

NAMES = ("audit", "receipts", "reporters", "seals")


@dataclass(frozen=True)
class Keys:
    """Django's secret key, and a ring of 32-byte keys by name."""

    secret_key: str
    ring: Ring


def load(data: Path) -> Keys:
    """The keys of this data directory, made when they are not there. Two processes at once get the same ones."""
    path = data / "keys.json"
    if not path.exists():
        _make(path)
    return Keys(parsed(path.read_bytes()).secret_key, _read(path))


def parsed(text: bytes) -> Keys:
    """The keys in the text of keys.json. Raises ValueError, KeyError or TypeError when it holds none."""
    kept = json.loads(text)
    ring = Ring({name: base64.b64decode(text) for name, text in kept["ring"].items()})
    return Keys(kept["secret_key"], ring)


def put(data: Path, text: bytes) -> None:
    """Keys that come from a backup, where there are none yet."""
    if not (data / "keys.json").exists():
        _write(data / "keys.json", text)


def replace(data: Path, ring: Mapping[str, bytes]) -> None:
    """Write another ring in the place of the old one: whoever reads gets the one or the other, never half."""
    path = data / "keys.json"
    half = _half(path, _text(parsed(path.read_bytes()).secret_key, ring))
    half.replace(path)


def _read(path: Path) -> Ring:
    return Ring(parsed(path.read_bytes()).ring, path, _read)


def _text(secret_key: str, ring: Mapping[str, bytes]) -> bytes:
    kept = {name: base64.b64encode(key).decode() for name, key in ring.items()}
    return json.dumps({"secret_key": secret_key, "ring": kept}).encode("ascii")


def _make(path: Path) -> None:
    _write(path, _text(secrets.token_urlsafe(48), {name: secrets.token_bytes(32) for name in NAMES}))


def _write(path: Path, text: bytes) -> None:
    half = _half(path, text)
    try:
        # link, unlike rename, does not replace the keys another process made in the same instant.
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def _half(path: Path, text: bytes) -> Path:
    """The text beside the file, for its owner alone, safely on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".keys.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return half
