"""Writing down what another system must hear of, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from anwang.access.viewer import Viewer
from anwang.foundation import clock

TELL_SQL = """
INSERT INTO systems_outgoing (event_id, endpoint_id, matter_id, event, subject, data, at, recorded_at, state, tries,
                              because, given_up)
SELECT gen_random_uuid(), e.id, t.matter_id, %(event)s, t.subject, %(data)s, t.at, %(now)s, 'waiting', 0, '', ''
  FROM unnest(%(to)s::text[], %(subjects)s::text[], %(matters)s::uuid[], %(at)s::timestamptz[])
       WITH ORDINALITY AS t (code, subject, matter_id, at, n)
  JOIN systems_system s ON s.code = t.code AND s.retired_at IS NULL
  JOIN systems_endpoint e ON e.system_id = s.id AND e.county_id = %(county)s AND %(event)s = ANY (e.events)
   AND (%(only)s::uuid IS NULL OR e.id = %(only)s)
   AND e.starts_at <= %(now)s AND (e.ends_at IS NULL OR e.ends_at > %(now)s)
 ORDER BY t.n, e.starts_at, e.id
"""


@dataclass(frozen=True)
class Telling:
    """Whom to tell (the code of a system), of what: the number under which it knows the thing, and since when."""

    to: str
    subject: str
    at: datetime
    matter_id: UUID | None = None


def announce(
    event: str, *, tell: Sequence[Telling], county: str, by: Viewer, says: str = "", only: UUID | None = None
) -> int:
    """Write one message to each endpoint that wants the event, or to `only` that; in the order given. How many.

    One statement inside the caller's transaction, none where there is no system to tell. `says` is a class, a code; the
    database refuses anything in which a name would fit.
    """
    tell = [one for one in tell if one.to]
    if not tell:
        return 0
    given = {
        "event": event, "data": Jsonb({"class": says} if says else {}), "now": clock.now(), "county": county,
        "to": [one.to for one in tell], "subjects": [one.subject for one in tell],
        "matters": [one.matter_id for one in tell], "at": [one.at for one in tell],
        "only": only,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL_SQL, given)
        return cursor.rowcount
