"""Files of a family or a person that the viewer may know of, each by its own grant: never by family membership.

One statement each. A file without a grant is not there at all: no empty lane, no number, no total.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # database rows
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.cases.queries import SafetyNotice, notice_from
from anwang.cases.sealed import note_words
from anwang.foundation import clock
from anwang.web import hanging

from .leading import Lead, lead
from .links import address_of
from .titles import case_title, contact_words, duty_title, near_words

FILES_SQL = """
WITH mine AS (
  SELECT g.file_id, array_agg(DISTINCT zone) AS zones
    FROM access_grant g, unnest(g.zones) AS zone
   WHERE g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())
     AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))
     AND g.file_id IN (SELECT id FROM matters_matter WHERE family_id = %(family)s
                       UNION SELECT file_id FROM access_involvement WHERE person_id = %(person)s)
   GROUP BY g.file_id)
SELECT m.id, m.number, m.kind, c.kind, m.county, m.opened_at, m.ended_at, m.acting_worker_id, m.acting_unit_id,
       u.called,
       coalesce(w.called, k.called),
       coalesce(nullif(w.phone, ''), k.phone, u.phone), mine.zones,
       (SELECT jsonb_agg(jsonb_build_array(t.started_at, t.outcome, t.method) ORDER BY t.started_at, t.id)
          FROM cases_contactserves s JOIN cases_contact t ON t.id = s.contact_id
         WHERE s.matter_id = m.id AND t.started_at >= %(since)s::timestamptz
           AND NOT EXISTS (SELECT 1 FROM cases_contact x WHERE x.corrects_id = t.id)),
       (SELECT jsonb_agg(DISTINCT jsonb_build_array(doer.identity_id, hurt.identity_id))
          FROM cases_casesubject s JOIN people_person hurt ON hurt.id = s.person_id
          JOIN access_involvement i ON i.circle = 'other' AND i.file_id IN (m.id, m.arose_from_id)
          JOIN people_person doer ON doer.id = i.person_id
         WHERE s.matter_id = m.id AND s.role = 'victim' AND c.circle = 'victim' AND 'case' = ANY (mine.zones)),
       CASE WHEN %(person)s::uuid IS NOT NULL THEN (SELECT to_jsonb(o) FROM protection_notice(m.id) o) END,
       (SELECT to_jsonb(l) FROM cases_family_lead(%(family)s) l)
  FROM mine JOIN matters_matter m ON m.id = mine.file_id
  LEFT JOIN cases_case c ON c.id = m.id
  JOIN directory_unit u ON u.id = m.acting_unit_id
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN directory_desk k ON k.id = m.acting_desk_id
 ORDER BY m.ended_at IS NOT NULL, m.opened_at, m.id
"""
BESIDE_SQL = """
SELECT
  (SELECT jsonb_agg(jsonb_build_array(d.open_of, d.rule_id, d.due_at, m.county,
                                      coalesce(w.called, k.called, u.called), p.name) ORDER BY d.due_at, d.id)
     FROM matters_duty d JOIN matters_matter m ON m.id = d.open_of
     JOIN directory_unit u ON u.id = d.unit_id
     LEFT JOIN directory_worker w ON w.id = d.worker_id LEFT JOIN directory_desk k ON k.id = d.desk_id
     LEFT JOIN people_person p ON p.id = d.subject_id
    WHERE d.open_of = ANY (%(files)s::uuid[]) AND d.state = 'open'),
  (SELECT jsonb_agg(jsonb_build_array(n.id, n.at, n.by, n.unit, n.text, n.number, fix.id, fix.text, fix.at)
                    ORDER BY n.at DESC, n.id DESC)
     FROM (SELECT n.id, n.at, w.called AS by, u.called AS unit, n.text, m.number
             FROM cases_note n JOIN matters_matter m ON m.id = n.matter_id
             JOIN directory_worker w ON w.id = n.by_id JOIN directory_unit u ON u.id = n.unit_id
            WHERE n.matter_id = ANY (%(files)s::uuid[]) AND n.corrects_id IS NULL
            ORDER BY n.at DESC, n.id DESC LIMIT 11) n
     LEFT JOIN cases_note fix ON fix.corrects_id = n.id)
"""
FAMILIES_SQL = """
SELECT f.number, f.label, count(DISTINCT m.acting_unit_id), bool_or(m.acting_worker_id = ANY (%(me)s)),
       min(d.due_at), (array_agg(d.rule_id ORDER BY d.due_at))[1], (array_agg(m.county ORDER BY d.due_at))[1]
  FROM people_family f JOIN matters_matter m ON m.family_id = f.id AND m.ended_at IS NULL
  LEFT JOIN matters_duty d ON d.id = m.next_duty_id
 WHERE m.id IN (SELECT g.file_id FROM access_grant g WHERE g.holder = ANY ((SELECT access_keys())::text[])
                   AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))
 GROUP BY f.id ORDER BY bool_or(m.acting_worker_id = ANY (%(me)s)) DESC NULLS LAST, min(d.due_at), f.number LIMIT 300
