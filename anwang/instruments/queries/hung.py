"""The newest form of each kind about each person, as one line of the case page and of the family page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from anwang.access.viewer import Viewer

from .ledger import titles

# Statement parts of a page that reads them all at once: see `web.hanging`.
LINES_SQL = """
  SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.at DESC), '[]') FROM (
    SELECT DISTINCT ON (f.instrument, f.person_id, f.family_id) f.id, f.instrument, f.at, f.applies, f.floor_rank,
           coalesce(j.level, f.level) AS level, coalesce(p.name, h.label, '') AS whom
      FROM instruments_fill f LEFT JOIN people_person p ON p.id = f.person_id
      LEFT JOIN people_family h ON h.id = f.family_id
      LEFT JOIN LATERAL (SELECT * FROM instruments_judgement j WHERE j.fill_id = f.id
                          ORDER BY j.recorded_at DESC, j.id DESC LIMIT 1) j ON true
     WHERE f.matter_id = ANY (%(reads)s::uuid[])
       AND NOT EXISTS (SELECT 1 FROM instruments_fill r WHERE r.replaces_id = f.id)
     ORDER BY f.instrument, f.person_id, f.family_id, f.at DESC) x
"""
CASE_SQL = f"""
(SELECT jsonb_build_object('number', m.number, 'lines', ({LINES_SQL}))
   FROM matters_matter m WHERE m.id = ANY (%(reads)s::uuid[]) AND m.kind = 'case' LIMIT 1)
"""  # noqa: S608  a part of this file is put in
FAMILY_SQL = f"""
(SELECT CASE WHEN EXISTS (SELECT 1 FROM instruments_fill f WHERE f.matter_id = ANY (%(reads)s::uuid[]))
        THEN jsonb_build_object('number', '', 'lines', ({LINES_SQL})) END)
"""  # noqa: S608  a part of this file is put in
MOST = 6


@dataclass(frozen=True)
class HungLine:
    """One form: what stands, about whom, when. `level` is empty while nobody has decided or it gives none."""

    id: UUID
    title: str
    whom: str
    level: str
    at: datetime
    is_open: bool


@dataclass(frozen=True)
class Hung:
    """What the page shows; `number` of the case, empty on the family page."""

    number: str
    lines: tuple[HungLine, ...]
    more: int


def on_page(viewer: Viewer, rows: Any) -> Hung:
    """The newest forms, in the reader's language."""
    named = titles() if rows["lines"] else {}
    lines = tuple(_line(one, named) for one in rows["lines"])
    return Hung(rows["number"] or "", lines[:MOST], max(len(lines) - MOST, 0))


def _line(one: dict[str, Any], named: dict[str, Any]) -> HungLine:
    known = named.get(one["instrument"], {"title": one["instrument"], "levels": {}})
    level = known["levels"].get(one["level"], "")
    is_open = not level and (one["floor_rank"] is not None or one["applies"] != "yes")
    return HungLine(UUID(one["id"]), known["title"], one["whom"], level, datetime.fromisoformat(one["at"]), is_open)
