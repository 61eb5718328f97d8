"""Who keeps orders and shields. Each answer is a Verdict with a sentence."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

KEEPS_SQL = """
SELECT ARRAY(SELECT DISTINCT zone FROM access_grant g, unnest(g.zones) zone
              WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_writing_keys())::text[])
                AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())),
       cases_serves_other_party(m.id)
  FROM matters_matter m WHERE m.id = %s AND m.kind = 'case'
"""


def may_keep(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Register an order on a case and keep it up to date: whoever works on a case of her side."""
    return _may(viewer, matter_id, Zone.CASE)


def may_shield(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Keep whereabouts, and say which places that covers: whoever reads her safety zone."""
    return _may(viewer, matter_id, Zone.SAFETY)


def _may(viewer: Viewer, matter_id: UUID, zone: str) -> Verdict:
    """One statement for both questions: which zones the viewer acts in, and on whose side the case stands."""
    with connection.cursor() as cursor:
        cursor.execute(KEEPS_SQL, [matter_id])
        row = cursor.fetchone()
    zones = row[0] if row else ()
    if not has(viewer, Permission.CASEWORK) or Zone.CASE not in zones:
        return no(_("保護令由承辦被害人的社工登錄。請洽承辦單位。"))
    if row[1] is not False:
        return no(_("保護令掛在被害人的案件上。請從她的案件登錄。"))
    if zone not in zones:
        return no(_("住處保密由承辦社工或值班社工登錄。請洽承辦人。"))
    return YES
