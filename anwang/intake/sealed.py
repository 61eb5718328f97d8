"""Sealing who called and who reported, with the reporters' own key; the context binds each value to its row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from uuid import UUID

from django.conf import settings

from anwang.foundation.sealing import Keyring


@cache
def _keyring(secret: bytes) -> Keyring:
    return Keyring.from_secret(secret)


def seal(document: Mapping[str, object], what: str, row_id: UUID) -> bytes:
    """A flat document, sealed for one row of `what` (call, reporter, draft)."""
    text = json.dumps(document, ensure_ascii=False)
    return _keyring(settings.KEYRING["reporters"]).seal(text, f"intake.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> dict[str, str]:
    """The document again. Raises `foundation.sealing.SealBroken` for another row or other keys."""
    document: dict[str, str] = json.loads(
        _keyring(settings.KEYRING["reporters"]).open(sealed, f"intake.{what}:{row_id}")
    )
    return document
