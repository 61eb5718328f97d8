"""On a case: the changes nobody has said anything about yet. On a family: the way to tell of one."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.web.hanging import Part

OPEN_SQL = """(SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'at', c.happened_at, 'reminder', c.is_reminder,
    'number', m.number) ORDER BY c.happened_at DESC)
  FROM cases_notedchange c JOIN matters_matter m ON m.id = c.matter_id AND m.ended_at IS NULL
 WHERE c.matter_id = ANY (%(reads)s::uuid[])
   AND NOT EXISTS (SELECT 1 FROM cases_reassessment r WHERE r.matter_id = c.matter_id AND r.recorded_at > c.recorded_at)
   AND EXISTS (SELECT 1 FROM matters_duty d WHERE d.matter_id = c.matter_id AND d.state = 'open'
                  AND d.rule_id LIKE 'change.%%'))"""
FAMILY_SQL = """(SELECT jsonb_build_array(f.number, jsonb_agg(jsonb_build_array(
          m.acting_worker_id, m.acting_desk_id, m.acting_unit_id, m.accountable_id)))
  FROM people_family f JOIN matters_matter m ON m.family_id = f.id AND m.ended_at IS NULL
  JOIN cases_case c ON c.id = m.id
 WHERE f.id = %(family)s AND m.id = ANY (%(reads)s::uuid[]) GROUP BY f.number)"""


def open_changes(viewer: Viewer, rows: Any) -> Any:
    """What changed, when, and whether it is a reminder from the other side."""
    return [
        SimpleNamespace(
            kind=words.label("change.kind", one["kind"]), when=words.instant(datetime.fromisoformat(one["at"])),
            is_reminder=one["reminder"], number=one["number"],
        )
        for one in rows
    ]  # fmt: skip


def family_number(viewer: Viewer, rows: Any) -> Any:
    """The number of the family, for the link; None for whoever reads here and has no case at hand."""
    number, held = rows
    hands = {str(one) for one in (*viewer.acts_as, *viewer.desks, *viewer.units)}
    return number if any(hands & set(one) for one in held) else None


PARTS = (
    Part(page="case", place="text", order=5, template="cases/open_changes.html", sql=OPEN_SQL, shown=open_changes),
    Part(
        page="family", place="margin", order=5, template="cases/tell_change.html", sql=FAMILY_SQL, shown=family_number
    ),
)
