"""Looking at a long course: whether it still fits. Never a term for closing."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.followups import events, policies, rules
from anwang.followups.course import Running, standing
from anwang.followups.models import Course, Look
from anwang.foundation import clock
from anwang.foundation.days import Length, due
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import owe, settle
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock


@transaction.atomic
def stay_long(*, course_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """長期陪伴: the relationship is a long one. It is looked at every so often; nobody presses for its end."""
    matter, course = readable_course(course_id)
    policies.may_agree(by, matter.id).enforce()
    if not reason.strip():
        raise BadInput(_("請寫為什麼要長期陪伴。"), field="reason")
    _settle_look(matter, course, by, at)
    every = rules.word(rules.LONG_REVIEW, clock.local(at).date(), matter.county)
    _plan_look(matter, course.id, course.look.n if course.look else 0, clock.local(at).date(), every, by=by, at=at,
               is_long=True, reason=reason.strip())  # fmt: skip
    record("followup.stays_long", by=by, at=at, matter_id=matter.id, course=course_id)
    keep()


@transaction.atomic
def look_at(*, course_id: UUID, words: str, by: Viewer, at: datetime, still_long: bool = True) -> None:
    """Somebody looked at the course: what he found stands in `words`; the next look is planned from today.

    `still_long` takes the long relationship back when it is not one any more.
    """
    matter, course = readable_course(course_id)
    policies.may_work(by, matter.id).enforce()
    if not words.strip():
        raise BadInput(_("請寫檢視的結果。"), field="words")
    _settle_look(matter, course, by, at)
    is_long = bool(course.look and course.look.is_long) and still_long
    day = clock.local(at).date()
    version = rules.in_force(course.rule_id, day, matter.county)
    every = rules.word(rules.LONG_REVIEW, day, matter.county) if is_long or version is None else ""
    every = every or (version.content.review_every if version else "")
    if every:
        _plan_look(matter, course.id, course.look.n if course.look else 0, day, every, by=by, at=at, is_long=is_long,
                   reason=words.strip())  # fmt: skip
    record("followup.looked_at", by=by, at=at, matter_id=matter.id, course=course_id)
    keep()


def first_look(matter: Matter, course_id: UUID, origin: date, every: str, *, by: Viewer, at: datetime) -> None:
    """Plan the first look of a course. Internal to this room."""
    _plan_look(matter, course_id, 0, origin, every, by=by, at=at, is_long=False, reason="")


def settle_look(matter: Matter, course: Running, by: Viewer, at: datetime) -> None:
    """Nothing is looked at any more. Internal to this room."""
    _settle_look(matter, course, by, at)


def readable_course(course_id: UUID) -> tuple[Matter, Running]:
    """The course with its open case, locked, when whoever is looking may know of it. Internal to this room."""
    row = Course.objects.filter(id=course_id).values_list("matter_id", flat=True).first()
    if row is None:
        raise NotFound(_("查無這個期程。"))
    matter = lock(row)
    return matter, next(one for one in standing(matter.id).courses if one.id == course_id)


def _settle_look(matter: Matter, course: Running, by: Viewer, at: datetime) -> None:
    if course.look and not course.look.is_done:
        settle(matter_id=matter.id, duty_ids=[course.look.duty], because=events.REVIEWED, by=by, at=at)


def _plan_look(
    matter: Matter, course_id: UUID, n: int, after: date, every: str, *, by: Viewer, at: datetime, is_long: bool,
    reason: str,
) -> None:  # fmt: skip
    start = datetime.combine(after, time(), clock.TAIPEI)
    due_on = clock.local(due(start, Length.parse(every))).date()
    due_on = date.fromordinal(due_on.toordinal() - 1)
    duty = owe(matter_id=matter.id, rule=rules.review_duty(due_on, matter.county), by=by, at=at)
    Look.objects.bulk_create([
        Look(
            id=uuid7(), matter=matter, course_id=course_id, n=n + 1, due_on=due_on, duty=duty, is_long=is_long,
            reason=reason, by=by.worker_id, at=at, recorded_at=clock.now(),
        )
    ])  # fmt: skip
