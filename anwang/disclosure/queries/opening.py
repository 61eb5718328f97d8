"""Emergency openings: one's own, those that wait for a review or a second person, and alerts without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # rows of a statement
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.words import of_reading
from anwang.disclosure.models import Alert
from anwang.disclosure.posts import posts_of
from anwang.disclosure.states import AlertKind
from anwang.disclosure.words import label
from anwang.foundation import clock
from anwang.foundation.errors import NotFound

YEAR = timedelta(days=365)
SINCE_SQL = "SELECT disclosure_openings_since(%s, %s)"
GLASS_SQL = """
SELECT g.matter_id, m.number, g.reader, w.called, u.called, g.reason, g.words, coalesce(f.number, ''), g.at,
       g.recorded_at, g.until, g.ended_at, g.safety_since, g.spooled IS NOT NULL, cardinality(g.files), d.due_at,
       r.outcome, r.words, r.at, (SELECT b.called FROM directory_worker b WHERE b.id = r.by),
       (SELECT max(s.until) FROM disclosure_secondperson s WHERE s.glass_id = g.matter_id AND s.agreed_by IS NULL)
  FROM disclosure_glass g JOIN matters_matter m ON m.id = g.matter_id JOIN directory_worker w ON w.id = g.reader
  JOIN directory_unit u ON u.id = g.unit_id
  LEFT JOIN disclosure_family_numbers() f ON f.glass_id = g.matter_id
  LEFT JOIN matters_duty d ON d.id = m.next_duty_id LEFT JOIN disclosure_glassreview r ON r.glass_id = g.matter_id
"""
READ_SQL = """
SELECT what, zone, count(*), min(at), max(at) FROM disclosure_read_under(%s) GROUP BY what, zone
 ORDER BY min(at) LIMIT 100
"""


@dataclass(frozen=True)
class Opening:
    """One emergency opening, for its reader or its reviewer. `review` is empty until somebody reviewed it."""

    id: UUID
    number: str
    reader_id: UUID
    reader: str
    unit: str
    reason: str
    words: str
    family: str
    at: datetime
    recorded_at: datetime
    until: datetime
    ended_at: datetime | None
    safety_since: datetime | None
    is_spooled: bool
    files: int
    due_at: datetime | None
    outcome: str
    review_words: str
    reviewed_at: datetime | None
    reviewed_by: str
    second_until: datetime | None

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.until > clock.now()

    @property
    def waits_for_second(self) -> bool:
        return self.safety_since is None and self.second_until is not None and self.second_until > clock.now()


@dataclass(frozen=True)
class SecondAsked:
    """What waits for a second person."""

    id: UUID
    number: str
    reader: str
    unit: str
    reason: str
    family: str
    asked_at: datetime
    until: datetime


@dataclass(frozen=True)
class AlertLine:
    """A number and an instant."""

    id: UUID
    number: str
    what: str
    raised_at: datetime
    is_seen: bool


@dataclass(frozen=True)
class ReadLine:
    """What was read under an opening: page and zone in words, how often, from when to when."""

    what: str
    zone: str
    times: int
    first_at: datetime
    last_at: datetime


def openings_since(viewer: Viewer, worker_id: UUID, since: datetime) -> int:
    """How often somebody opened in an emergency since an instant; shown to himself and to who reviews him."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE_SQL, [worker_id, since])
        return int(cursor.fetchone()[0])


def own_openings(viewer: Viewer, at: datetime) -> list[Opening]:
    """One's own of the last year, the latest first."""
    return _openings("WHERE g.reader = %s AND g.at > %s ORDER BY g.at DESC LIMIT 50", [viewer.worker_id, at - YEAR])


def openings_to_review(viewer: Viewer) -> list[Opening]:
    """What the viewer holds to review, the most urgent first; then what he reviewed lately."""
    asked = [list(viewer.acts_as), viewer.worker_id]
    order = "ORDER BY m.ended_at IS NOT NULL, d.due_at, m.ended_at DESC LIMIT 50"
    return _openings(f"WHERE m.acting_worker_id = ANY (%s) AND g.reader <> %s {order}", asked)


def opening(viewer: Viewer, number: str) -> Opening:
    """One by its number, for its reader and its reviewer; NotFound alike for everybody else."""
    found = _openings("WHERE m.number = %s", [number])
    if not found:
        raise NotFound(_("找不到這件緊急調閱。請從清單重新進入。"))
    return found[0]


def read_under(viewer: Viewer, glass_id: UUID) -> list[ReadLine]:
    """What was read while it lasted, from the record of readings: kinds and counts, no content."""
    with connection.cursor() as cursor:
        cursor.execute(READ_SQL, [glass_id])
        rows = cursor.fetchall()
    return [ReadLine(of_reading(what), str(Zone(zone).label), *row) for what, zone, *row in rows]


def seconds_waiting(viewer: Viewer) -> list[SecondAsked]:
    """What this viewer could agree to as the second person, now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM disclosure_seconds_waiting()")
        rows = cursor.fetchall()
    return [SecondAsked(*row[:4], label("break_glass.reasons", row[4]), *row[5:]) for row in rows]


def alerts(viewer: Viewer, at: datetime) -> list[AlertLine]:
    """Alerts at the viewer's posts of the last month: those nobody saw first."""
    posts = posts_of(viewer)
    rows = Alert.objects.filter(
        to_unit_id__in=[unit for unit, _post in posts], raised_at__gt=at - timedelta(days=30)
    ).order_by("-raised_at", "-id")[:100]
    mine = [row for row in rows if (row.to_unit_id, row.to_role) in posts]
    lines = [AlertLine(row.id, row.number, str(AlertKind(row.kind).label), row.raised_at, row.seen_at is not None)
             for row in mine]  # fmt: skip
    return sorted(lines, key=lambda line: line.is_seen)


def _openings(which: str, given: list[Any]) -> list[Opening]:
    with connection.cursor() as cursor:
        cursor.execute(f"{GLASS_SQL} {which}", given)
        rows = cursor.fetchall()
    return [
        Opening(*row[:5], label("break_glass.reasons", row[5]), *row[6:16],
                label("break_glass.outcomes", row[16] or ""), row[17] or "", row[18], row[19] or "", row[20])
        for row in rows
    ]  # fmt: skip
