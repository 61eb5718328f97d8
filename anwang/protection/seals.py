"""Sealing of places that protection keeps itself. The context binds a value to its row."""

from __future__ import annotations

from uuid import UUID

from anwang.foundation.sealing import Column
from anwang.people import seals

SEALED = (
    Column("protection_relayto", "relay_id", "sealed_words", "seals", "protection.relay_to.words"),
    Column("protection_shieldedplace", "id", "sealed_text", "seals", "protection.shielded_place.text"),
)


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table and column, such as "relay_to.words"."""
    return seals.keyring().seal(text, f"protection.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return seals.keyring().open(bytes(sealed), f"protection.{what}:{row_id}")
