"""Where a question goes: to a privacy officer who is neither the reader nor his chief, looked for as policy says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from . import rules

# Counties with a privacy officer who may look into this reader; the ministry's are marked.
OFFICERS_SQL = """
SELECT DISTINCT u.jurisdiction_id, EXISTS (SELECT 1 FROM directory_unit m
         WHERE m.jurisdiction_id = u.jurisdiction_id AND m.kind = 'ministry') AS is_central
  FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
 WHERE p.role = 'privacy_officer' AND p.ended_at IS NULL AND p.worker_id <> %(reader)s
   AND NOT EXISTS (
     SELECT 1 FROM directory_appointment c JOIN directory_appointment r ON r.unit_id = c.unit_id
      WHERE c.worker_id = p.worker_id AND c.ended_at IS NULL AND r.worker_id = %(reader)s AND r.ended_at IS NULL
        AND c.role IN ('chief', 'supervisor', 'screening_supervisor', 'duty_supervisor', 'ngo_supervisor'))
 ORDER BY 1
"""


def reviewed_in(reader_id: UUID, county: str, on: date) -> str:
    """The county whose privacy officer looks into a question about this reader.

    Where nobody in the whole land may, it stays with the reader's county, and its page says that an officer is missing.
    """
    return next(iter(_in_order(reader_id, county, on)), county or "")


def rises_to(reader_id: UUID, county: str, on: date) -> str:
    """Where a question goes that its first reviewer left lying; empty where nobody else may look into it."""
    return next((one for one in _in_order(reader_id, county, on) if one != county), "")


def _in_order(reader_id: UUID, county: str, on: date) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(OFFICERS_SQL, {"reader": reader_id})
        found = dict(cursor.fetchall())
    ways = {
        "own_county": [one for one in found if one == county],
        "central": [one for one, is_central in found.items() if is_central],
        "other_county": [one for one in found if one != county],
    }
    return [one for way in rules.reviewers(on) for one in ways.get(way, ())]
