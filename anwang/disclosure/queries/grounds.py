"""The call or matter a look serves: in the viewer's own hands, by more than an emergency opening."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import numbers
from anwang.foundation.errors import BadInput

FILE_SQL = """
SELECT m.id FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
 WHERE m.number = %(number)s AND m.ended_at IS NULL AND g.holder = ANY ((SELECT access_writing_keys())::text[])
   AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))
UNION ALL SELECT c.log_id FROM intake_call c WHERE c.number = %(number)s
 LIMIT 1
"""


def file_in_hand(viewer: Viewer, typed: str) -> tuple[str, UUID] | None:
    """(number, file) of a call or an open matter the viewer holds; None when it is not his or not there."""
    try:
        number = numbers.normalise(typed)
    except BadInput:
        return None
    with connection.cursor() as cursor:
        cursor.execute(FILE_SQL, {"number": number})
        row = cursor.fetchone()
    return (number, row[0]) if row else None
