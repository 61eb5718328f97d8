"""Sealing what the doors to other systems keep secret; the context binds each value to its row."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.conf import settings

from anwang.foundation.sealing import Keyring


@cache
def _keyring(secret: bytes) -> Keyring:
    return Keyring.from_secret(secret)


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table: endpoint or incoming."""
    return _keyring(settings.KEYRING["seals"]).seal(text, f"systems.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return _keyring(settings.KEYRING["seals"]).open(sealed, f"systems.{what}:{row_id}")
