"""Reading the directory: the tree of superiors, who is on duty, who supervises. Nothing here is personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, Func
from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput
from anwang.foundation.looking import once

from .models import Appointment, Contract, Desk, Jurisdiction, Unit
from .states import SUPERVISING, Role

CHAIN_SQL = """
WITH RECURSIVE chain (id, superior_id, depth) AS (
  SELECT id, superior_id, 0 FROM directory_unit WHERE id = %s
  UNION ALL SELECT u.id, u.superior_id, c.depth + 1 FROM directory_unit u JOIN chain c ON u.id = c.superior_id)
SELECT id FROM chain ORDER BY depth
"""
BELOW_SQL = """
WITH RECURSIVE below (id, depth) AS (
  SELECT id, 0 FROM directory_unit WHERE id = ANY (%s)
  UNION ALL SELECT u.id, b.depth + 1 FROM directory_unit u JOIN below b ON u.superior_id = b.id)
SELECT u.id, u.code, u.name, u.name_en
  FROM directory_unit u JOIN (SELECT id, min(depth) AS depth FROM below GROUP BY id) b ON b.id = u.id
 WHERE u.closed_on IS NULL ORDER BY b.depth, u.code
"""
ON_DUTY_SQL = """
SELECT d.id, d.unit_id, d.called, d.phone, s.rank, w.id,
       w.called, w.phone, s.starts_at, s.ends_at
  FROM directory_desk d
  JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN directory_shift s ON s.desk_id = d.id AND s.starts_at <= %(at)s AND s.ends_at > %(at)s
   AND NOT EXISTS (SELECT 1 FROM directory_absence a
                    WHERE a.worker_id = s.worker_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s)
  LEFT JOIN directory_worker w ON w.id = s.worker_id
 WHERE u.jurisdiction_id = %(county)s AND u.closed_on IS NULL AND (%(desk)s::uuid IS NULL OR d.id = %(desk)s)
 ORDER BY d.covers_county DESC, d.name, s.rank
"""
STANDING_SQL = """
WITH RECURSIVE chain (id, superior_id) AS (
  SELECT id, superior_id FROM directory_unit WHERE id = %(unit)s
  UNION ALL SELECT u.id, u.superior_id FROM directory_unit u JOIN chain c ON u.id = c.superior_id),
posts AS (
  SELECT p.worker_id, p.unit_id, p.role FROM directory_appointment p
   WHERE p.started_at <= %(at)s AND (p.ended_at IS NULL OR p.ended_at > %(at)s))
SELECT CASE
  WHEN EXISTS (SELECT 1 FROM posts WHERE worker_id = %(who)s AND unit_id = %(unit)s AND role = ANY (%(signing)s))
    THEN 'supervisor'
  WHEN EXISTS (SELECT 1 FROM posts JOIN chain c ON c.id = unit_id WHERE worker_id = %(who)s AND role = 'chief')
    THEN 'chief'
  WHEN EXISTS (SELECT 1 FROM directory_absence a JOIN posts p USING (worker_id)
                WHERE a.covered_by_id = %(who)s AND a.starts_at <= %(at)s AND a.ends_at > %(at)s
                  AND p.unit_id = %(unit)s AND (p.role = ANY (%(signing)s) OR p.role = 'chief'))
    THEN 'cover'
  WHEN EXISTS (SELECT 1 FROM posts p JOIN directory_unit u ON u.id = p.unit_id
                 JOIN directory_unit mine ON mine.id = %(unit)s AND mine.jurisdiction_id = u.jurisdiction_id
                WHERE p.worker_id = %(who)s AND p.role = 'duty_supervisor')
    OR EXISTS (SELECT 1 FROM directory_shift s JOIN directory_desk d ON d.id = s.desk_id AND d.covers_county
                 JOIN directory_unit u ON u.id = d.unit_id
                 JOIN directory_unit mine ON mine.id = %(unit)s AND mine.jurisdiction_id = u.jurisdiction_id
                WHERE s.worker_id = %(who)s AND s.rank = 3 AND s.starts_at <= %(at)s AND s.ends_at > %(at)s)
    THEN 'duty' END
"""
STANDS_SQL = """
SELECT asked.id FROM unnest(%(units)s::uuid[]) AS asked(id)
 CROSS JOIN LATERAL ({standing}) AS stands(as_what) WHERE stands.as_what IS NOT NULL
"""


@dataclass(frozen=True)
class OnDuty:
    """One place on a desk's roster at an instant; `worker_id` is None where the roster has a gap."""

    desk_id: UUID
    unit_id: UUID
    desk: str
    desk_phone: str
    rank: int | None
    worker_id: UUID | None
    worker: str | None
    worker_phone: str | None
    starts_at: datetime | None
    ends_at: datetime | None


