"""What this desk hangs on the case page: who serves him; on hers, that he comes home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.care import words
from anwang.web.hanging import Part

SERVED_SQL = """(SELECT jsonb_build_object('number', m.number, 'kind', c.kind, 'level', e.level, 'service', e.service,
   'stands_in', e.stands_in) FROM cases_case c JOIN matters_matter m ON m.id = c.id
   LEFT JOIN care_entry e ON e.matter_id = m.id AND e.until_on IS NULL
   WHERE c.id = ANY (%(reads)s) AND c.kind IN ('mental_health', 'suicide') LIMIT 1)"""
HOME_SQL = """(SELECT jsonb_agg(jsonb_build_object('id', h.id, 'expected', h.expected_at, 'call_by', h.call_by,
   'who', p.name, 'notice', (SELECT m.number FROM matters_matter m WHERE m.id = h.notice_id),
   'former', (SELECT jsonb_build_object('day', f.expected_at, 'told', f.told_at) FROM care_homecoming f
      WHERE f.matter_id = h.matter_id AND f.source_key = h.source_key AND f.called_off_at IS NOT NULL
      ORDER BY f.announced_at DESC, f.recorded_at DESC LIMIT 1)) ORDER BY h.call_by)
   FROM care_homecoming h JOIN people_person p ON p.id = h.person_id
   WHERE h.matter_id = ANY (%(reads)s) AND h.told_at IS NULL AND h.called_off_at IS NULL)"""


@dataclass(frozen=True)
class Served:
    number: str
    level: str
    service: str


@dataclass(frozen=True)
class Coming:
    id: UUID
    who: str
    expected: str
    call_by: str
    former: str
    """The day that was said before, where it changed."""
    told: str
    """When she had been told of that."""
    notice: str
    """Number of the notice that carries the call: it is answered there."""


def _served(viewer: Viewer, row: dict[str, Any]) -> Served:
    service = words.service_words(row["service"], row["stands_in"]) if row["service"] else ""
    return Served(row["number"], words.level_words(row["level"]) if row["kind"] == "mental_health" else "", service)


def _coming(viewer: Viewer, rows: list[dict[str, Any]]) -> tuple[Coming, ...]:
    return tuple(_one(row) for row in rows)


def _one(row: dict[str, Any]) -> Coming:
    former = row["former"] or {"day": None, "told": None}
    return Coming(
        UUID(row["id"]), row["who"], _instant(row["expected"]), _instant(row["call_by"]), _instant(former["day"]),
        _instant(former["told"]), row["notice"] or "",
    )  # fmt: skip


def _instant(iso: str | None) -> str:
    return words.instant(datetime.fromisoformat(iso)) if iso else ""


PARTS = (
    Part("case", "text", 5, "care/coming.html", HOME_SQL, _coming),
    Part("case", "margin", 45, "care/served.html", SERVED_SQL, _served),
)
