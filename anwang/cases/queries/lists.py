"""Lists of cases: mine, my unit's; what is held for a supervisor; the teams and steps of a family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.foundation import clock

LIST_SQL = """
SELECT m.id, c.circle, f.number, m.number, c.kind, c.phase, f.label, w.called, y.rule_id, y.due_at,
       (SELECT string_agg(p.name, '、' ORDER BY p.born_earliest) FROM cases_casesubject s
          JOIN people_person p ON p.id = s.person_id WHERE s.matter_id = m.id AND s.until_on IS NULL),
       (SELECT count(*) FROM cases_casesubject s WHERE s.matter_id = m.id AND s.until_on IS NULL
          AND s.person_id IS NOT NULL
          AND (s.last_seen_at IS NULL OR s.last_seen_at < s.must_see_after OR s.missed_at >= s.last_seen_at)),
       m.acting_worker_id = ANY (%(me)s) OR m.acting_desk_id = ANY (%(desks)s),
       (SELECT json_agg(json_build_array(p.id, p.name) ORDER BY p.born_earliest, p.id) FROM cases_casesubject s
          JOIN people_person p ON p.id = s.person_id WHERE s.matter_id = m.id AND s.until_on IS NULL)
  FROM cases_case c JOIN matters_matter m ON m.id = c.id AND m.ended_at IS NULL
  LEFT JOIN people_family f ON f.id = m.family_id
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN matters_duty y ON y.id = m.next_duty_id
 WHERE m.acting_worker_id = ANY (%(me)s) OR m.acting_desk_id = ANY (%(desks)s) OR m.acting_unit_id = ANY (%(units)s)
    OR m.accountable_id = ANY (%(units)s)
 ORDER BY 13 DESC, y.due_at LIMIT 200
"""
HELD_SQL = """
SELECT x.id, x.about, x.text, x.at, w.called FROM cases_incidentnote x JOIN directory_worker w ON w.id = x.by_id
 WHERE x.matter_id IS NULL AND NOT EXISTS (SELECT 1 FROM cases_incidentread r WHERE r.note_id = x.id) ORDER BY x.at
"""

SUPERVISORS_SQL = """
SELECT DISTINCT w.id, w.called
  FROM directory_appointment a JOIN directory_worker w ON w.id = a.worker_id
  JOIN directory_unit u ON u.id = a.unit_id
 WHERE u.jurisdiction_id = %s AND a.started_at <= %s AND a.ended_at IS NULL
   AND a.role IN ('supervisor', 'duty_supervisor', 'screening_supervisor', 'chief') ORDER BY 2
"""


@dataclass(frozen=True)
class CaseLine:
    """One open case in a list."""

    id: UUID
    circle: str
    family_number: str
    number: str
    kind: str
    phase: str
    family: str
    people: str
    unseen: int
    worker: str
    next_step: str
    due_at: datetime | None
    is_mine: bool
    subjects: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class HeldNote:
    """An incident note that named nobody for certain: the supervisor passes it on."""

    id: UUID
    about: str
    text: str
    when: str
    by: str


def cases_at_hand(viewer: Viewer) -> tuple[CaseLine, ...]:
    """Open cases the viewer acts on, then those of his units that he may know of; the next due first."""
    given = {"me": list(viewer.acts_as), "desks": list(viewer.desks), "units": list(viewer.units)}
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL, given)
        rows = cursor.fetchall()
    return tuple(
        CaseLine(
            id_, circle, family_number or "", number, words.label("case.kind", kind), words.phase_words(phase, kind),
            family or "", people or "", unseen, worker or "", words.rule_title(rule) if rule else "", due_at,
            bool(mine), tuple((UUID(person), name) for person, name in subjects or ()),
        )
        for (id_, circle, family_number, number, kind, phase, family, worker, rule, due_at, people, unseen, mine,
             subjects) in rows
    )  # fmt: skip


def held_notes(viewer: Viewer) -> tuple[HeldNote, ...]:
    """Incident notes the viewer holds as supervisor because nobody, or more than one person, was meant."""
    if not viewer.supervised_units:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(HELD_SQL)
        return tuple(
            HeldNote(id_, about, text, words.instant(at), by) for id_, about, text, at, by in cursor.fetchall()
        )


def supervisors(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Supervisors of the viewer's county, for whoever took down a consent by telephone."""
    with connection.cursor() as cursor:
        cursor.execute(SUPERVISORS_SQL, [viewer.county, clock.now()])
        return cursor.fetchall()
