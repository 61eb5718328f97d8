"""Looking through kept minutes: words, body, unit, state of what is tracked, days. Whoever reads them finds in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.minutes.queries import VISIBLE_SQL, who
from anwang.tracking import words

MOST = 60
UNTRACKED = "untracked"
"""Asked for as a state: decisions that nobody tracks."""
SEARCH_SQL = f"""
SELECT s.id, s.title, s.met_on, i.title, i.kind, i.section, i.label, coalesce(p.number, ''), coalesce(x.number, ''),
       coalesce(x.text, ''), coalesce(x.due, ''), x.units, m.number, u.called, d.state, count(*) OVER ()
  FROM minutes_sitting s JOIN minutes_item i ON i.sitting_id = s.id
  LEFT JOIN minutes_decisiontext x ON x.item_id = i.id LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id
  LEFT JOIN tracking_track t ON t.text_id = x.id AND t.part = 'main'
  LEFT JOIN conferences_decision d ON d.id = t.decision_id LEFT JOIN matters_matter m ON m.id = d.task_id
  LEFT JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN minutes_series r ON r.id = s.series_id
 WHERE s.state <> 'called_off' AND {VISIBLE_SQL}
   AND (%(like)s = '%%' OR x.text ILIKE %(like)s
        OR (i.title ILIKE %(like)s OR i.explanation ILIKE %(like)s OR s.title ILIKE %(like)s)
           AND x.id IS NOT DISTINCT FROM (SELECT f.id FROM minutes_decisiontext f WHERE f.item_id = i.id
                                           ORDER BY f.text ILIKE %(like)s DESC, f.position LIMIT 1))
   AND (%(body)s::uuid IS NULL OR r.body_id = %(body)s)
   AND (%(unit)s = '%%' OR array_to_string(x.units, '、') ILIKE %(unit)s OR u.name ILIKE %(unit)s
        OR u.called ILIKE %(unit)s)
   AND (%(state)s = '' OR %(state)s = d.state OR %(state)s = 'untracked' AND d.id IS NULL AND x.id IS NOT NULL)
   AND (%(since)s::date IS NULL OR s.met_on >= %(since)s) AND (%(until)s::date IS NULL OR s.met_on <= %(until)s)
 ORDER BY s.met_on DESC NULLS LAST, s.id, i.position, x.position LIMIT %(most)s
"""  # noqa: S608  our own condition
BODIES_SQL = f"""
SELECT DISTINCT b.name, b.id FROM minutes_sitting s JOIN minutes_series r ON r.id = s.series_id
  JOIN minutes_body b ON b.id = r.body_id WHERE {VISIBLE_SQL} ORDER BY b.name
"""  # noqa: S608  our own condition


@dataclass(frozen=True)
class Asked:
    """What is looked for. Empty words and None leave it open."""

    words: str = ""
    body_id: UUID | None = None
    unit: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class FoundLine:
    """A decision, or a point without one; with the number of its matter where the viewer reads it."""

    sitting_id: UUID
    sitting: str
    met: str
    item: str
    where: str
    text: str
    due: str
    units: str
    number: str
    unit: str
    state: str


@dataclass(frozen=True)
class Found:
    lines: tuple[FoundLine, ...]
    count: int
    """All that fit; `lines` shows no more than MOST."""


def search(viewer: Viewer, asked: Asked) -> Found:
    """What fits, the latest sittings first; one statement."""
    given = who(viewer) | {
        "like": _like(asked.words), "unit": _like(asked.unit), "body": asked.body_id, "state": asked.state,
        "since": asked.since, "until": asked.until, "most": MOST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SEARCH_SQL, given)
        rows = cursor.fetchall()
    lines = tuple(
        FoundLine(
            key, title, words.roc(met_on), item, words.where(kind, section, label, parent, number), text, due,
            words.numbered(units or ()), matter or "", unit or "", words.state(state) if state else "",
        )
        for key, title, met_on, item, kind, section, label, parent, number, text, due, units, matter, unit, state, _n
        in rows
    )  # fmt: skip
    return Found(lines, rows[0][-1] if rows else 0)


def bodies_to_search(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of the bodies of which the viewer reads a sitting."""
    with connection.cursor() as cursor:
        cursor.execute(BODIES_SQL, who(viewer))
        return [(str(key), name) for name, key in cursor.fetchall()]


def _like(said: str) -> str:
    bare = said.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{bare}%" if bare else "%"
