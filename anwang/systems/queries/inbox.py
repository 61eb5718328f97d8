"""The page of what came in: what was not understood, what waits, and which numbers of a sender are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.systems.events import Coming
from anwang.systems.models import Incoming, System

SHOWN = 50
LATEST = 1000
"""Gaps are looked for among so many of a sender's latest numbers."""
GAPS_SQL = """
WITH latest AS (
  SELECT system_id, number, row_number() OVER (PARTITION BY system_id ORDER BY number DESC) AS n
    FROM systems_incoming WHERE county_id = %(county)s AND number IS NOT NULL),
seen AS (
  SELECT system_id, number FROM latest WHERE n <= %(most)s
  UNION ALL
  SELECT system_id, 0 FROM latest GROUP BY system_id HAVING count(*) < %(most)s),
following AS (
  SELECT system_id, number, lead(number) OVER (PARTITION BY system_id ORDER BY number) AS next FROM seen)
SELECT system_id, number + 1, next - 1 FROM following WHERE next > number + 1 ORDER BY system_id, number LIMIT %(shown)s
"""


@dataclass(frozen=True)
class Gap:
    """Numbers of a sender that never came, both ends included."""

    system: str
    first: int
    last: int

    @property
    def words(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class ComingLine:
    """A message that somebody must look at."""

    id: UUID
    system: str
    event: str
    number: int | None
    received_at: datetime
    state: str
    state_words: str


@dataclass(frozen=True)
class Inbox:
    """What needs somebody, how many wait for the job, and the gaps."""

    lines: tuple[ComingLine, ...]
    waiting: int
    gaps: tuple[Gap, ...]


def inbox(viewer: Viewer) -> Inbox:
    """The inbox of the viewer's county; four statements at most."""
    mine = Incoming.objects.filter(county_id=viewer.county)
    odd = mine.filter(state__in=(Coming.UNKNOWN, Coming.DEAD)).select_related("system").order_by("received_at", "id")
    lines = tuple(
        ComingLine(
            row.id, row.system.called, row.event, row.number, row.received_at, row.state, str(Coming(row.state).label)
        )
        for row in odd[:SHOWN]
    )
    return Inbox(lines, mine.filter(state=Coming.RECEIVED).count(), _gaps(viewer))


def _gaps(viewer: Viewer) -> tuple[Gap, ...]:
    with connection.cursor() as cursor:
        cursor.execute(GAPS_SQL, {"county": viewer.county, "most": LATEST, "shown": SHOWN})
        rows = cursor.fetchall()
    names = {row.id: row.called for row in System.objects.filter(id__in=[row[0] for row in rows])} if rows else {}
    return tuple(Gap(names[system], first, last) for system, first, last in rows)
