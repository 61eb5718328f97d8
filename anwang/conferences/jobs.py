"""What this room does by itself, run by `anwang worker`: sealing urgent-case rooms whose time is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer, service_viewer
from anwang.foundation import clock

from .actions.rooms import end_of_room

SERVICE = "conferences"


def seal_rooms() -> int:
    """Seal every room whose time is over, as of that time; how many. Members read no more even if this never runs."""
    now = clock.now()
    with transaction.atomic():
        service_viewer(SERVICE, at=now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT room, ends FROM conferences_rooms_run_out(%s)", [now])
            waiting = cursor.fetchall()
    return one_by_one(SERVICE, waiting, _seal, at=now)


def _seal(room: tuple[UUID, datetime], by: Viewer) -> bool:
    room_id, ends_at = room
    with connection.cursor() as cursor:
        cursor.execute("SELECT conferences_seal_room(%s)", [room_id])
        (was_open,) = cursor.fetchone()
    if was_open:
        end_of_room(room_id, by=by, at=ends_at)
    return bool(was_open)