"""


@dataclass(frozen=True)
class Touch:
    """One contact or attempt."""

    at: datetime
    met: bool
    words: str


@dataclass(frozen=True)
class File:
    """One file (matter), who acts, and what kind, in words."""

    id: UUID
    number: str
    kind: str
    title: str
    opened_at: datetime
    ended_at: datetime | None
    worker_id: UUID | None
    unit_id: UUID
    unit: str
    who: str
    phone: str
    href: str | None
    may_read: bool
    touches: tuple[Touch, ...] = ()
    """Contacts since the instant asked for; one visit that serves several files stands in each."""
    warned: SafetyNotice | None = None
    """安全提醒 of a file that serves the other party; asked for a person only."""
    harms: tuple[tuple[UUID, UUID], ...] = ()
    """Who did violence to whom (identities), told only by a case of the victim's side that the viewer reads."""


@dataclass(frozen=True)
class Step:
    file_id: UUID
    what: str
    due_at: datetime
    who: str
    when: str
    """今天14:00, 明天10:00, 11月27日: the clock time only where it is near."""
    is_late: bool = False


@dataclass(frozen=True)
class Note:
    id: UUID
    at: datetime
    by: str
    unit: str
    text: str
    number: str
    fix: str


@dataclass(frozen=True)
class FamilyRow:
    """A family in the index, with its next step."""

    number: str
    label: str
    units: int
    is_mine: bool
    due_at: datetime | None
    what: str


def files(
    viewer: Viewer, *, family_id: UUID | None = None, person_id: UUID | None = None, since: datetime | None = None
) -> list[File]:
    """Open ones first, oldest first; with their contacts `since`."""
    asked = {"family": family_id, "person": person_id, "since": since}
    return [_file(viewer, row) for row in _rows(FILES_SQL, asked)]


def files_and_lead(viewer: Viewer, family_id: UUID, since: datetime) -> tuple[list[File], Lead | None]:
    """The same for a family, with who leads it as far as the viewer may know of it."""
    rows = _rows(FILES_SQL, {"family": family_id, "person": None, "since": since})
    leads = next((row[-1] for row in rows), None)
    return [_file(viewer, row) for row in rows], lead(viewer, _object(leads)) if leads else None


@dataclass(frozen=True)
class Beside:
    """What stands beside the lanes: open duties nearest first, the newest notes, and what other desks hang here."""

    steps: list[Step]
    notes: list[Note]
    hung: Mapping[str, tuple[hanging.Hung, ...]]


def beside(viewer: Viewer, family_id: UUID, found: Sequence[File]) -> Beside:
    """One statement for everything about files already granted; each note as far as its zone is."""
    ids, reads = [file.id for file in found], [file.id for file in found if file.may_read]
    sql = ",\n".join((BESIDE_SQL, *hanging.columns("family")))
    steps, notes, *rest = _rows(sql, hanging.asked(family_id, ids, reads))[0]
    return Beside(
        [_step(row) for row in _list(steps)],
        [_note(row) for row in _list(notes)],
        hanging.hung(viewer, "family", rest),
    )


def families(viewer: Viewer) -> list[FamilyRow]:
    """Families with an open file the viewer may know of; his own first, then by the next date."""
    me = [str(one) for one in viewer.acts_as]
    return [
        FamilyRow(number, label, units, bool(mine), due, duty_title(rule, county) if rule else "")
        for number, label, units, mine, due, rule, county in _rows(FAMILIES_SQL, {"me": me})
    ]


def _rows(sql: str, asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()


def _file(viewer: Viewer, row: tuple[Any, ...]) -> File:
    (file_id, number, kind, case_kind, county, opened, ended, worker_id, unit_id, unit, who, phone, zones, said,
     harms, warned, _lead) = row  # fmt: skip
    page = {"case": "cases:case", "report": "intake:report"}.get(kind)
    return File(
        id=file_id,
        number=number,
        kind=kind,
        title=case_title(kind, case_kind, county),
        opened_at=opened,
        ended_at=ended,
        worker_id=worker_id,
        unit_id=unit_id,
        unit=unit,
        who=who or "",
        phone=phone or "",
        href=address_of(page, number) if page else None,
        may_read="case" in zones,
        touches=tuple(_touch(*one) for one in _list(said)),
        warned=notice_from(viewer, **_object(warned)) if warned else None,
        harms=tuple((UUID(doer), UUID(hurt)) for doer, hurt in _list(harms)),
    )


def _object(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row) if isinstance(row, str) else row
    return found


def _list(rows: Any) -> list[Any]:
    return json.loads(rows) if isinstance(rows, str) else rows or []


def _touch(at: str, outcome: str, method: str) -> Touch:
    return Touch(datetime.fromisoformat(at), outcome == "met", contact_words(method, outcome))


def _step(row: list[Any]) -> Step:
    file_id, rule_id, due, county, who, name = row
    due_at = datetime.fromisoformat(due)
    whom = _("：%(name)s") % {"name": name} if name else ""
    title = duty_title(rule_id, county) + whom
    return Step(UUID(file_id), title, due_at, who, near_words(due_at), due_at <= clock.now())


def _note(row: list[Any]) -> Note:
    note_id, at, by, unit, text, number, fix_id, fix, fixed_at = row
    said = ""
    if fix:
        day, words = clock.local(datetime.fromisoformat(fixed_at)), note_words(fix, UUID(fix_id))
        said = _("%(m)d月%(d)d日更正：%(text)s") % {"m": day.month, "d": day.day, "text": words}
    key = UUID(note_id)
    return Note(key, datetime.fromisoformat(at), by, unit, note_words(text, key), number, said)
