"""The call or report for which somebody may be looked up, and the page of a number that was typed."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import numbers
from anwang.foundation.errors import BadInput
from anwang.web.families.links import address_of

FILE_SQL = """
SELECT m.id FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
 WHERE m.number = %(number)s AND m.ended_at IS NULL AND g.holder = ANY ((SELECT access_keys())::text[])
   AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))
UNION ALL SELECT c.log_id FROM intake_call c WHERE c.number = %(number)s
 LIMIT 1
"""


KIND_SQL = """
SELECT m.kind FROM matters_matter m
 WHERE m.number = %(number)s AND EXISTS (
   SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_keys())::text[])
      AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))
UNION ALL SELECT 'family' FROM people_family f WHERE f.number = %(number)s
"""
PAGES = {
    "report": "intake:report",
    "case": "cases:case",
    "coordination": "cases:coordination",
    "family": "families:family",
}


def page_of(viewer: Viewer, number: str) -> str | None:
    """Address of the file or family with that number; None alike when it is not there and not the viewer's."""
    with connection.cursor() as cursor:
        cursor.execute(KIND_SQL, {"number": number})
        row = cursor.fetchone()
    return address_of(PAGES[row[0]], number) if row and row[0] in PAGES else None


def file_for(viewer: Viewer, typed: str) -> tuple[str, UUID] | None:
    """(number, file) of a call or an open matter that the viewer holds; None when it is not his or not there."""
    try:
        number = numbers.normalise(typed)
    except BadInput:
        return None
    with connection.cursor() as cursor:
        cursor.execute(FILE_SQL, {"number": number})
        row = cursor.fetchone()
    return (number, row[0]) if row else None
