"""Bringing a course up to this day: rules that changed, windows that began, what contacts made of each.

Internal to this room: whoever calls has permitted and locked the matter. Run again it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.followups import events, rules
from anwang.followups.course import Count, Made, Opened, Piece, Running, contacts, count, stages, standing
from anwang.followups.models import Mark, Stretch, Window
from anwang.followups.states import Because, Came
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import owe, settle
from anwang.matters.models import Matter
from anwang.matters.states import DutyState
from anwang.rulebook import schedules
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Version

CUT_SQL = "SELECT followups_cut(%s, %s, %s, %s)"
EVENT_OF = {Came.MET: events.MET, Came.EFFORT: events.EFFORT, Came.CUT: events.CUT}


def roll(matter: Matter, *, by: Viewer, at: datetime, only: Iterable[UUID] | None = None) -> None:
    """Every running course of an open case, or `only` some."""
    found = standing(matter.id)
    wanted = None if only is None else set(only)
    courses = [one for one in found.courses if not one.is_ended and (wanted is None or one.id in wanted)]
    made = contacts(matter.id) if courses else []
    for course in courses:
        roll_course(matter, course, made, by=by, at=at)


def roll_course(matter: Matter, course: Running, made: Sequence[Made], *, by: Viewer, at: datetime) -> None:
    """One course: what changed, what began, how it stands."""
    today = clock.today()
    course = _with_changes(matter, course, today, by)
    schedule = rules.in_force(course.rule_id, today, matter.county) or rules.handle_of(course.rule_id).latest(
        today, matter.county
    )
    if schedule is not None:
        windows = _with_windows(matter, course, schedule.content, today, by, at)
        for window in windows:
            _count(matter, course, window, schedule.content, made, today, by, at)


def add_stretch(
    matter: Matter, course: Running, version: Version[Schedule], begins_on: date, origin_on: date, *,
    because: Because, reason: str, at: datetime, by: Viewer,
) -> Running:  # fmt: skip
    """Another stretch from `begins_on` on, counted from the day after `origin_on`."""
    n = course.pieces[-1].n + 1 if course.pieces else 1
    Stretch.objects.bulk_create([
        Stretch(
            id=uuid7(), matter=matter, course_id=course.id, n=n, begins_on=begins_on, origin_on=origin_on,
            rule_id=version.rule_id, rule_from=version.from_, rule_hash=version.hash,
            steps=stages(version.content.steps), because=because, reason=reason, at=at, by=by.worker_id,
            recorded_at=clock.now(),
        )
    ])  # fmt: skip
    piece = Piece(
        n, schedules.Stretch(begins_on, origin_on, version.content.steps), version.rule_id, version.from_
    )  # fmt: skip
    return replace(course, pieces=(*course.pieces, piece))


def _with_changes(matter: Matter, course: Running, today: date, by: Viewer) -> Running:
    """A rule that changed meanwhile holds from its own day on, in the same counting; what is over stays.

    Where the case went to another county, that county's number holds from today on.
    """
    last = course.pieces[-1]
    found = schedules.changes(rules.handle_of(last.rule_id), matter.county, last.rule_from, today)
    for version in found:
        course = _with_rule(matter, course, version, version.from_, today, by)
    now = rules.in_force(last.rule_id, today, matter.county)
    if now is not None and now.content.is_set:
        course = _with_rule(matter, course, now, today, today, by)
    return course


def _with_rule(
    matter: Matter, course: Running, version: Version[Schedule], since: date, today: date, by: Viewer
) -> Running:
    """From that day on under another version of the same schedule, unless it asks for the same."""
    stretch = course.pieces[-1].stretch
    if version.content.steps == stretch.steps:
        return course
    begins = max(since, course.first_free(today), stretch.begins_on)
    record("followup.replanned", by=by, matter_id=matter.id, course=course.id, since=begins.isoformat())
    return add_stretch(
        matter, course, version, begins, stretch.origin_on, because=Because.RULE, reason="", at=clock.now(), by=by
    )


def _with_windows(
    matter: Matter, course: Running, schedule: Schedule, today: date, by: Viewer, at: datetime
) -> list[Opened]:
    """Windows that have begun, cut where a change cut them, opened where they are new."""
    until = max(today, course.pieces[0].stretch.begins_on)
    known = {window.n: window for window in course.windows}
    found = []
    for tile in schedules.tiles(course.stretches, until):
        window = known.get(tile.n)
        if window is None:
            window = _open(matter, course, tile, schedule.owes, by, at)
        elif window.ends_on != tile.ends_on:
            window = _cut(matter, window, tile, by, at)
        found.append(window)
    return found


def _open(
    matter: Matter, course: Running, tile: schedules.Window, owes: str, by: Viewer, at: datetime
) -> Opened:  # fmt: skip
    row = Window(
        id=uuid7(), matter=matter, course_id=course.id, n=tile.n, begins_on=tile.begins_on, ends_on=tile.ends_on,
        contacts=tile.contacts, in_person=tile.in_person, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    opened = Opened(row.id, row.n, row.begins_on, row.ends_on, row.contacts, row.in_person)
    if tile.is_cut:
        return _mark(matter, opened, Came.CUT, Count(), None, at)
    duty = _owe(matter, course, opened, owes, by, at)
    return _mark(matter, opened, Came.OPEN, Count(), duty, at)


def _owe(matter: Matter, course: Running, window: Opened, owes: str, by: Viewer, at: datetime) -> UUID:
    rule = rules.window_duty(owes, window.ends_on, matter.county)
    return owe(matter_id=matter.id, rule=rule, by=by, at=at, subject_id=course.person).id


def _cut(matter: Matter, window: Opened, tile: schedules.Window, by: Viewer, at: datetime) -> Opened:
    """The running window ends the day before the change; it asks for nothing more."""
    with connection.cursor() as cursor:
        cursor.execute(CUT_SQL, [window.id, tile.ends_on, tile.contacts, tile.in_person])
    shorter = replace(window, ends_on=tile.ends_on, contacts=tile.contacts, in_person=tile.in_person)
    if window.came == Came.MET:
        return shorter
    if window.duty:
        settle(
            matter_id=matter.id, duty_ids=[window.duty], because=events.CUT, state=DutyState.VOID, by=by, at=at
        )  # fmt: skip
    return _mark(matter, shorter, Came.CUT, window.count, None, at)


def _count(
    matter: Matter, course: Running, window: Opened, schedule: Schedule, made: Sequence[Made], today: date,
    by: Viewer, at: datetime,
) -> None:  # fmt: skip
    found = count(made, course.person, window.begins_on, window.ends_on, schedule.counts)
    is_over = window.ends_on < today
    came = found.came(window.contacts, window.in_person, is_over=is_over, effort=schedule.effort)
    if window.came == Came.CUT:
        came = Came.CUT
    if (came, found) == (window.came, window.count):
        return
    duty = window.duty
    if came in EVENT_OF and came != window.came and duty:
        settle(matter_id=matter.id, duty_ids=[duty], because=EVENT_OF[came], by=by, at=at)
    elif window.came in (Came.MET, Came.EFFORT) and came in (Came.OPEN, Came.SHORT):
        duty = _owe(matter, course, window, schedule.owes, by, at)
    _mark(matter, window, came, found, duty, at)


def _mark(
    matter: Matter, window: Opened, came: Came, found: Count, duty: UUID | None, at: datetime
) -> Opened:  # fmt: skip
    Mark.objects.bulk_create([
        Mark(
            id=uuid7(), matter=matter, window_id=window.id, n=window.mark + 1, came=came, reached=found.reached,
            in_person=found.in_person, tries=found.tries, duty_id=duty, at=at, recorded_at=clock.now(),
        )
    ])  # fmt: skip
    return replace(window, mark=window.mark + 1, came=came, count=found, duty=duty)
