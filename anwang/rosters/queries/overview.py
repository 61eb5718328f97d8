"""The first page: which rosters are expected, what is wrong, and whether a period adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.states import Role
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.rosters import rules

from . import words
from .alarms import Alarm, Feed, feeds, standing

TOTALS_SQL = """
WITH far AS MATERIALIZED (
  SELECT r.file_id, count(*) AS taken, count(*) FILTER (WHERE p.dispatched) AS dispatched,
         count(p.met_at) AS met, count(*) FILTER (WHERE r.match IN ('new', 'same')) AS matched
    FROM rosters_progress(%(county)s, NULL) p JOIN rosters_lines r ON r.id = p.row_id GROUP BY 1)
SELECT f.kind, count(*), sum(f.declared), sum(f.received), sum(f.accepted), sum(f.rejected), sum(f.mended),
       sum(f.withdrawn), sum(far.matched), sum(far.taken), sum(far.dispatched), sum(far.met)
  FROM rosters_rosterfile f LEFT JOIN far ON far.file_id = f.id
 WHERE f.county = %(county)s AND f.received_at >= %(since)s AND f.received_at < %(until)s
 GROUP BY f.kind
"""


@dataclass(frozen=True)
class Total:
    """One kind of roster over a period: what was declared, and how many of it came how far."""

    kind: str
    kind_words: str
    files: int
    declared: int
    received: int
    accepted: int
    rejected: int
    mended: int
    withdrawn: int
    matched: int
    taken: int
    dispatched: int
    met: int


@dataclass(frozen=True)
class Overview:
    """Everything of the first page. `without` are the kinds that no office is down for."""

    feeds: tuple[Feed, ...]
    alarms: tuple[Alarm, ...]
    without: tuple[str, ...]
    totals: tuple[Total, ...]
    since: date
    until: date
    reads: bool


def overview(viewer: Viewer, *, since: date | None = None, until: date | None = None) -> Overview:
    """The county's rosters; names only for whoever screens at its centre."""
    last = until or clock.today()
    first = since or last - timedelta(days=365)
    reads = reads_names(viewer)
    with held():
        found = feeds(viewer, viewer.county)
        alarms = standing(viewer, viewer.county, reads=reads, found=found)
        codes = rules.codes(rules.KINDS, clock.now(), viewer.county)
        totals = _totals(viewer.county, first, last)
    live = {feed.kind for feed in found if not feed.has_ended}
    without = tuple(code.label.to(words.lang()) for code in codes if code.code not in live)
    return Overview(tuple(found), tuple(alarms), without, tuple(totals), first, last, reads)


def reads_names(viewer: Viewer) -> bool:
    """Whether the viewer's post is one to which names are granted (`receiving.READS`)."""
    return bool(viewer.role_names & {Role.SCREENER, Role.SCREENING_SUPERVISOR})


def kinds(viewer: Viewer) -> list[tuple[str, str]]:
    """(code, words) of every kind of roster that may be sent now."""
    return [(one.code, one.label.to(words.lang())) for one in rules.codes(rules.KINDS, clock.now(), viewer.county)]


def _totals(county: str, since: date, until: date) -> list[Total]:
    given = {"county": county, "since": _start(since), "until": _start(until + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(TOTALS_SQL, given)
        found = {row[0]: [int(count or 0) for count in row[1:]] for row in cursor.fetchall()}
    now = clock.now()
    order = [code.code for code in rules.codes(rules.KINDS, now, county)]
    return [Total(kind, words.kind(kind, now), *found[kind]) for kind in sorted(found, key=lambda k: order.index(k))]


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.TAIPEI)
