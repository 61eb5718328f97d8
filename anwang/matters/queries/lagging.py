"""What is late, by cause, and matters whose next step nobody named: one statement for the unit's page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import clock

from .whom import said

# Read unit by unit, by indexes that hold what is looked for and little else: causes are counted in one, the first of
# each are taken from it in their order. The step of a matter in a unit's hands may be owed by its authority: the last
# way.
LAGGING_SQL = """
SELECT * FROM (
SELECT 'late' AS part, row_number() OVER (ORDER BY c.n DESC, d.late_cause, d.due_at, d.id) AS place,
       d.late_cause AS sort, c.n, d.id, m.number, d.rule_id, d.due_at, coalesce(w.called, k.called, ''), u.called,
       matters_whom(m.id, d.subject_id), d.is_auto
  FROM (SELECT d.late_cause, count(*) AS n FROM matters_duty d
         WHERE d.state = 'open' AND d.unit_id = ANY (%(units)s) AND d.due_at < %(now)s GROUP BY d.late_cause) c,
       LATERAL (SELECT x.* FROM unnest(%(units)s::uuid[]) AS h (id), LATERAL (
         SELECT d.* FROM matters_duty d WHERE d.state = 'open' AND d.unit_id = h.id AND d.late_cause = c.late_cause
            AND d.due_at < %(now)s ORDER BY d.due_at, d.id LIMIT 20) x ORDER BY x.due_at, x.id LIMIT 20) d
  JOIN matters_matter m ON m.id = d.matter_id JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN directory_worker w ON w.id = d.worker_id LEFT JOIN directory_desk k ON k.id = d.desk_id
UNION ALL
SELECT 'resting', row_number() OVER (ORDER BY r.pushed DESC, r.due_at), r.kind, r.pushed, r.id, r.number, r.rule_id,
       r.due_at, coalesce(w.called, k.called, ''), u.called, matters_whom(r.matter_id, r.subject_id), r.is_auto
  FROM (SELECT d.id, d.matter_id, d.subject_id, d.pushed, d.due_at, d.rule_id, d.is_auto, m.kind, m.number,
               m.acting_unit_id, m.acting_worker_id, m.acting_desk_id
          FROM (SELECT f.id FROM unnest(%(units)s::uuid[]) AS h (id), LATERAL (
                  SELECT d.id FROM matters_duty d WHERE d.state = 'open' AND d.is_auto AND d.unit_id = h.id
                  UNION SELECT d.id FROM matters_duty d
                   WHERE d.state = 'open' AND d.pushed > 0 AND d.pushed >= %(often)s AND d.unit_id = h.id
                  UNION SELECT d.id FROM (SELECT m.next_duty_id FROM matters_matter m
                    WHERE m.ended_at IS NULL AND m.accountable_id <> m.acting_unit_id AND m.acting_unit_id = h.id
                   OFFSET 0) m
                    JOIN matters_duty d ON d.id = m.next_duty_id WHERE d.is_auto OR d.pushed >= %(often)s) f) found
          JOIN LATERAL (SELECT * FROM matters_duty d WHERE d.id = found.id OFFSET 0) d ON true
          JOIN LATERAL (SELECT * FROM matters_matter m WHERE m.id = d.matter_id AND m.next_duty_id = d.id
             AND m.ended_at IS NULL AND m.acting_unit_id = ANY (%(units)s) OFFSET 0) m ON true
         ORDER BY d.pushed DESC, d.due_at LIMIT 100) r
  JOIN directory_unit u ON u.id = r.acting_unit_id
  LEFT JOIN directory_worker w ON w.id = r.acting_worker_id LEFT JOIN directory_desk k ON k.id = r.acting_desk_id
) found ORDER BY part, place
"""
NAMELESS_SQL = re.sub(r"matters_whom\([^)]*\)", "NULL::text[]", LAGGING_SQL)


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


def lagging(viewer: Viewer, units: list[UUID], often: int, *, named: bool = True) -> tuple[list[Late], list[Waiting]]:
    """Late duties of the units by cause, most frequent first: causes before names; and their matters whose next step
    nobody named, or that was pushed at least `often` times. Not `named`: without whom they are about."""
    late: dict[tuple[str, int], list[Any]] = {}
    resting: list[Waiting] = []
    with connection.cursor() as cursor:
        cursor.execute(LAGGING_SQL if named else NAMELESS_SQL, {"units": units, "now": clock.now(), "often": often})
        for part, _place, sort, n, duty, number, rule, due, who, unit, names, is_auto in cursor.fetchall():
            if part == "late":
                late.setdefault((sort, n), []).append((duty, number, rule, due, who, said(names), unit))
            else:
                resting.append(Waiting(number, sort, duty, rule, due, n, is_auto, who, unit, said(names)))
    return [Late(cause, count, tuple(items)) for (cause, count), items in late.items()], resting
