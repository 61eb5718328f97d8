"""Who may read a file, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.directory.queries import Below, branch
from anwang.directory.states import Role
from anwang.foundation.looking import once

from .viewer import Viewer

ZONES_SQL = """
SELECT DISTINCT unnest(g.zones) FROM access_grant g
 WHERE g.file_id = %s AND g.holder = ANY ((SELECT access_keys())::text[])
   AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
"""
WHY_SQL = """
SELECT g.holder, g.zones, g.purpose, g.because, g.starts_at, g.ends_at FROM access_grant g
 WHERE g.file_id = %s AND g.holder = ANY ((SELECT access_keys())::text[]) ORDER BY g.starts_at
"""
WRITING_SQL = ZONES_SQL.replace("access_keys()", "access_writing_keys()")


@dataclass(frozen=True)
class Ground:
    """One grant that lets the viewer read a file."""

    holder: str
    zones: tuple[str, ...]
    purpose: str
    because: str
    starts_at: datetime
    ends_at: datetime | None


@once(lambda viewer, file_id: file_id)
def zones_of(viewer: Viewer, file_id: UUID) -> frozenset[str]:
    """The zones of a file that the viewer may read now; empty when he may not know that it exists."""
    with connection.cursor() as cursor:
        cursor.execute(ZONES_SQL, [file_id])
        return frozenset(zone for (zone,) in cursor.fetchall())


@once(lambda viewer, file_id: file_id)
def writing_zones_of(viewer: Viewer, file_id: UUID) -> frozenset[str]:
    """The zones of a file in which the viewer may also act: not those that only an emergency opening lets him read."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING_SQL, [file_id])
        return frozenset(zone for (zone,) in cursor.fetchall())


def grounds(viewer: Viewer, file_id: UUID) -> list[Ground]:
    """Why the viewer may (or could) read a file: the grants that name him, his posts or his desk."""
    with connection.cursor() as cursor:
        cursor.execute(WHY_SQL, [file_id])
        return [Ground(h, tuple(z), p, b, s, e) for h, z, p, b, s, e in cursor.fetchall()]


def headed(viewer: Viewer) -> list[Below]:
    """The units a chief heads with every unit below them, whose work he sees in figures and dates; empty for others.

    It opens no file: whose the work is, and about whom, stays with the grants.
    """
    own = [unit for unit in viewer.supervised_units if viewer.roles[unit] == Role.CHIEF]
    return branch(own) if own else []
