"""In which files a person stands that the viewer reads: where a record like another comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

FILES_SQL = """
SELECT i.person_id, m.kind, m.number, m.opened_at FROM access_involvement i JOIN matters_matter m ON m.id = i.file_id
 WHERE i.person_id = ANY (%s) AND m.kind <> 'coordination'
   AND EXISTS (SELECT 1 FROM access_grant g
                WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_keys())::text[]) AND 'case' = ANY (g.zones)
                  AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
 ORDER BY m.opened_at, m.id
"""


@dataclass(frozen=True)
class FileRead:
    """A report, case or placement whose contents the viewer reads."""

    kind: str
    number: str
    opened_at: datetime


def files_read_of(viewer: Viewer, persons: Iterable[UUID]) -> dict[UUID, list[FileRead]]:
    """Person → the files he stands in that this viewer reads, the oldest first; other files are not hinted at."""
    found: dict[UUID, list[FileRead]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FILES_SQL, [list(persons)])
        for person, *file in cursor.fetchall():
            found.setdefault(person, []).append(FileRead(*file))
    return found
