"""What everybody sees of himself: his readings, what he was asked, whom he declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection

from anwang.access.states import Purpose
from anwang.access.viewer import Viewer
from anwang.audit.words import of_reading
from anwang.foundation import clock
from anwang.oversight import rules, words
from anwang.oversight.models import Declaration, Question

from .bench import Said, said_in

BACK, MOST = timedelta(days=30), 300
MINE_SQL = """
SELECT r.at, r.what, r.purpose, m.number
  FROM audit_reading r LEFT JOIN matters_matter m ON m.id = r.file_id
   AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_keys())::text[])
                  AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))
 WHERE r.by_worker_id = %s AND r.at > %s ORDER BY r.at DESC LIMIT %s
"""


@dataclass(frozen=True)
class Mine:
    """One reading of one's own; the number only of a file one may still read."""

    at: datetime
    page: str
    number: str
    purpose: str


@dataclass(frozen=True)
class DayOfMine:
    """A day with its readings, the newest first."""

    day: date
    readings: tuple[Mine, ...]


@dataclass(frozen=True)
class Asked:
    """A question that waits for one's own answer, or was answered."""

    id: UUID
    day: date
    first_at: datetime
    readings: int
    answer_due_at: datetime | None
    is_open: bool
    is_settled: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Declared:
    """Somebody one declared."""

    id: UUID
    relation: str
    name: str
    known_by: str
    since_at: datetime


def mine(viewer: Viewer) -> tuple[DayOfMine, ...]:
    """The viewer's own readings of the last thirty days, at most three hundred."""
    with connection.cursor() as cursor:
        cursor.execute(MINE_SQL, [viewer.worker_id, clock.now() - BACK, MOST])
        rows = [
            (clock.local(at).date(), Mine(at, of_reading(what), number or "", _purpose(purpose)))
            for at, what, purpose, number in cursor.fetchall()
        ]
    return tuple(DayOfMine(day, tuple(one for _day, one in found)) for day, found in groupby(rows, key=lambda r: r[0]))


def asked_of_me(viewer: Viewer) -> tuple[Asked, ...]:
    """Questions put to the viewer, the open ones first."""
    rows = list(Question.objects.filter(reader_id=viewer.worker_id, asked_at__isnull=False).order_by("-asked_at")[:20])
    said = said_in(viewer, [row.id for row in rows]) if rows else {}
    found = [
        Asked(row.id, row.day, row.first_at, row.readings, row.answer_due_at, row.state == "asked",
              row.state == "settled", said.get(row.id, ()))
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.is_open))


def declared(viewer: Viewer) -> tuple[Declared, ...]:
    """Whom the viewer declared and did not take back."""
    on = clock.local(clock.now()).date()
    rows = Declaration.objects.filter(worker_id=viewer.worker_id, ended_at=None).order_by("declared_at")
    return tuple(
        Declared(row.id, "".join(words.of_codes(rules.RELATIONS, [row.relation], on)), row.name,
                 f"***{row.last_three}" if row.last_three else "", row.declared_at)
        for row in rows
    )  # fmt: skip


def _purpose(code: str) -> str:
    return str(Purpose(code).label) if code in Purpose.values else code
