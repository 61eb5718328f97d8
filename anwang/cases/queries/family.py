"""A family's cases as lanes, and what comes next: by relation to each case, never by membership of the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.cases.states import Phase
from anwang.foundation import clock

YEAR = timedelta(days=365)
LANES_SQL = """
SELECT m.id, m.number, c.kind, c.phase, u.name, u.phone, w.name, w.phone, m.ended_at,
       (SELECT array_agg(k.started_at ORDER BY k.started_at) FROM cases_contactserves v
          JOIN cases_contact k ON k.id = v.contact_id
         WHERE v.matter_id = m.id AND k.started_at >= %(since)s
           AND NOT EXISTS (SELECT 1 FROM cases_contact x WHERE x.corrects_id = k.id)),
       y.rule_id, y.due_at
  FROM matters_matter m JOIN cases_case c ON c.id = m.id
  JOIN directory_unit u ON u.id = m.acting_unit_id
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN matters_duty y ON y.id = m.next_duty_id
 WHERE m.family_id = %(family)s ORDER BY m.ended_at NULLS FIRST, y.due_at, m.opened_at
"""
STEPS_SQL = """
SELECT m.number, y.rule_id, y.due_at, p.name, coalesce(w.name, u.name)
  FROM matters_duty y JOIN matters_matter m ON m.id = y.open_of JOIN cases_case c ON c.id = m.id
  JOIN directory_unit u ON u.id = y.unit_id LEFT JOIN directory_worker w ON w.id = y.worker_id
  LEFT JOIN people_person p ON p.id = y.subject_id
 WHERE m.family_id = %(family)s AND y.state = 'open' ORDER BY y.due_at, y.id
"""


@dataclass(frozen=True)
class Lane:
    """One case of the family over the last year, as far as the viewer may know of it."""

    matter_id: UUID
    number: str
    kind: str
    issue: str
    phase: str
    unit: str
    unit_phone: str
    worker: str
    worker_phone: str
    is_over: bool
    contacts: tuple[datetime, ...]
    last: str
    next_step: str
    next_due: datetime | None


@dataclass(frozen=True)
class Step:
    """What somebody does next for the family."""

    number: str
    what: str
    whom: str
    who: str
    due_at: datetime


def lanes(viewer: Viewer, family_id: UUID) -> tuple[Lane, ...]:
    """A lane per case of the family that the viewer has a relation to, open ones first."""
    rows = _ask(LANES_SQL, {"family": family_id, "since": clock.now() - YEAR})
    return tuple(
        Lane(
            id_, number, kind, words.label("case.kind", kind), str(Phase(phase).label), unit, unit_phone, worker or "",
            worker_phone or "", ended is not None, tuple(contacts or ()),
            words.instant(contacts[-1]) if contacts else "", words.rule_title(rule) if rule else "", due,
        )
        for id_, number, kind, phase, unit, unit_phone, worker, worker_phone, ended, contacts, rule, due in rows
    )  # fmt: skip


def next_steps(viewer: Viewer, family_id: UUID) -> tuple[Step, ...]:
    """Open steps in the family's cases that the viewer has a relation to, the earliest first."""
    rows = _ask(STEPS_SQL, {"family": family_id})
    return tuple(
        Step(number, words.rule_title(rule), whom or "", who, due) for number, rule, due, whom, who in rows
    )  # fmt: skip


def _ask(sql: str, given: dict[str, object]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
