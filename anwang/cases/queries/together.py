"""Who serves beside each other under one lead, and which visits of two units lie close: go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.cases import rules
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length

LEADS_SQL = """
SELECT m.id, m.number, m.sort, u.called, coalesce(w.called, ''), coalesce(nullif(w.phone, ''), u.phone),
       coalesce(p.name, ''), c.inputs, c.opened_at, c.rule_id, m.county
  FROM cases_leads_over(%s) o JOIN matters_matter m ON m.id = o.lead_id JOIN cases_coordination c ON c.id = m.id
  JOIN directory_unit u ON u.id = m.acting_unit_id LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN people_person p ON p.id = c.person_id ORDER BY m.sort, m.opened_at
"""
BESIDE_SQL = """
SELECT u.called, coalesce(w.called, ''), coalesce(nullif(w.phone, ''), u.phone), b.since, b.unit_id,
       (SELECT l.what FROM cases_whodoeswhat l WHERE l.matter_id = %(lead)s AND l.unit_id = b.unit_id
         ORDER BY l.recorded_at DESC, l.position LIMIT 1),
       (SELECT l.due_on FROM cases_whodoeswhat l WHERE l.matter_id = %(lead)s AND l.unit_id = b.unit_id
         ORDER BY l.recorded_at DESC, l.position LIMIT 1)
  FROM cases_beside(%(lead)s) b JOIN directory_unit u ON u.id = b.unit_id
  LEFT JOIN directory_worker w ON w.id = b.worker_id ORDER BY b.since, u.called
"""
VISITS_SQL = """
SELECT v.unit_id, u.called, v.at, v.is_planned FROM cases_visits_beside(%s, %s, %s, %s, %s) v
  JOIN directory_unit u ON u.id = v.unit_id ORDER BY v.at
"""
MANUAL_VISIT = "manual.visit"


@dataclass(frozen=True)
class LeadLine:
    """A lead over the case: of the family, or of one person."""

    id: UUID
    number: str
    unit: str
    worker: str
    phone: str
    person: str
    """Whom it leads, where it is a person's; empty for the family's."""
    reason: str
    rule_id: str
    on: str


@dataclass(frozen=True)
class BesideLine:
    """A unit that serves: who, what it does next by the list, and its visits."""

    unit: str
    worker: str
    phone: str
    since: datetime
    what: str
    due_on: date | None
    last: datetime | None
    next: datetime | None


@dataclass(frozen=True)
class Overlap:
    """Two units whose visits lie within days of each other. `is_ahead`: one of them is still to come."""

    first: str
    first_at: datetime
    second: str
    second_at: datetime
    is_ahead: bool


@dataclass(frozen=True)
class Together:
    """Leads over a case, units beside it, visits that lie close; too many units ask for a conference."""

    leads: tuple[LeadLine, ...]
    units: tuple[BesideLine, ...]
    overlaps: tuple[Overlap, ...]
    is_crowded: bool


@dataclass(frozen=True)
class _Visit:
    unit_id: UUID
    unit: str
    at: datetime
    is_planned: bool


def together(viewer: Viewer, case_id: UUID) -> Together:
    """For whoever reads a lead's file: partners of the same side, by the database. Empty for all others, alike."""
    leads = _leads(viewer, case_id)
    if not leads:
        return Together((), (), (), False)
    lead, today = leads[0].id, clock.today()
    visits = _visits(lead, viewer)
    units = _beside(lead, visits)
    most = rules.whole_number("coordination.conference_units", today, viewer.county)
    near = _days("together.visit_days", today, viewer.county)
    return Together(leads, units, _overlaps(visits, near), len({one.unit for one in units}) >= most)


def _overlaps(visits: Sequence[_Visit], near: timedelta) -> tuple[Overlap, ...]:
    """Pairs of visits of different units that lie within `near`, where at least one is still to come."""
    found = [
        Overlap(one.unit, one.at, other.unit, other.at, True)
        for one, other in combinations(sorted(visits, key=lambda visit: visit.at), 2)
        if one.unit_id != other.unit_id and (one.is_planned or other.is_planned) and other.at - one.at <= near
    ]
    return tuple(found)


def _leads(viewer: Viewer, case_id: UUID) -> tuple[LeadLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(LEADS_SQL, [case_id])
        rows = cursor.fetchall()
    return tuple(
        LeadLine(
            id_, number, unit, worker, phone, person if sort else "",
            rules.reason(rules.lead_again(inputs, clock.local(opened).date(), county)) if inputs else "",
            rule_id, clock.local(opened).date().isoformat(),
        )
        for id_, number, sort, unit, worker, phone, person, inputs, opened, rule_id, county in rows
    )  # fmt: skip


def _beside(lead: UUID, visits: Sequence[_Visit]) -> tuple[BesideLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(BESIDE_SQL, {"lead": lead})
        rows = cursor.fetchall()
    made = {visit.unit_id: visit.at for visit in visits if not visit.is_planned}
    meant = {visit.unit_id: visit.at for visit in reversed(visits) if visit.is_planned}
    return tuple(
        BesideLine(unit, worker, phone, since, what or "", due, made.get(key), meant.get(key))
        for unit, worker, phone, since, key, what, due in rows
    )


def _visits(lead: UUID, viewer: Viewer) -> list[_Visit]:
    now, today = clock.now(), clock.today()
    ahead = _days("together.looks_ahead", today, viewer.county)
    ways = [one.code for one in rules.codes("visit.method") if one.marks.get("in_person") == "yes"]
    with connection.cursor() as cursor:
        cursor.execute(VISITS_SQL, [lead, now - ahead, now + ahead, ways, _visiting(today)])
        return [_Visit(*row) for row in cursor.fetchall()]


def _visiting(on: date) -> list[str]:
    """Rule ids of duties that only a sight in person ends, and the step a worker sets himself."""
    found = [MANUAL_VISIT]
    for handle in book().duties():
        version = handle.get(on)
        if version is not None and {"seen", "in_person"} & set(version.content.done_only_if):
            found.append(handle.rule_id)
    return found


def _days(rule_id: str, on: date, county: str) -> timedelta:
    length = Length.parse(str(book().value(rule_id).on(on, county).value))
    return timedelta(**{length.unit: length.n})
