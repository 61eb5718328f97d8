"""Which sittings a viewer may read, as one condition for every statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer

_VISIBLE = """(
  {s}.unit_id = ANY (%(units)s)
  OR EXISTS (SELECT 1 FROM directory_unit own WHERE own.id = {s}.unit_id AND own.superior_id = ANY (%(heads)s)
               AND own.jurisdiction_id = %(county)s)
  OR {s}.state IN ('sent', 'confirmed') AND (
    %(county)s = '99000'
    OR EXISTS (SELECT 1 FROM directory_unit o WHERE o.id = {s}.unit_id AND o.jurisdiction_id IN ('99000', %(county)s)
              AND %(county)s <> '')
    OR EXISTS (SELECT 1 FROM minutes_attendance a JOIN directory_unit u ON u.id = a.unit_id
                WHERE a.sitting_id = {s}.id AND u.jurisdiction_id = %(county)s)))"""


def visible_sql(name: str) -> str:
    """The condition for `minutes_sitting` under another name in a statement."""
    return _VISIBLE.replace("{s}", name)


VISIBLE_SQL = visible_sql("s")
"""Of `minutes_sitting s`; give it `who(viewer)`."""


def who(viewer: Viewer) -> dict[str, Any]:
    """What VISIBLE_SQL asks of a viewer. Whoever does not steer is nobody here."""
    if not has(viewer, Permission.STEER):
        return {"units": [], "heads": [], "county": ""}
    return {"units": list(viewer.units), "heads": list(viewer.supervised_units), "county": viewer.county}


def is_visible(viewer: Viewer, sitting_id: UUID) -> bool:
    """Whether a viewer may read this sitting."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM minutes_sitting s WHERE s.id = %(id)s AND {VISIBLE_SQL}",  # noqa: S608  our own condition
            who(viewer) | {"id": sitting_id},
        )
        return cursor.fetchone() is not None
