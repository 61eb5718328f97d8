"""What waits for the viewer's own signature or answer besides duties: hand-over lists, and requests to his unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

from .whom import said

TO_SIGN_SQL = """
SELECT 'give', l.id, '', w.called, count(*), l.effective_at, '', NULL::text[]
  FROM matters_handoverlist l JOIN matters_handoveritem i ON i.list_id = l.id
  JOIN matters_matter m ON m.id = i.matter_id AND m.ended_at IS NULL
  JOIN directory_worker w ON w.id = l.from_worker_id
 WHERE l.given_at IS NULL AND l.from_worker_id = ANY (%(workers)s) AND NOT i.is_overtaken GROUP BY l.id, w.id
UNION ALL
SELECT 'receive', l.id, '',
       coalesce(w.called, u.called), count(*), l.effective_at,
       '', NULL::text[]
  FROM matters_handoverlist l JOIN matters_handoveritem i ON i.list_id = l.id
  JOIN matters_matter m ON m.id = i.matter_id AND m.ended_at IS NULL
  JOIN directory_unit u ON u.id = l.from_unit_id
  LEFT JOIN directory_worker w ON w.id = l.from_worker_id
 WHERE l.given_at IS NOT NULL AND i.received_at IS NULL AND NOT i.is_overtaken
   AND (i.to_worker_id = ANY (%(workers)s) OR i.to_desk_id = ANY (%(desks)s)) GROUP BY l.id, w.id, u.id
UNION ALL
SELECT 'answer', o.id, o.kind, u.called, 1, o.answer_due_at, m.number, matters_whom(m.id, o.subject_id)
  FROM matters_offer o JOIN directory_unit u ON u.id = o.from_unit_id JOIN matters_matter m ON m.id = o.matter_id
 WHERE o.state = 'pending' AND o.to_unit_id = ANY (%(units)s)
 ORDER BY 6, 2 LIMIT 50
"""


@dataclass(frozen=True)
class ToSign:
    """`what`: give or receive (a list of `count` matters, `at` its hour), answer (a request of `kind`, `at` its limit).

    `name` is who hands over or which unit asks, `number` and `whom` the matter of a request.
    """

    what: str
    id: UUID
    kind: str
    name: str
    count: int
    at: datetime
    number: str
    whom: str


def to_sign(viewer: Viewer) -> list[ToSign]:
    """Lists the viewer (or whom he covers) has to sign, and requests his units have to answer; the earliest first."""
    given = {"workers": list(viewer.acts_as), "desks": list(viewer.desks), "units": list(viewer.supervised_units)}
    with connection.cursor() as cursor:
        cursor.execute(TO_SIGN_SQL, given)
        return [ToSign(*row, said(names)) for *row, names in cursor.fetchall()]
