"""What the directory and the kept series know, for matching printed names."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.states import UnitKind
from anwang.minutes.matching import Directory, series_key
from anwang.minutes.models import Series

from .seen import who

UNITS_SQL = """
SELECT u.id, replace(u.name, '台', '臺'), u.kind, own.jurisdiction_id, u.jurisdiction_id = own.jurisdiction_id,
       j.name
  FROM directory_unit u JOIN directory_jurisdiction j ON j.code = u.jurisdiction_id, directory_unit own
 WHERE own.id = %s AND u.closed_on IS NULL AND u.is_public
"""

OWN_SQL = """
SELECT u.id, u.called FROM directory_unit u WHERE u.closed_on IS NULL AND u.is_public AND (u.id = ANY (%(units)s)
    OR u.superior_id = ANY (%(heads)s) AND u.jurisdiction_id = %(county)s)
 ORDER BY u.id = ANY (%(units)s) DESC, u.code
"""
ASKED_SQL = """
SELECT u.id, u.called FROM directory_unit u
 WHERE u.closed_on IS NULL AND u.is_public
   AND u.kind IN ('ministry', 'county', 'bureau', 'health', 'police', 'prosecutor', 'court')
 ORDER BY u.jurisdiction_id, u.code
"""


def directory_for(viewer: Viewer, unit_id: UUID) -> Directory:
    """Names of units as a paper kept by `unit_id` may print them: in its own county also without the county's name."""
    with connection.cursor() as cursor:
        cursor.execute(UNITS_SQL, [unit_id])
        rows = cursor.fetchall()
    whole = {name: key for key, name, *_more in rows}
    inside: dict[str, UUID] = {}
    for key, name, _kind, _county, is_own, county in rows:
        bare = name.removeprefix(f"{county}政府").removeprefix(county)
        if is_own and bare and bare != name:
            inside[bare] = key
    counties = tuple(key for key, _name, kind, *_more in rows if kind == UnitKind.COUNTY)
    return Directory(whole, inside, counties)


def series_of(viewer: Viewer, unit_id: UUID, title: str) -> UUID | None:
    """The series of a unit to which a sitting of this title belongs; None unless exactly one does."""
    key = series_key(title)
    kept = Series.objects.filter(body__keeper_id=unit_id).values_list("id", "title")
    fits = [found for found, name in kept if key and series_key(name) == key]
    return fits[0] if len(fits) == 1 else None


def own_units(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of the units for which a viewer may keep minutes: his own, then those he heads."""
    with connection.cursor() as cursor:
        cursor.execute(OWN_SQL, who(viewer))
        return [(str(key), name) for key, name in cursor.fetchall()]


def units_to_ask(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of every public unit that can be asked to a sitting: authorities and bureaus, the centre first."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED_SQL)
        return [(str(key), name) for key, name in cursor.fetchall()]
