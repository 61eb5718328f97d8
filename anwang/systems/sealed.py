"""Sealing what the doors to other systems keep secret; the context binds each value to its row."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from anwang.foundation import ring
from anwang.foundation.sealing import Column

SEALED = (
    Column("systems_endpointsecret", "endpoint_id", "sealed", "seals", "systems.endpoint"),
    Column("systems_incomingbody", "message_id", "sealed", "seals", "systems.incoming"),
)


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table: endpoint or incoming."""
    return ring.keyring(settings.KEYRING, "seals").seal(text, f"systems.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return ring.keyring(settings.KEYRING, "seals").open(sealed, f"systems.{what}:{row_id}")
