"""How many alarms of each kind stand, for one line on other pages: two statements, no child by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # database rows

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.rosters import rules
from anwang.rosters.states import AlarmKind

from .alarms import FILES_SQL
from .rows import over

STANDING_SQL = """
SELECT f.kind, NULL::uuid, coalesce(max(x.received_at), f.since_at), NULL::timestamptz
  FROM rosters_rosterfeed f LEFT JOIN rosters_rosterfile x ON x.feed_id = f.id AND x.about_id IS NULL
 WHERE f.county_id = %(county)s AND f.until_at IS NULL GROUP BY f.id
UNION ALL
SELECT '', f.id, f.received_at, f.recorded_at FROM rosters_rosterfile f WHERE f.county = %(county)s
"""
COUNTS_SQL = f"""
WITH wrong AS ({FILES_SQL.replace("%s", "%(county)s")})
SELECT (SELECT count(*) FROM wrong WHERE is_missing), (SELECT count(*) FROM wrong WHERE is_other),
       (SELECT count(*) FROM rosters_lines r WHERE r.state = 'rejected' AND r.file_id = ANY (%(mend)s::uuid[])),
       (SELECT count(*) FROM rosters_lines r
         WHERE r.state = 'accepted' AND NOT r.is_taken AND r.file_id = ANY (%(take)s::uuid[])),
       rosters_not_seen(%(county)s, %(visit)s::uuid[])
"""  # noqa: S608


@dataclass(frozen=True)
class Standing:
    """How many alarms of a county stand, and of which kinds in words."""

    total: int
    words: str


def how_many(viewer: Viewer, now: datetime | None = None) -> Standing:
    """As many as `standing` would name, in the viewer's county."""
    now, county = now or clock.now(), viewer.county
    with held(), connection.cursor() as cursor:
        cursor.execute(STANDING_SQL, {"county": county})
        found: list[tuple[Any, ...]] = cursor.fetchall()
        stale = sum(rules.next_expected(kind, at, county) < now for kind, id_, at, _on in found if id_ is None)
        files = [(id_, at, on) for _kind, id_, at, on in found if id_ is not None]
        counts = (0, 0, 0, 0, 0)
        if files:
            cursor.execute(COUNTS_SQL, {"county": county, **over(files, county, now)})
            counts = cursor.fetchone()
    kinds = (AlarmKind.COUNT, AlarmKind.HASH, AlarmKind.REJECTED, AlarmKind.NOT_TAKEN, AlarmKind.NOT_VISITED)
    named = [(AlarmKind.STALE, stale), *zip(kinds, counts, strict=True)]
    return Standing(
        sum(n for _kind, n in named), _("、").join(f"{kind.label}{n}" for kind, n in named if n)
    )  # fmt: skip
