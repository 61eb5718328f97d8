"""Who receives what: kinds with their published indicators, units with what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.models import Unit
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.referrals import rules

RECEPTIONS_SQL = """
SELECT e.unit_id, e.kind, u.called, u.on_system, e.places, e.waiting_days, e.says,
       coalesce(nullif(e.phone, ''), u.phone), e.as_of
  FROM referrals_reception e JOIN directory_unit u ON u.id = e.unit_id AND u.closed_on IS NULL
 WHERE e.until_on IS NULL AND u.jurisdiction_id = %s ORDER BY e.kind, u.called, e.unit_id
"""


@dataclass(frozen=True)
class ReceptionLine:
    """A unit as a receiver. `is_stale`: what it said of its places is old."""

    unit_id: UUID
    kind: str
    unit: str
    on_system: bool
    places: int | None
    waiting_days: int | None
    says: str
    phone: str
    as_of: date
    is_stale: bool


@dataclass(frozen=True)
class KindLine:
    """A kind of receiver with its indicators in words and the units that receive it."""

    code: str
    name: str
    rule_id: str
    indicators: tuple[str, ...]
    units: tuple[ReceptionLine, ...]


def kinds(viewer: Viewer) -> list[KindLine]:
    """Every kind of receiver, with what is published of it in the viewer's county."""
    found, today = receivers(viewer), clock.today()
    return [
        KindLine(
            one.code, rules.said(rules.KINDS, one.code), rules.table_of(one.code),
            tuple(asked.text for asked in rules.questions(one.code, today, viewer.county)),
            tuple(line for line in found if line.kind == one.code),
        )
        for one in rules.kinds(today, viewer.county)
    ]  # fmt: skip


def questions(viewer: Viewer, kind: str) -> tuple[rules.Question, ...]:
    """The indicators of one kind as questions, as they stand today."""
    return rules.questions(kind, clock.today(), viewer.county)


def receivers(viewer: Viewer) -> list[ReceptionLine]:
    """Units of the viewer's county that published themselves, by kind."""
    today = clock.today()
    oldest = today - rules.length("reception.stale_after", today, viewer.county)
    with connection.cursor() as cursor:
        cursor.execute(RECEPTIONS_SQL, [viewer.county])
        return [ReceptionLine(*row, is_stale=row[8] < oldest) for row in cursor.fetchall()]


def units_of(viewer: Viewer, kind: str) -> list[tuple[UUID, str, bool]]:
    """(unit, name, on the system) to which this kind can be referred: those that published, else those of its sort."""
    published = [(one.unit_id, one.unit, one.on_system) for one in receivers(viewer) if one.kind == kind]
    if published:
        return published
    found = Unit.objects.filter(closed_on=None, jurisdiction_id=viewer.county).exclude(kind__in=("ministry", "county"))
    sort = rules.mark(rules.KINDS, kind, "unit")
    chosen = found.filter(kind=sort) if sort else found
    return list(chosen.order_by("kind", "name").values_list("id", Called(), "on_system"))


def units_in_county(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Living units of the viewer's county, which may publish themselves."""
    found = Unit.objects.filter(closed_on=None, jurisdiction_id=viewer.county).exclude(kind__in=("ministry", "county"))
    return list(found.order_by("kind", "name").values_list("id", Called()))
