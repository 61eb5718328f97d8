"""The units below a chief: how much each carries and how much of it is late, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.queries import Below
from anwang.directory.states import NOT_CASEWORK
from anwang.foundation import clock

# Each figure is counted in an index that holds nothing else.
BRANCH_SQL = """
SELECT u.id,
       (SELECT count(*) FROM matters_matter m
         WHERE m.acting_unit_id = u.id AND m.ended_at IS NULL AND m.kind <> 'report'),
       (SELECT count(*) FROM directory_appointment p
         WHERE p.unit_id = u.id AND p.ended_at IS NULL AND p.role <> ALL (%(others)s)),
       (SELECT count(*) FROM matters_duty d WHERE d.state = 'open' AND d.unit_id = u.id AND d.due_at < %(now)s)
  FROM directory_unit u WHERE u.id = ANY (%(units)s)
"""


@dataclass(frozen=True)
class UnitLoad:
    """A unit's open matters (reports apart), its caseworkers, and its late duties."""

    code: str
    name: str
    name_en: str
    matters: int
    people: int
    late: int


def loads(viewer: Viewer, units: Sequence[Below]) -> list[UnitLoad]:
    """The figures of each unit that has caseworkers or holds something, in the order given."""
    given = {"units": [unit.id for unit in units], "now": clock.now(), "others": [role.value for role in NOT_CASEWORK]}
    with connection.cursor() as cursor:
        cursor.execute(BRANCH_SQL, given)
        found: dict[UUID, tuple[int, ...]] = {key: tuple(figures) for key, *figures in cursor.fetchall()}
    return [
        UnitLoad(unit.code, unit.name, unit.name_en, *found[unit.id]) for unit in units if any(found.get(unit.id, ()))
    ]
