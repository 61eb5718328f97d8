"""Approved posts counted from their changes."""

from __future__ import annotations

from datetime import date

from django.db import connection

LEAST_SQL = """
WITH all_of AS (
  SELECT from_on, change FROM submissions_postchange WHERE county = %(county)s AND kind = %(kind)s
  UNION ALL SELECT %(from_on)s, %(change)s)
SELECT min(standing) FROM (
  SELECT sum(sum(change)) OVER (ORDER BY from_on) AS standing FROM all_of GROUP BY from_on) days
"""


def lock(county: str, kind: str) -> None:
    """Only one changes the posts of a county and kind at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"submissions.posts {county} {kind}"])


def least_after(county: str, kind: str, change: int, from_on: date) -> int:
    """The fewest posts on any day, were they changed by so many from a day on."""
    given: dict[str, str | int | date] = {"county": county, "kind": kind, "change": change, "from_on": from_on}
    with connection.cursor() as cursor:
        cursor.execute(LEAST_SQL, given)
        return int(cursor.fetchone()[0])
