"""What the worker does for this room: one replay after the other. Killed at any point, the next run begins it anew."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import connection

from anwang.access.serving import served
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import end_of_day
from anwang.rulebook import RulebookError

from . import counting, starting, writing
from .counting import Lines, Pair, Tally
from .models import Draft, Replay
from .states import ReplayState, What

_DAY = timedelta(days=1)
log = logging.getLogger(__name__)
READS = {
    What.REPORTS: "COPY (SELECT lab_reports(%s, %s, %s, %s)) TO STDOUT",
    What.DUTIES: "COPY (SELECT lab_duties(%s, %s, %s, %s)) TO STDOUT",
    What.COURSES: "COPY (SELECT lab_courses(%s, %s, %s, %s)) TO STDOUT",
}
"""Copied out as lines: a year of a nation are hundreds of thousands of rows."""
SERVICE = "lab"
READ_STARTS = "COPY (SELECT lab_starts(%s, %s, %s, %s, %s)) TO STDOUT"
TO_DO = (ReplayState.WAITING, ReplayState.RUNNING)


def replay() -> int:
    """Count every replay that waits; returns how many were done."""
    done = 0
    while (found := Replay.objects.filter(state__in=TO_DO).order_by("asked_at", "id").first()) is not None:
        _replay(found)
        done += 1
    return done


def _replay(found: Replay) -> None:
    begun = time.monotonic()
    draft = Draft.objects.select_related("unit").get(id=found.draft_id)
    draft.values = found.values
    try:
        tally = count_again(found, draft)
    except RulebookError:  # the rule has changed below the draft since it was asked for
        log.exception("replay %s failed", found.id)
        _note(found, state=ReplayState.FAILED, ended_at=clock.now())
        return
    spent = int((time.monotonic() - begun) * 1000)
    _note(found, state=ReplayState.DONE, ended_at=clock.now(), result=tally.stored(), milliseconds=spent)


def _note(found: Replay, **said: object) -> None:
    with served(SERVICE):
        Replay.objects.filter(id=found.id).update(**said)


def count_again(found: Replay, draft: Draft) -> Tally:
    """The rows of the time, counted under both versions, with progress on the replay's own row."""
    rows = read_rows(found, draft.rule_id)
    base, tried = book(), writing.tried(draft)
    pair = Pair(base, tried, draft.rule_id, draft.starts_on)

    def tick(done: int, total: int) -> None:
        _note(found, state=ReplayState.RUNNING, done=done, total=total)

    tick(0, len(rows))
    if found.what == What.REPORTS:
        return counting.advice(rows, pair, tick)
    if found.what == What.DUTIES:
        tally = counting.duties(rows, pair, base, found.asked_at, tick)
        begun = starting.others(base, tried.handle(draft.rule_id).get(draft.starts_on, draft.county or None))
        starting.starts(read_starts(found, draft.rule_id, begun), pair, base, tick, tally)
        return tally
    return counting.courses(rows, pair, found.since, found.before, tick)


def read_rows(found: Replay, rule_id: str) -> Lines:
    """What came in the time, each distinct input once with how often."""
    return _copied(READS[What(found.what)], [rule_id], found)


def read_starts(found: Replay, rule_id: str, others: list[str]) -> Lines:
    """Where a duty of the rule might have started and none did."""
    return _copied(READ_STARTS, [rule_id, others], found)


def _copied(sql: str, asked: list[object], found: Replay) -> Lines:
    with served(SERVICE), connection.cursor() as cursor:
        span = end_of_day(found.since - _DAY), end_of_day(found.before - _DAY)
        with cursor.copy(sql, [*asked, *span, found.county]) as copied:
            return Lines([line for (line,) in copied.rows()])
