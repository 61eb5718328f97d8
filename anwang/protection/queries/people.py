"""Whom an order or a shield of a case may name."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.cases.queries.choosing import AROUND_SQL
from anwang.people.words import age_words, name_words

PEOPLE_SQL = f"""
SELECT p.id, p.name, p.name_kind, p.born_earliest, p.born_latest, p.birth_is_approximate FROM people_person p
 WHERE p.id = {AROUND_SQL} ORDER BY p.born_earliest NULLS LAST, p.id
"""  # noqa: S608  a text of our own


def standing_in(matter_id: UUID) -> frozenset[UUID]:
    """Everybody whom the case knows of and the viewer reads: its own file, its reports, its family."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, {"case": matter_id})
        return frozenset(row[0] for row in cursor.fetchall())


def people_of(viewer: Viewer, matter_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """(id, name and age) of the same people, the oldest first: for choosing."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, {"case": matter_id})
        rows = cursor.fetchall()
    return tuple(
        (id_, "　".join(filter(None, (name_words(name or "", kind or ""), age_words(first, last, bool(about))))))
        for id_, name, kind, first, last, about in rows
    )
