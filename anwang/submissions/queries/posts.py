"""Approved posts by county and kind on a day, and the letters that made them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access import steering
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.submissions import rules, standing

from .page import amount
from .seen import long_day

POSTS_SQL = """
SELECT p.county, directory_called(j.name, j.name_en), p.kind,
       coalesce(sum(p.change) FILTER (WHERE p.from_on <= %(on)s), 0)::int,
       coalesce(sum(p.change) FILTER (WHERE p.from_on > %(on)s), 0)::int
  FROM submissions_postchange p JOIN directory_jurisdiction j ON j.code = p.county
 WHERE %(county)s = '' OR p.county = %(county)s
 GROUP BY 1, 2, 3 ORDER BY 1, 3
"""
LOG_SQL = """
SELECT p.id, directory_called(j.name, j.name_en), p.kind, p.change, p.from_on, p.letter, p.dated_on, p.because,
       (sum(p.change) OVER (PARTITION BY p.county, p.kind ORDER BY p.from_on, p.recorded_at, p.id))::int
  FROM submissions_postchange p JOIN directory_jurisdiction j ON j.code = p.county
 WHERE %(county)s = '' OR p.county = %(county)s
 ORDER BY p.from_on DESC, p.recorded_at DESC, p.id DESC
"""


@dataclass(frozen=True)
class PostLine:
    """Approved posts of a kind in a county on a day; `later`: what letters change after it."""

    county: str
    county_text: str
    kind: str
    kind_text: str
    posts: int
    later: str


@dataclass(frozen=True)
class ChangeLine:
    """A letter that changed posts; `then` is how many there were after it."""

    id: UUID
    county: str
    kind: str
    change: str
    since: str
    letter: str
    dated: str
    because: str
    then: int


@dataclass(frozen=True)
class PostTable:
    """Posts on a day, with the log of letters."""

    on: str
    rows: tuple[PostLine, ...]
    log: tuple[ChangeLine, ...]
    total: int
    may_change: bool


def approved_posts(viewer: Viewer, on: date, county: str = "") -> dict[tuple[str, str], int]:
    """(county, kind) → approved posts on a day, for rooms above. A county's viewer gets his own."""
    return {(one.county, one.kind): one.posts for one in post_table(viewer, on, county).rows}


def post_table(viewer: Viewer, on: date | None = None, county: str = "") -> PostTable:
    """Approved posts of the counties the viewer sees, as of a day (today), and every letter that changed them."""
    on = on or clock.today()
    standing.may_see(viewer).enforce()
    scope = county if viewer.service else steering.standing(viewer).reach or county
    with connection.cursor() as cursor:
        cursor.execute(POSTS_SQL, {"on": on, "county": scope})
        rows = tuple(_post(*row) for row in cursor.fetchall())
        cursor.execute(LOG_SQL, {"county": scope})
        log = tuple(_change(*row) for row in cursor.fetchall())
    may_change = bool(standing.may_call(viewer))
    return PostTable(long_day(on), rows, log, sum(one.posts for one in rows), may_change)


def _post(county: str, county_text: str, kind: str, posts: int, later: int) -> PostLine:
    words = _("之後%(change)s") % {"change": amount("post", later)} if later else ""
    return PostLine(county, county_text, kind, rules.label(rules.POST, kind), posts, words)


def _change(
    id_: UUID, county: str, kind: str, change: int, from_on: date, letter: str, dated_on: date, because: str, then: int
) -> ChangeLine:
    return ChangeLine(
        id_, county, rules.label(rules.POST, kind), amount("post", change), long_day(from_on), letter,
        long_day(dated_on), because, then,
    )  # fmt: skip
