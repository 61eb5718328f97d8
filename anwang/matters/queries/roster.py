"""The roster, leave, and whom one can give to or ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.models import Absence, Appointment, Desk, Shift, Unit
from anwang.directory.queries import Called
from anwang.directory.states import Role

GAPS_SQL = """
SELECT d.id, d.called, g.starts, g.ends FROM directory_desk d
  CROSS JOIN LATERAL (
    SELECT lower(gap) AS starts, upper(gap) AS ends FROM unnest(
      tstzmultirange(tstzrange(%(begin)s, %(end)s)) - coalesce((SELECT range_agg(tstzrange(s.starts_at, s.ends_at))
        FROM directory_shift s
       WHERE s.desk_id = d.id AND s.rank = 1 AND s.ends_at > %(begin)s AND s.starts_at < %(end)s),
      '{}'::tstzmultirange)) gap) g
 WHERE d.unit_id = ANY (%(units)s) AND EXISTS (SELECT 1 FROM directory_shift s WHERE s.desk_id = d.id) ORDER BY 3, 2
"""


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


def gaps(
    viewer: Viewer, units: list[UUID], begin: datetime, end: datetime
) -> list[tuple[UUID, str, datetime, datetime]]:
    """(desk, its name, from, to) where nobody is first on the roster; windows without a roster are left out."""
    with connection.cursor() as cursor:
        cursor.execute(GAPS_SQL, {"units": units, "begin": begin, "end": end})
        return cursor.fetchall()


def absences(viewer: Viewer, units: list[UUID], begin: datetime) -> list[AbsenceLine]:
    """Leave of the units' workers that has not ended, earliest first."""
    workers = Appointment.objects.filter(live_unit__in=units).values("worker_id")
    found = Absence.objects.filter(worker_id__in=workers, ends_at__gt=begin).order_by("starts_at")
    rows = found.values_list(Called("worker"), Called("covered_by"), "kind", "starts_at", "ends_at")
    return [AbsenceLine(*row) for row in rows[:100]]


def colleagues(viewer: Viewer, unit_id: UUID) -> list[tuple[UUID, str]]:
    """Workers of a unit who can act, in seat order."""
    posts = Appointment.objects.filter(live_unit=unit_id).exclude(role__in=(Role.CLERK, Role.ADMINISTRATOR))
    return list(posts.order_by("started_at", "id").values_list("worker_id", Called("worker")))


def desks(viewer: Viewer, units: list[UUID]) -> list[tuple[UUID, str]]:
    """The units' duty desks."""
    return list(Desk.objects.filter(unit_id__in=units).order_by("name").values_list("id", Called()))


def units_to_ask(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Every living unit but one's own: whom a request can go to."""
    found = Unit.objects.filter(closed_on=None).exclude(id__in=viewer.units)
    return list(found.order_by("jurisdiction_id", "name").values_list("id", Called()))
