"""The file of a day for a system that fetches files: JSON lines, the same as CSV, and a manifest that counts both.

Each is written beside its name and then renamed, the manifest last: whoever sees a manifest finds the files it sums.
The file is made from the day's messages anew each time, so a second writing after a crash has nothing twice.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from anwang.systems.queries.sending import Message

from .messages import body, fields

COLUMNS = ("sequence", "id", "type", "subject", "time", "class", "result")


def write_day(folder: Path, day: date, messages: Sequence[Message]) -> None:
    """Write the day's three files into `folder`, made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"{day}.jsonl": _lines(messages), f"{day}.csv": _table(messages)}
    for name, content in contents.items():
        _put(folder / name, content)
    manifest = {
        "day": str(day),
        "count": len(messages),
        "first": messages[0].number if messages else None,
        "last": messages[-1].number if messages else None,
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in contents.items()
        ],
    }
    _put(folder / f"{day}.manifest.json", json.dumps(manifest, indent=2).encode() + b"\n")


def _lines(messages: Sequence[Message]) -> bytes:
    return b"".join(body(message) + b"\n" for message in messages)


def _table(messages: Sequence[Message]) -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    for message in messages:
        table.writerow({**fields(message), **message.data})
    # The mark in front lets Excel read it as UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _put(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
