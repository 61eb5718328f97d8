"""Which counties take a report without log-in, and whom to ring where none is read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from anwang.access.viewer import Viewer

SQL = """
SELECT j.code, j.name, j.name_en, d.id IS NOT NULL,
       coalesce((SELECT u.phone FROM directory_unit u WHERE u.jurisdiction_id = j.code AND u.kind = 'county'
                  AND u.closed_on IS NULL AND u.phone <> '' ORDER BY u.code LIMIT 1), '')
  FROM directory_jurisdiction j
  LEFT JOIN LATERAL (SELECT u.id FROM directory_unit u WHERE u.jurisdiction_id = j.code AND u.kind = 'intake'
                        AND u.live_public_id IS NOT NULL AND j.on_system LIMIT 1) d ON true
 WHERE EXISTS (SELECT 1 FROM directory_unit u WHERE u.jurisdiction_id = j.code AND u.kind = 'county')
 ORDER BY j.code
"""


@dataclass(frozen=True)
class County:
    """A county as the public form offers it. `takes`: a centre of it reads here what is sent."""

    code: str
    name: str
    name_en: str
    takes: bool
    phone: str


def counties(viewer: Viewer | None) -> tuple[County, ...]:
    """Every county, in the order of the codes. Nothing here is personal: anybody may ask, also who is nobody."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return tuple(County(*row) for row in cursor.fetchall())
