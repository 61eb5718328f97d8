"""Whom a form may name: units and workers of the county."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.conferences.models import Invitation
from anwang.directory.states import Role
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter

WORKERS_SQL = """
SELECT w.id::text, u.called || '　' || w.called FROM directory_appointment a
  JOIN directory_unit u ON u.id = a.unit_id JOIN directory_worker w ON w.id = a.worker_id
 WHERE a.ended_at IS NULL AND u.closed_on IS NULL AND u.jurisdiction_id = %(county)s AND a.role <> ALL (%(never)s)
   AND (NOT %(public)s OR u.is_public)
 ORDER BY u.code, a.started_at, w.id LIMIT 400
"""
UNITS_SQL = """
SELECT u.id::text, u.called FROM directory_unit u
 WHERE u.closed_on IS NULL AND u.jurisdiction_id = %(county)s AND (NOT %(public)s OR u.is_public)
 ORDER BY u.code LIMIT 400
"""
NEVER = [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER]


def workers_to_ask(viewer: Viewer, *, public: bool = False) -> list[tuple[str, str]]:
    """(worker, unit and name) of whoever may be invited in the viewer's county."""
    return _rows(WORKERS_SQL, {"county": viewer.county, "public": public, "never": [str(one) for one in NEVER]})


def units_to_ask(viewer: Viewer) -> list[tuple[str, str]]:
    """(unit, name) of every living unit of the viewer's county."""
    return _rows(UNITS_SQL, {"county": viewer.county, "public": False})


def convening_units(viewer: Viewer) -> list[tuple[str, str]]:
    """(unit, name) of units that may call a meeting."""
    return _rows(UNITS_SQL, {"county": viewer.county, "public": True})


def _rows(sql: str, given: dict[str, object]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [(key, name) for key, name in cursor.fetchall()]


def address(viewer: Viewer, matter_id: UUID) -> str:
    """The number of a matter the viewer has just opened."""
    return str(Matter.objects.values_list("number", flat=True).get(id=matter_id))


def meeting_of(viewer: Viewer, invitation_id: UUID) -> str:
    """The number of the meeting of an invitation the viewer reads; empty otherwise."""
    found = Invitation.objects.filter(id=invitation_id).values_list("meeting_id", flat=True).first()
    return address(viewer, found) if found else ""


def files_numbered(viewer: Viewer, numbers: Collection[str]) -> list[UUID]:
    """The matters of these numbers, in their order; one that is none raises NotFound."""
    wanted = [one.strip().upper() for one in numbers]
    found = dict(Matter.objects.filter(number__in=wanted).values_list("number", "id"))
    if set(wanted) - set(found):
        raise NotFound(_("查無其中的案件。請確認編號。"))
    return [found[one] for one in wanted]
