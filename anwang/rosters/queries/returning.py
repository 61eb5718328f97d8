"""Which rows of a file go back to its sender, and why: places and codes, no value and no child."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held

from . import words

SQL = """
SELECT r.line, r.serial, r.reasons::text, f.received_at
  FROM rosters_lines r JOIN rosters_rosterfile f ON f.id = r.file_id
 WHERE f.id = %s AND f.county = %s AND r.state = 'rejected' AND r.attempt = 0 ORDER BY r.line LIMIT %s
"""


@dataclass(frozen=True)
class Why:
    """What is wrong in which column; `words` say so in the reader's language. `column` is empty for the whole row."""

    code: str
    column: str
    words: str


@dataclass(frozen=True)
class SentBack:
    """A row that goes back: its place in the file, and the sender's own number of it."""

    line: int
    serial: int | None
    reasons: tuple[Why, ...]


def sent_back(viewer: Viewer, file_id: UUID, *, most: int) -> list[SentBack]:
    """Rejected rows of a file that the viewer's county received, in order, at most so many."""
    with held(), connection.cursor() as cursor:
        cursor.execute(SQL, [file_id, viewer.county, most])
        found = [(line, serial, json.loads(reasons), at) for line, serial, reasons, at in cursor.fetchall()]
        return [
            SentBack(
                line, serial,
                tuple(Why(code, column.lstrip("=+")[:60], said)
                      for (code, column), said in zip(why, words.reasons(why, at), strict=True)),
            )
            for line, serial, why, at in found
        ]  # fmt: skip
