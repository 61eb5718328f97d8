"""The roster, leave, and whom one can give to or ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.models import Absence, Appointment, Shift, Unit
from anwang.directory.queries import Called
from anwang.directory.states import NOT_CASEWORK, Role
from anwang.enactments.queries import book
from anwang.matters.hours import while_closed

DESKS_SQL = """
SELECT d.id, d.called, CASE WHEN d.covers_county THEN u.jurisdiction_id END, lower(g.gap), upper(g.gap)
  FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL unnest(tstzmultirange(tstzrange(%(begin)s, %(end)s)) - coalesce((
      SELECT range_agg(there) FROM directory_shift s, unnest(tstzmultirange(tstzrange(s.starts_at, s.ends_at))
             - coalesce((SELECT range_agg(tstzrange(a.starts_at, a.ends_at)) FROM directory_absence a
                          WHERE a.worker_id = s.worker_id), '{}'::tstzmultirange)) there
       WHERE s.desk_id = d.id AND s.rank = 1 AND s.ends_at > %(begin)s AND s.starts_at < %(end)s),
    '{}'::tstzmultirange)) AS g (gap) ON EXISTS (SELECT 1 FROM directory_shift s WHERE s.desk_id = d.id)
 WHERE d.unit_id = ANY (%(units)s) ORDER BY 4, 2
"""
Gap = tuple[UUID, str, datetime, datetime]


@dataclass(frozen=True)
class ShiftLine:
    id: UUID
    desk_id: UUID
    desk: str
    worker: str
    phone: str
    rank: int
    starts_at: datetime
    ends_at: datetime
    unit_id: UUID


@dataclass(frozen=True)
class AbsenceLine:
    worker: str
    covered_by: str
    kind: str
    starts_at: datetime
    ends_at: datetime


def shifts(viewer: Viewer, units: list[UUID], begin: datetime, end: datetime) -> list[ShiftLine]:
    """The roster of the units' desks between two instants."""
    found = Shift.objects.filter(desk__unit_id__in=units, starts_at__lt=end, ends_at__gt=begin)
    rows = found.order_by("starts_at", "desk__name", "rank").values_list(
        "id",
        "desk_id",
        Called("desk"),
        Called("worker"),
        "worker__phone",
        "rank",
        "starts_at",
        "ends_at",
        "desk__unit_id",
    )
    return [ShiftLine(*row) for row in rows[:200]]


def desks_and_gaps(
    viewer: Viewer, units: list[UUID], begin: datetime, end: datetime
) -> tuple[list[tuple[UUID, str]], list[Gap]]:
    """The units' duty desks; and (desk, its name, from, to) where nobody who is there is first on the roster.

    Windows of a desk without a roster are left out, and the county's desk is missed only while its offices are
    closed: by day the units answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(DESKS_SQL, {"units": units, "begin": begin, "end": end})
        found = cursor.fetchall()
    rules = book() if any(county and starts for _desk, _called, county, starts, _ends in found) else None
    gaps = [
        (desk, called, since, until)
        for desk, called, county, starts, ends in found
        if starts
        for since, until in (while_closed(starts, ends, county, rules) if county else [(starts, ends)])
    ]
    return sorted({(desk, called) for desk, called, *_more in found}, key=lambda one: one[1]), gaps


def absences(viewer: Viewer, units: list[UUID], begin: datetime) -> list[AbsenceLine]:
    """Leave of the units' workers that has not ended, earliest first."""
    workers = Appointment.objects.filter(live_unit__in=units).values("worker_id")
    found = Absence.objects.filter(worker_id__in=workers, ends_at__gt=begin).order_by("starts_at")
    rows = found.values_list(Called("worker"), Called("covered_by"), "kind", "starts_at", "ends_at")
    return [AbsenceLine(*row) for row in rows[:100]]


def colleagues(viewer: Viewer, unit_id: UUID) -> list[tuple[UUID, str]]:
    """Workers of a unit who can act, in seat order."""
    posts = Appointment.objects.filter(live_unit=unit_id).exclude(role__in=NOT_CASEWORK - {Role.CHIEF})
    return list(posts.order_by("started_at", "id").values_list("worker_id", Called("worker")))


def units_to_ask(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Every living unit but one's own: whom a request can go to."""
    found = Unit.objects.filter(closed_on=None).exclude(id__in=viewer.units)
    return list(found.order_by("jurisdiction_id", "name").values_list("id", Called()))
