"""Reading the directory: the tree of superiors, who is on duty, who supervises. Nothing here is personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from .models import Unit

CHAIN_SQL = """
WITH RECURSIVE chain (id, superior_id, depth) AS (
  SELECT id, superior_id, 0 FROM directory_unit WHERE id = %s
  UNION ALL SELECT u.id, u.superior_id, c.depth + 1 FROM directory_unit u JOIN chain c ON u.id = c.superior_id)
SELECT id FROM chain ORDER BY depth
"""
ON_DUTY_SQL = """
SELECT d.id, d.unit_id, d.name, d.phone, s.rank, w.id, w.name, w.phone, s.starts_at, s.ends_at
  FROM directory_desk d
  JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN directory_shift s ON s.desk_id = d.id AND s.starts_at <= %(at)s AND s.ends_at > %(at)s
  LEFT JOIN directory_worker w ON w.id = s.worker_id
 WHERE u.jurisdiction_id = %(county)s AND u.closed_on IS NULL AND (%(desk)s::uuid IS NULL OR d.id = %(desk)s)
 ORDER BY d.covers_county DESC, d.name, s.rank
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


def superiors(unit_id: UUID) -> list[UUID]:
    """The unit itself and its superiors, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN_SQL, [unit_id])
        return [row[0] for row in cursor.fetchall()]


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
