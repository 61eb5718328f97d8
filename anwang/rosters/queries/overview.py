"""The first page: which rosters are expected, what is wrong, and whether a period adds up."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.states import Role
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.rosters import rules

from . import words
from .alarms import Alarm, Feed, feeds, standing

# A child of a list is an accepted row, mended on the page or not; how far he is, is what the page of the file says.
FILES_SQL = """
WITH far AS MATERIALIZED (
  SELECT r.file_id, count(*) AS children, count(*) FILTER (WHERE r.match IN ('new', 'same')) AS matched,
         count(*) FILTER (WHERE r.is_taken) AS taken, count(*) FILTER (WHERE p.dispatched) AS dispatched,
         count(p.met_at) AS met, count(*) FILTER (WHERE p.met_at IS NULL AND p.is_over) AS ended
    FROM rosters_lines r LEFT JOIN rosters_progress(%(county)s, NULL) p ON p.row_id = r.id
   WHERE r.state = 'accepted' GROUP BY r.file_id)
SELECT f.number, f.kind, f.sender, f.received_at, f.declared, f.received, f.accepted, f.rejected, f.mended, f.withdrawn,
       coalesce(far.children, 0), coalesce(far.matched, 0), coalesce(far.taken, 0), coalesce(far.dispatched, 0),
       coalesce(far.met, 0), coalesce(far.ended, 0)
  FROM rosters_rosterfile f LEFT JOIN far ON far.file_id = f.id
 WHERE f.county = %(county)s AND f.received_at >= %(since)s AND f.received_at < %(until)s
 ORDER BY f.received_at DESC, f.id DESC
"""


@dataclass(frozen=True)
class Counts:
    """declared = received + missing; received = accepted + rejected + mended + withdrawn; then how far children are.

    `children` are the accepted rows, those mended on the page among them. `matched` is None for whoever reads no names.
    """

    declared: int
    received: int
    accepted: int
    rejected: int
    mended: int
    withdrawn: int
    children: int
    matched: int | None
    taken: int
    dispatched: int
    met: int
    ended: int

    @property
    def missing(self) -> int:
        """Below zero when more came than was declared."""
        return self.declared - self.received


@dataclass(frozen=True)
class FileLine:
    """One file of the period."""

    number: str
    kind: str
    kind_words: str
    sender: str
    received_at: datetime
    counts: Counts


@dataclass(frozen=True)
class Total:
    """One kind of roster over a period: the sum of its files."""

    kind: str
    kind_words: str
    files: int
    counts: Counts


@dataclass(frozen=True)
class Overview:
    """Everything of the first page. `without` are the kinds that no office is down for."""

    feeds: tuple[Feed, ...]
    alarms: tuple[Alarm, ...]
    without: tuple[str, ...]
    totals: tuple[Total, ...]
    files: tuple[FileLine, ...]
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
        files = _files(viewer.county, first, last, reads)
        totals = _totals(files, [code.code for code in codes])
    live = {feed.kind for feed in found if not feed.has_ended}
    without = tuple(code.label.to(words.lang()) for code in codes if code.code not in live)
    return Overview(tuple(found), tuple(alarms), without, tuple(totals), tuple(files), first, last, reads)


def reads_names(viewer: Viewer) -> bool:
    """Whether the viewer's post is one to which names are granted (`receiving.READS`)."""
    return bool(viewer.role_names & {Role.SCREENER, Role.SCREENING_SUPERVISOR})


def kinds(viewer: Viewer) -> list[tuple[str, str]]:
    """(code, words) of every kind of roster that may be sent now."""
    return [(one.code, one.label.to(words.lang())) for one in rules.codes(rules.KINDS, clock.now(), viewer.county)]


def _files(county: str, since: date, until: date, reads: bool) -> list[FileLine]:
    given = {"county": county, "since": _start(since), "until": _start(until + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(FILES_SQL, given)
        found = cursor.fetchall()
    return [
        FileLine(number, kind, words.kind(kind, at), sender, at, replace(Counts(*counts), **({} if reads else HIDDEN)))
        for number, kind, sender, at, *counts in found
    ]


HIDDEN: dict[str, None] = {"matched": None}


def _totals(files: list[FileLine], order: list[str]) -> list[Total]:
    """The sums by kind, in the order of policy; a kind that is no longer in force comes last."""
    found: dict[str, list[FileLine]] = {}
    for file in files:
        found.setdefault(file.kind, []).append(file)
    places = {kind: place for place, kind in enumerate(order)}
    return [
        Total(kind, found[kind][0].kind_words, len(found[kind]), _sum([file.counts for file in found[kind]]))
        for kind in sorted(found, key=lambda kind: places.get(kind, len(places)))
    ]


def _sum(counts: list[Counts]) -> Counts:
    pairs = [[getattr(one, field.name) for one in counts] for field in fields(Counts)]
    return Counts(*(None if None in column else sum(column) for column in pairs))  # type: ignore[arg-type]


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.TAIPEI)
