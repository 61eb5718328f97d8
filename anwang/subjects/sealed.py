"""Who asks, about whom, and what was answered: sealed; the context binds each value to its row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any  # a JSON document
from uuid import UUID

from anwang.foundation.sealing import Column
from anwang.people import seals

SEALED = (
    Column("subjects_request", "matter_id", "sealed", "seals", "subjects.request"),
    Column("subjects_answer", "id", "sealed", "seals", "subjects.answer"),
)


def seal(document: Mapping[str, object], what: str, row_id: UUID) -> bytes:
    """A document of one row of `what` (request, answer)."""
    return seals.keyring().seal(json.dumps(document, ensure_ascii=False), f"subjects.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> dict[str, Any]:
    """The document again. Raises `foundation.sealing.SealBroken`."""
    document: dict[str, Any] = json.loads(seals.keyring().open(sealed, f"subjects.{what}:{row_id}"))
    return document
