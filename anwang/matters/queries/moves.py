"""Who held a matter since when, and how disputes like this one were ruled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.matters.models import Precedent

SPANS_SQL = """
SELECT 'accountable', u.called, '', s.how, s.since, s.written_since, s.until, s.recorded_at,
       coalesce(b.called, '')
  FROM matters_accountable_span s JOIN directory_unit u ON u.id = s.unit_id
  LEFT JOIN directory_worker b ON b.id = s.by WHERE s.matter_id = %(matter)s
UNION ALL
SELECT 'acting', u.called,
       coalesce(w.called, d.called), s.how, s.since, s.written_since, s.until, s.recorded_at,
       coalesce(b.called, '')
  FROM matters_acting_span s JOIN directory_unit u ON u.id = s.unit_id
  LEFT JOIN directory_worker b ON b.id = s.by
  LEFT JOIN directory_worker w ON w.id = s.worker_id LEFT JOIN directory_desk d ON d.id = s.desk_id
 WHERE s.matter_id = %(matter)s
 ORDER BY 1, 6
"""


@dataclass(frozen=True)
class Span:
    """One entry of a ledger: `since` is the corrected start, `written_since` what was written at first."""

    ledger: str
    unit: str
    holder: str
    how: str
    since: datetime
    written_since: datetime
    until: datetime | None
    recorded_at: datetime
    by: str
    """Who wrote it; empty for a service."""

    @property
    def is_corrected(self) -> bool:
        return self.since != self.written_since


def spans(viewer: Viewer, matter_id: UUID) -> list[Span]:
    """Both ledgers of a matter, oldest first. The caller has made sure the viewer may know of the matter."""
    with connection.cursor() as cursor:
        cursor.execute(SPANS_SQL, {"matter": matter_id})
        return [Span(*row) for row in cursor.fetchall()]


def dispute_precedents(viewer: Viewer, text: str = "", topic: str = "") -> list[tuple[date, str, str]]:
    """(ruled on, topic, principle) of the viewer's county, newest first; every unit may read them."""
    found = Precedent.objects.filter(county=viewer.county)
    if topic:
        found = found.filter(topic=topic)
    for word in text.split()[:5]:
        found = found.filter(Q(principle__icontains=word))
    return list(found.order_by("-ruled_on", "id").values_list("ruled_on", "topic", "principle")[:50])
