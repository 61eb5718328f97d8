"""Who can decide now what waits for review: the unit, and the people to ring."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anwang.directory.states import SUPERVISING, Role

DECIDERS_SQL = """
(WITH RECURSIVE chain (unit_id, superior_id, depth) AS (
  SELECT u.id, u.superior_id, 0 FROM directory_unit u WHERE u.id = v.unit_id
  UNION ALL SELECT u.id, u.superior_id, c.depth + 1 FROM chain c JOIN directory_unit u ON u.id = c.superior_id),
away AS (
  SELECT worker_id, covered_by_id FROM directory_absence
   WHERE starts_at <= access_at() AND ends_at > access_at()),
posts AS (
  SELECT c.depth, c.unit_id, p.worker_id, p.role FROM chain c JOIN directory_appointment p
      ON p.unit_id = c.unit_id AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
   WHERE p.role = 'chief' OR (c.depth = 0 AND p.role IN (/* signing */))),
able (unit_id, worker_id, rank) AS (
  SELECT unit_id, worker_id, CASE WHEN role = 'chief' THEN 4 + depth ELSE 1 END FROM posts
   WHERE worker_id NOT IN (SELECT worker_id FROM away)
  UNION ALL SELECT unit_id, covered_by_id, 2 FROM posts JOIN away USING (worker_id) WHERE depth = 0
  UNION ALL SELECT k.unit_id, s.worker_id, 3 FROM directory_unit mine
    JOIN directory_unit u ON u.jurisdiction_id = mine.jurisdiction_id
    JOIN directory_desk k ON k.unit_id = u.id AND k.covers_county
    JOIN directory_shift s ON s.desk_id = k.id AND s.rank = 3 AND s.starts_at <= access_at() AND s.ends_at > access_at()
   WHERE mine.id = v.unit_id AND s.worker_id NOT IN (SELECT worker_id FROM away))
SELECT json_agg(json_build_array(u.called, u.phone, a.rank, k.called, coalesce(nullif(k.phone, ''), h.phone))
                ORDER BY a.rank, k.called)
  FROM directory_unit u LEFT JOIN able a ON a.worker_id IS DISTINCT FROM v.submitted_by
  LEFT JOIN directory_worker k ON k.id = a.worker_id LEFT JOIN directory_unit h ON h.id = a.unit_id
 WHERE u.id = v.unit_id AND v.state = 'submitted')
""".replace("/* signing */", ", ".join(f"'{role}'" for role in sorted(SUPERVISING)))
"""A column of `matters_review v`: (unit, its number, rank, name, number) of each who may decide, the nearest first;
NULL where nothing waits. Never whoever sent it."""
SUPERVISOR, COVER, DUTY = 1, 2, 3
Row = tuple[str, str, int | None, str, str]


@dataclass(frozen=True)
class Decider:
    """Somebody who may decide now, as what, and his number; his unit's where he has none."""

    name: str
    as_what: str
    phone: str


@dataclass(frozen=True)
class Deciders:
    """The unit where it waits. `people` is empty where nobody is there: then its own number is the one to ring."""

    unit: str
    phone: str
    people: tuple[Decider, ...]

    @classmethod
    def of(cls, rows: list[Row] | None) -> Deciders | None:
        """What `DECIDERS_SQL` found, in words: supervisors who are there, covers of those away, the duty supervisor on
        shift; the nearest chief where there is none of them. None where nothing waits."""
        if not rows:
            return None
        last = max(DUTY, rows[0][2] or DUTY)
        said = {SUPERVISOR: _("督導"), COVER: _("代理人"), DUTY: str(Role.DUTY_SUPERVISOR.label)}
        people: dict[str, Decider] = {}
        for _unit, _phone, rank, name, phone in rows:
            if rank is not None and rank <= last:
                people.setdefault(name, Decider(name, said.get(rank, str(Role.CHIEF.label)), phone))
        return cls(rows[0][0], rows[0][1], tuple(people.values()))
