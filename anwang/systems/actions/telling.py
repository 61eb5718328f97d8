"""Writing down what another system must hear of, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from anwang.access.viewer import Viewer
from anwang.foundation import clock

TELL_SQL = """
INSERT INTO systems_outgoing (event_id, endpoint_id, matter_id, event, subject, data, at, recorded_at, state, tries,
                              because, given_up)
SELECT gen_random_uuid(), e.id, %(matter)s, %(event)s, %(subject)s, %(data)s, %(at)s, %(now)s, 'waiting', 0, '', ''
  FROM systems_endpoint e JOIN systems_system s ON s.id = e.system_id
 WHERE s.code = %(to)s AND s.retired_at IS NULL AND e.county_id = %(county)s AND %(event)s = ANY (e.events)
   AND e.starts_at <= %(now)s AND (e.ends_at IS NULL OR e.ends_at > %(now)s)
 ORDER BY e.starts_at, e.id
"""


def announce(
    event: str,
    *,
    to: str,
    subject: str,
    county: str,
    by: Viewer,
    at: datetime,
    matter_id: UUID | None = None,
    data: Mapping[str, str] | None = None,
) -> int:
    """Write one message to each endpoint of the system `to` (its code) that wants the event; returns how many.

    One statement inside the caller's transaction, none where there is no system to tell. `subject` is the number under
    which the receiver knows the thing; `data` holds codes. The database refuses anything in which a name would fit.
    """
    if not to:
        return 0
    given = {
        "matter": matter_id, "event": event, "subject": subject, "data": Jsonb(dict(data or {})), "at": at,
        "now": clock.now(), "to": to, "county": county,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL_SQL, given)
        return cursor.rowcount
