"""Sealing what came in and the rows that may give somebody away, under the keys that seal hiding places."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from uuid import UUID

from anwang.foundation import names
from anwang.foundation.sealing import Column
from anwang.people import seals

SEALED = (
    Column("rosters_rosterbody", "file_id", "sealed_body", "seals", "rosters.body"),
    Column("rosters_rosterbody", "file_id", "sealed_name", "seals", "rosters.name"),
    Column("rosters_rostercells", "row_id", "sealed", "seals", "rosters.cells"),
)


def seal_body(body: bytes, file_id: UUID) -> bytes:
    return seals.keyring().seal(base64.b85encode(body).decode(), f"rosters.body:{file_id}")


def open_body(sealed: bytes, file_id: UUID) -> bytes:
    """The bytes as they came. Raises `foundation.sealing.SealBroken` for another file, other keys or changed bytes."""
    return base64.b85decode(seals.keyring().open(bytes(sealed), f"rosters.body:{file_id}"))


def seal_name(name: str, file_id: UUID) -> bytes:
    return seals.keyring().seal(name, f"rosters.name:{file_id}")


def seal_cells(cells: Mapping[str, str], row_id: UUID) -> bytes:
    return seals.keyring().seal(json.dumps(dict(cells), ensure_ascii=False), f"rosters.cells:{row_id}")


def open_cells(sealed: bytes, row_id: UUID) -> dict[str, str]:
    return read_cells(seals.keyring().open(bytes(sealed), f"rosters.cells:{row_id}"))


def child_lookups(number: str, name: str) -> tuple[bytes | None, bytes | None]:
    """Keyed hashes by which a row that is brought again is known to be about the same child."""
    key = names.search_key(name) if name else ""
    return seals.number_lookup(number) if number else None, seals.keyring().lookup(key, "rosters.name") if key else None


def row_key(row_id: UUID) -> str:
    """Under what name a row's report is known to the front door: nobody finds the row by it."""
    return seals.keyring().lookup(str(row_id), "rosters.row").hex()


def read_cells(written: str) -> dict[str, str]:
    """Cells as the database or a seal gives them."""
    return {str(key): str(value) for key, value in json.loads(written).items()}
