"""A worker's own calendar: what is due, when to go, which days are off. And the same as bare numbers for a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer, viewer_for
from anwang.enactments.queries import book, held
from anwang.followups import days, words
from anwang.followups.models import Feed
from anwang.foundation import clock
from anwang.people.words import name_words
from anwang.rulebook import UnknownRule

WEEKS, FEED_DAYS = 4, 60
_DAY = timedelta(days=1)
# Open duties of whoever looks and of whom he covers today, due in these days; and the running windows of his own files.
DUTIES_SQL = """
SELECT (d.due_at - interval '1 microsecond') AT TIME ZONE 'Asia/Taipei', d.rule_id, m.number, m.kind,
       p.name, p.name_kind
  FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id LEFT JOIN people_person p ON p.id = d.subject_id
 WHERE d.state = 'open' AND d.worker_id = ANY (%(me)s) AND d.due_at > %(from)s AND d.due_at <= %(to)s
 ORDER BY d.due_at, d.id LIMIT 500
"""
WINDOWS_SQL = """
SELECT m.number, m.county, p.name, p.name_kind, w.begins_on, w.ends_on, w.contacts - k.reached
  FROM matters_matter m JOIN followups_course c ON c.matter_id = m.id
  JOIN LATERAL (SELECT * FROM followups_window x WHERE x.course_id = c.id ORDER BY x.n DESC LIMIT 1) w ON true
  JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) k ON true
  LEFT JOIN people_person p ON p.id = c.person_id
 WHERE m.acting_worker_id = ANY (%(me)s) AND m.ended_at IS NULL AND k.came = 'open' AND w.ends_on >= %(today)s
   AND NOT EXISTS (SELECT 1 FROM followups_courseend e WHERE e.course_id = c.id)
 ORDER BY w.ends_on, m.number LIMIT 300
"""
FEED_SQL = "SELECT feed, worker, language FROM followups_feed_of(%s, %s)"


@dataclass(frozen=True)
class Entry:
    """Something on a day: what, about whom, the number of its file. `is_due` for a limit, else advice."""

    what: str
    whom: str
    number: str
    kind: str
    is_due: bool


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    on: date
    name: str
    is_off: bool
    is_today: bool
    entries: tuple[Entry, ...]


@held()
def calendar(viewer: Viewer, weeks: int = WEEKS) -> tuple[tuple[Day, ...], ...]:
    """Weeks from Monday on, this week first."""
    today = clock.today()
    first = today - _DAY * today.weekday()
    last = first + _DAY * (7 * weeks - 1)
    found: dict[date, list[Entry]] = {}
    for on, entry in _entries(viewer, today, last):
        found.setdefault(on, []).append(entry)
    every = [first + _DAY * n for n in range(7 * weeks)]
    shown = [
        Day(on, words.day(on), not days.is_worked(on, viewer.county), on == today, tuple(found.get(on, ())))
        for on in every
    ]
    return tuple(tuple(shown[n : n + 7]) for n in range(0, len(shown), 7))


@held()
def feed_days(digest: bytes) -> tuple[UUID, str, dict[date, int]] | None:
    """Which feed a secret opens, its language, and how many things each of the next days holds. None for nobody's.

    Nothing but numbers leaves: no name, file, kind or place.
    """
    with connection.cursor() as cursor:
        cursor.execute(FEED_SQL, [digest, clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    feed_id, worker_id, language = row
    viewer = viewer_for(worker_id, language=language)
    today = clock.today()
    return feed_id, language, dict(Counter(on for on, _one in _entries(viewer, today, today + _DAY * FEED_DAYS)))


def has_feed(viewer: Viewer) -> str:
    """Since when the viewer has a calendar address; empty for none."""
    made = Feed.objects.filter(worker_id=viewer.worker_id, revoked_at=None).values_list("created_at", flat=True).first()
    return words.day(clock.local(made).date()) if made else ""


def _entries(viewer: Viewer, first: date, last: date) -> Iterator[tuple[date, Entry]]:
    me = list(viewer.acts_as)
    given = {"me": me, "today": first, "from": _midnight(first), "to": _midnight(last + _DAY)}
    with connection.cursor() as cursor:
        cursor.execute(DUTIES_SQL, given)
        duties = cursor.fetchall()
        cursor.execute(WINDOWS_SQL, given)
        windows = cursor.fetchall()
    for at, rule_id, number, kind, name, name_kind in duties:
        yield at.date(), Entry(_title(rule_id), name_words(name, name_kind) if name else "", number, kind, True)
    for number, county, name, name_kind, begins, ends, left in windows:
        whom = name_words(name, name_kind) if name else ""
        for on in days.suggested(max(first, begins), ends, left, county):
            if first <= on <= last:
                yield on, Entry(_("建議這天聯繫"), whom, number, "case", False)


def _midnight(day: date) -> Any:
    return clock.local(clock.now()).replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )


def _title(rule_id: str) -> str:
    rulebook = book()
    try:
        if rule_id.startswith("manual."):
            step = rulebook.codelist("manual.steps").on(clock.today())[rule_id.removeprefix("manual.")]
            return words.text(step.label)
        return words.text(rulebook.handle(rule_id).title)
    except UnknownRule:
        return _("待辦")
