"""Sealing who called and who reported, with the reporters' own key; the context binds each value to its row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from anwang.foundation import ring
from anwang.foundation.sealing import Column

SEALED = (
    Column("intake_call", "id", "sealed_caller", "reporters", "intake.call"),
    Column("intake_reporter", "id", "sealed", "reporters", "intake.reporter"),
    Column("intake_reportdraft", "id", "sealed", "reporters", "intake.draft"),
    Column("intake_originalbody", "original_id", "body", "reporters", "intake.original"),
)


def seal(document: Mapping[str, object], what: str, row_id: UUID) -> bytes:
    """A flat document, sealed for one row of `what` (call, reporter, draft)."""
    text = json.dumps(document, ensure_ascii=False)
    return ring.keyring(settings.KEYRING, "reporters").seal(text, f"intake.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> dict[str, str]:
    """The document again. Raises `foundation.sealing.SealBroken` for another row or other keys."""
    document: dict[str, str] = json.loads(
        ring.keyring(settings.KEYRING, "reporters").open(sealed, f"intake.{what}:{row_id}")
    )
    return document


def seal_original(body: bytes, original_id: UUID) -> bytes:
    """What came in, byte for byte: forms and letters name who sent them."""
    return ring.keyring(settings.KEYRING, "reporters").seal_bytes(body, f"intake.original:{original_id}")


def open_original(sealed: bytes, original_id: UUID) -> bytes:
    """The bytes as they came. Raises `foundation.sealing.SealBroken`."""
    return ring.keyring(settings.KEYRING, "reporters").open_bytes(sealed, f"intake.original:{original_id}")
