"""Whom to ring about a matter at this instant, when it is not the one who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.matters.hours import office_closes

THERE = """SELECT 1 FROM directory_absence a
            WHERE a.worker_id = s.worker_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s"""
REACH_SQL = f"""
SELECT m.county, m.acting_worker_id, away.called, away.phone, kept.called, kept.phone, night.called, night.phone,
       night.desk, night.worker_id
  FROM matters_matter m
  LEFT JOIN LATERAL (SELECT w.called, w.phone FROM directory_absence a JOIN directory_worker w ON w.id = a.covered_by_id
     WHERE a.worker_id = m.acting_worker_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s LIMIT 1) away ON true
  LEFT JOIN LATERAL (SELECT w.called, w.phone FROM directory_shift s JOIN directory_worker w ON w.id = s.worker_id
     WHERE s.desk_id = m.acting_desk_id AND s.rank = 1 AND s.starts_at <= %(at)s AND s.ends_at > %(at)s
       AND NOT EXISTS ({THERE}) LIMIT 1) kept ON true
  LEFT JOIN LATERAL (SELECT w.called, w.phone, d.called AS desk, w.id AS worker_id
      FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id AND u.jurisdiction_id = m.county
      JOIN directory_shift s ON s.desk_id = d.id AND s.rank = 1 AND s.starts_at <= %(at)s AND s.ends_at > %(at)s
      JOIN directory_worker w ON w.id = s.worker_id
     WHERE d.covers_county AND NOT EXISTS ({THERE}) LIMIT 1) night ON true
 WHERE m.id = %(matter)s
"""  # noqa: S608 - only the words above are put together


@dataclass(frozen=True)
class Instead:
    """Somebody who answers now, why it is he, and his telephone."""

    why: str
    who: str
    phone: str


def instead(viewer: Viewer, matter_id: UUID) -> Instead | None:
    """Who answers at the desk that holds the matter; the cover of who is away; the county's desk after hours.

    None where the holder himself is the one to ring.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(REACH_SQL, {"matter": matter_id, "at": now})
        found = cursor.fetchone()
    if found is None:
        return None
    county, holder, cover, cover_phone, kept, kept_phone, night, night_phone, desk, keeper = found
    if holder is None:
        return Instead(_("現在接聽"), kept, kept_phone) if kept else None
    if keeper == holder:
        return None
    if night and office_closes(now, county, book()) is None:
        return Instead(_("下班時間"), f"{desk}・{night}", night_phone)
    return Instead(_("請假，代理"), cover, cover_phone) if cover else None
