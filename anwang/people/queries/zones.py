"""What of a person the viewer may read, through the files the person stands in."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

ZONES_SQL = """
SELECT DISTINCT zone FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id, unnest(g.zones) zone
 WHERE i.person_id = %s AND g.holder = ANY ((SELECT access_keys())::text[])
   AND (zone <> 'safety' OR protection_opens(i.person_id))
   AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
"""
WRITING_SQL = ZONES_SQL.replace("access_keys()", "access_writing_keys()")
DESCRIBABLE_SQL = "SELECT who FROM unnest(%s::uuid[]) AS asked (who) WHERE people_may_describe(who)"


def zones_of_person(viewer: Viewer, person_id: UUID) -> frozenset[str]:
    """Zones of a person's record that the viewer reads now; empty when he may not know that it exists."""
    with connection.cursor() as cursor:
        cursor.execute(ZONES_SQL, [person_id])
        return frozenset(zone for (zone,) in cursor.fetchall())


def writing_zones_of_person(viewer: Viewer, person_id: UUID) -> frozenset[str]:
    """The same without what an emergency opening lets him read: the zones in which he may also write."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING_SQL, [person_id])
        return frozenset(zone for (zone,) in cursor.fetchall())


def may_describe(viewer: Viewer, person_id: UUID) -> bool:
    """Whether the record is readable, or the viewer wrote it down himself within the day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_may_describe(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def describable(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of whom `may_describe` holds, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DESCRIBABLE_SQL, [list(person_ids)])
        return frozenset(found for (found,) in cursor.fetchall())
