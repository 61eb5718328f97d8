"""Sealing what came in and the rows that may give somebody away, under the keys that seal hiding places."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from uuid import UUID

from anwang.people import seals


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


def read_cells(written: str) -> dict[str, str]:
    """Cells as the database or a seal gives them."""
    return {str(key): str(value) for key, value in json.loads(written).items()}