class Called(Func):
    """The name of the unit, desk, county or worker at `path`, in the language of whoever looks."""

    function = "directory_called"

    def __init__(self, path: str = "") -> None:
        name = f"{path}__name" if path else "name"
        super().__init__(F(name), F(f"{name}_en"), output_field=CharField())


@once(lambda unit_id: unit_id)
def superiors(unit_id: UUID) -> list[UUID]:
    """The unit itself and its superiors, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN_SQL, [unit_id])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True)
class Below:
    """A living unit of a branch of the tree."""

    id: UUID
    code: str
    name: str
    name_en: str


@once(tuple)
def branch(units: list[UUID]) -> list[Below]:
    """The units themselves and every living unit below them, the highest first."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW_SQL, [units])
        return [Below(*row) for row in cursor.fetchall()]


def units_of_county(county: str) -> list[tuple[UUID, str]]:
    """(unit, name) of every living unit of a county, whoever heads it, by code."""
    found = Unit.objects.filter(closed_on=None, jurisdiction_id=county).order_by("code")
    return list(found.values_list("id", Called()))


def common_superior(units: list[UUID]) -> UUID | None:
    """The lowest unit above all of `units` (行政程序法14: 共同上級); None where the trees never meet."""
    chains = [superiors(unit)[1:] or [unit] for unit in units]
    return next((unit for unit in chains[0] if all(unit in chain for chain in chains[1:])), None)


def is_within(unit_id: UUID, county: str) -> bool:
    """Whether a unit is a living public unit of that county."""
    return Unit.objects.filter(live_public_id=unit_id, jurisdiction_id=county).exists()


def on_duty(county: str, at: datetime, desk_id: UUID | None = None) -> list[OnDuty]:
    """Who answers at each desk of a county at an instant; a desk with a gap appears with empty places."""
    with connection.cursor() as cursor:
        cursor.execute(ON_DUTY_SQL, {"at": at, "county": county, "desk": desk_id})
        return [OnDuty(*row) for row in cursor.fetchall()]


@once(lambda worker_id, unit_id, at: (worker_id, unit_id, at.replace(second=0, microsecond=0)))
def standing(worker_id: UUID | None, unit_id: UUID, at: datetime) -> str | None:
    """As what a worker signs for a unit: `supervisor` there, `chief` there or above, `cover` of one of them who is
    away, `duty` supervisor of the county; None when he does not."""
    if worker_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(STANDING_SQL, {"who": worker_id, "unit": unit_id, "at": at, "signing": sorted(SUPERVISING)})
        row = cursor.fetchone()
    return row[0] if row else None


def stands_for(worker_id: UUID | None, units: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of `units` for which a worker signs in any `standing`, in one statement."""
    sql = STANDS_SQL.format(standing=STANDING_SQL.replace("%(unit)s", "asked.id"))
    given = {"who": worker_id, "units": list(units), "at": at, "signing": sorted(SUPERVISING)}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return {row[0] for row in cursor.fetchall()}


def supervisors_of(unit_id: UUID) -> list[UUID]:
    """Workers at a supervising post of a unit, longest there first; the chief where nobody supervises."""
    posts = Appointment.objects.filter(live_unit=unit_id).order_by("started_at", "id")
    signing = list(posts.filter(role__in=SUPERVISING).values_list("worker_id", flat=True))
    return signing or list(posts.filter(role=Role.CHIEF).values_list("worker_id", flat=True))


@once(lambda worker_id, unit_id: (worker_id, unit_id))
def has_post(worker_id: UUID, unit_id: UUID) -> bool:
    """Whether a worker is at a live post of a unit: the key on which open matters hang."""
    return Appointment.objects.filter(live_worker=worker_id, live_unit=unit_id).exists()


def desk_of(unit_id: UUID) -> UUID | None:
    """The unit's own desk: where something waits that nobody was named for."""
    return Desk.objects.filter(unit_id=unit_id).order_by("covers_county", "id").values_list("id", flat=True).first()


def county_desk(county: str) -> Desk | None:
    """The night desk that answers for the whole county."""
    return Desk.objects.filter(unit__jurisdiction_id=county, covers_county=True).order_by("id").first()


def live_contract(ngo_id: UUID, authority_id: UUID, at: datetime) -> Contract | None:
    """The contract under which an NGO acts for an authority (or for a unit above it) at an instant."""
    found = Contract.objects.filter(
        ngo_id=ngo_id, authority_id__in=superiors(authority_id), starts_at__lte=at, ends_at__gt=at, closed_at=None
    )
    return found.order_by("-ends_at").first()


def county_on_system(code: str | None) -> str:
    """The county named, or the only one on the system. Raises BadInput when there is none such or several."""
    found = list(Jurisdiction.objects.filter(on_system=True).order_by("code").values_list("code", flat=True))
    if code in found:
        return str(code)
    if code is None and len(found) == 1:
        return str(found[0])
    raise BadInput(_("請用--county指定縣市代碼：%(codes)s。") % {"codes": "、".join(found)})
