"""What is late, by cause, and matters whose next step nobody named: one statement for the unit's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import clock

from .whom import said

LAGGING_SQL = """
SELECT * FROM (
SELECT 'late' AS part, row_number() OVER (ORDER BY l.n DESC, l.late_cause, l.nth) AS place, l.late_cause AS sort, l.n,
       l.id, m.number, l.rule_id, l.due_at, coalesce(w.called, k.called, ''), u.called,
       matters_whom(m.id, l.subject_id), l.is_auto
  FROM (SELECT d.*, count(*) OVER (PARTITION BY d.late_cause) AS n,
               row_number() OVER (PARTITION BY d.late_cause ORDER BY d.due_at, d.id) AS nth
          FROM matters_duty d WHERE d.state = 'open' AND d.unit_id = ANY (%(units)s) AND d.due_at < %(now)s) l
  JOIN matters_matter m ON m.id = l.open_of JOIN directory_unit u ON u.id = l.unit_id
  LEFT JOIN directory_worker w ON w.id = l.worker_id LEFT JOIN directory_desk k ON k.id = l.desk_id
 WHERE l.nth <= 20
UNION ALL
(SELECT 'resting', row_number() OVER (ORDER BY d.pushed DESC, d.due_at), m.kind, d.pushed, d.id, m.number, d.rule_id,
        d.due_at, coalesce(w.called, k.called, ''), u.called, matters_whom(m.id, d.subject_id), d.is_auto
   FROM matters_matter m JOIN matters_duty d ON d.id = m.next_duty_id JOIN directory_unit u ON u.id = m.acting_unit_id
   LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk k ON k.id = m.acting_desk_id
  WHERE m.ended_at IS NULL AND m.acting_unit_id = ANY (%(units)s) AND (d.is_auto OR d.pushed >= %(often)s)
  ORDER BY d.pushed DESC, d.due_at LIMIT 100)
) found ORDER BY part, place
"""


@dataclass(frozen=True)
class Late:
    """Late duties of one cause ("" when nobody said). At most twenty are named, the total is whole."""

    cause: str
    count: int
    items: tuple[tuple[UUID, str, str, datetime, str, str, str], ...]
    """(duty, number, rule, due, who owes it, about whom, unit)"""


@dataclass(frozen=True)
class Waiting:
    """A matter whose next step is automatic, or was pushed often."""

    number: str
    kind: str
    duty_id: UUID
    rule_id: str
    due_at: datetime
    pushed: int
    is_auto: bool
    holder: str
    unit: str
    whom: str


def lagging(viewer: Viewer, units: list[UUID], often: int) -> tuple[list[Late], list[Waiting]]:
    """Late duties of the units by cause, most frequent first: causes before names; and their matters whose next step
    nobody named, or that was pushed at least `often` times."""
    late: dict[tuple[str, int], list[Any]] = {}
    resting: list[Waiting] = []
    with connection.cursor() as cursor:
        cursor.execute(LAGGING_SQL, {"units": units, "now": clock.now(), "often": often})
        for part, _place, sort, n, duty, number, rule, due, who, unit, names, is_auto in cursor.fetchall():
            if part == "late":
                late.setdefault((sort, n), []).append((duty, number, rule, due, who, said(names), unit))
            else:
                resting.append(Waiting(number, sort, duty, rule, due, n, is_auto, who, unit, said(names)))
    return [Late(cause, count, tuple(items)) for (cause, count), items in late.items()], resting
