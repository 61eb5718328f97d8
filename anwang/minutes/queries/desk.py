"""The desk of meetings of policy: sittings a viewer may read, and the bodies and series he keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.minutes import rules
from anwang.minutes.states import OUT, Level, SittingState

from .seen import VISIBLE_SQL, who
from .words import day

MOST = 60
DESK_SQL = f"""
SELECT s.id, s.title, s.met_on, s.state, s.source_id IS NOT NULL, u.called, b.name,
       (SELECT count(*) FROM minutes_uncertain x WHERE x.sitting_id = s.id AND x.settled = ''),
       (SELECT count(*) FROM minutes_item x WHERE x.sitting_id = s.id),
       (SELECT count(*) FROM minutes_decisiontext x WHERE x.sitting_id = s.id),
       s.unit_id = ANY (%(units)s), u.jurisdiction_id
  FROM minutes_sitting s JOIN directory_unit u ON u.id = s.unit_id
  LEFT JOIN minutes_series r ON r.id = s.series_id LEFT JOIN minutes_body b ON b.id = r.body_id
 WHERE s.state <> 'called_off' AND {VISIBLE_SQL}
 ORDER BY s.state IN ('sent', 'confirmed'), s.met_on DESC NULLS FIRST, s.id DESC LIMIT %(most)s
"""  # noqa: S608  our own condition
BODIES_SQL = """
SELECT b.id, b.name, b.level, u.called, r.id, r.title, r.every_months,
       (SELECT count(*) FROM minutes_sitting s WHERE s.series_id = r.id AND s.state <> 'called_off'),
       (SELECT max(s.met_on) FROM minutes_sitting s WHERE s.series_id = r.id AND s.state <> 'called_off')
  FROM minutes_body b JOIN directory_unit u ON u.id = b.keeper_id LEFT JOIN minutes_series r ON r.body_id = b.id
 WHERE b.keeper_id = ANY (%(units)s) OR EXISTS (
       SELECT 1 FROM directory_unit o WHERE o.id = b.keeper_id AND o.superior_id = ANY (%(heads)s)
          AND o.jurisdiction_id = %(county)s)
 ORDER BY b.name, r.title
"""


@dataclass(frozen=True)
class SittingLine:
    """A sitting in a list."""

    id: UUID
    title: str
    when: str
    state: str
    state_words: str
    is_imported: bool
    unit: str
    body: str
    doubts: int
    items: int
    decisions: int
    is_mine: bool
    send_by: str = ""
    """The day by which it should have gone out; empty unless it is late."""

    @property
    def is_out(self) -> bool:
        return self.state in OUT


@dataclass(frozen=True)
class SeriesLine:
    id: UUID
    title: str
    every_months: int | None
    held: int
    last: str


@dataclass(frozen=True)
class BodyLine:
    """A body with its series."""

    id: UUID
    name: str
    level: str
    unit: str
    series: tuple[SeriesLine, ...]


def desk(viewer: Viewer) -> tuple[SittingLine, ...]:
    """What is prepared or drafted first, then what was sent, the latest first."""
    return tuple(
        SittingLine(
            key, title, day(met_on), state, str(SittingState(state).label), imported, unit, body or "", *counts,
            send_by=_overdue(state, met_on, imported, county),
        )
        for key, title, met_on, state, imported, unit, body, *counts, county in _rows(
            DESK_SQL, who(viewer) | {"most": MOST}
        )
    )  # fmt: skip


def _overdue(state: str, met_on: date | None, is_imported: bool, county: str) -> str:
    """By when minutes drafted here should have gone out, where that day is past. An imported paper is out."""
    if state in OUT or is_imported or met_on is None or not rules.is_late(met_on, county):
        return ""
    return day(rules.send_by(met_on, county))


def bodies(viewer: Viewer) -> tuple[BodyLine, ...]:
    """Bodies whose sittings the viewer's units keep."""
    found: dict[UUID, tuple[str, str, str, list[SeriesLine]]] = {}
    for key, name, level, unit, series, title, every, held, last in _rows(BODIES_SQL, who(viewer)):
        mine = found.setdefault(key, (name, str(Level(level).label), unit, []))
        if series:
            mine[3].append(SeriesLine(series, title, every, held, day(last)))
    return tuple(BodyLine(key, name, level, unit, tuple(rows)) for key, (name, level, unit, rows) in found.items())


def series_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of every series the viewer's units keep."""
    return [(str(one.id), one.title) for body in bodies(viewer) for one in body.series]


def _rows(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
