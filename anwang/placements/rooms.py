"""How many places are free: counted past the reader's rights, a number and never who."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

TAKEN_SQL = "SELECT placements_taken(%s, %s)"
ROOM_SQL = "SELECT places, closed, taken FROM placements_room(%s, %s)"


def taken(provider_id: UUID, at: datetime) -> int:
    """How many are at a place at an instant."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_SQL, [provider_id, at])
        return int(cursor.fetchone()[0])


def room(provider_id: UUID, at: datetime) -> tuple[int, int, int]:
    """Licensed, closed and taken places at an instant."""
    with connection.cursor() as cursor:
        cursor.execute(ROOM_SQL, [provider_id, at])
        return tuple(int(one) for one in cursor.fetchone())  # type: ignore[return-value]
