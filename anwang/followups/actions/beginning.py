"""A course begins, or goes on at another level."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.enactments.queries import held
from anwang.followups import policies, rules
from anwang.followups.course import Running, contacts, standing
from anwang.followups.models import Course
from anwang.followups.states import BY_HAND, Because
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Version

from .looking import first_look
from .rolling import add_stretch, roll_course

ONE_DAY = timedelta(days=1)


@transaction.atomic
@held()
def set_level(
    *, matter_id: UUID, group: str, level: str, by: Viewer, at: datetime, person_id: UUID | None = None,
    reason: str = "",
) -> UUID:  # fmt: skip
    """Put somebody (without: the family) of a case on a level of a group of schedules; gives the course.

    Begins the course when none runs: its first window begins the day after `at`. Otherwise changes it, with a `reason`,
    from the day of `at` on: the running window is cut the day before, what is over stays. A level whose frequency
    nobody set is refused with who must set it. Raises Refused, BadInput, Conflict (case ended).
    """
    policies.may_work(by, matter_id).enforce()
    matter = lock(matter_id)
    version = _of_level(matter, group, level, at)
    running = standing(matter_id).running(group, person_id)
    if not running:
        course_id = begin_course(matter, version, person_id, at=at, because=BY_HAND, by=by, reason=reason)
    else:
        for course in running:
            _change(matter, course, version, at=at, by=by, reason=reason)
        course_id = running[-1].id
    record("followup.level_set", by=by, at=at, matter_id=matter_id, subject_id=person_id, rule=version.rule_id)
    keep()
    return course_id


@transaction.atomic
@held()
def begin(
    *, matter_id: UUID, schedule: str, by: Viewer, at: datetime, person_id: UUID | None = None, reason: str = ""
) -> UUID:
    """Begin a course by hand, under the schedule with this rule id; gives the course.

    Refused while one of the same group runs for the same person, unless a further episode is what it knows.
    """
    policies.may_work(by, matter_id).enforce()
    matter = lock(matter_id)
    version = rules.in_force(schedule, clock.local(at).date(), matter.county)
    if version is None:
        raise BadInput(_("這一天沒有這個期程。請從清單重選。"), field="schedule")
    if standing(matter_id).running(version.content.group, person_id) and not version.content.again:
        raise Refused(_("同一種期程已經在進行。要改級別，請用改變級別。"))
    course_id = begin_course(matter, version, person_id, at=at, because=BY_HAND, by=by, reason=reason)
    record("followup.begun", by=by, at=at, matter_id=matter_id, subject_id=person_id, rule=schedule)
    keep()
    return course_id


def begin_course(
    matter: Matter, version: Version[Schedule], person_id: UUID | None, *, at: datetime, because: str, by: Viewer,
    reason: str = "",
) -> UUID:  # fmt: skip
    """Write a course counted from the day of `at`, open its first window. Internal to this room."""
    policies.is_set(version).enforce()
    _check_time(at)
    origin, content = clock.local(at).date(), version.content
    same = [one for one in standing(matter.id).courses if (one.group, one.person) == (content.group, person_id)]
    course = Course(
        id=uuid7(), matter=matter, person_id=person_id, group=content.group, origin_on=origin,
        episode=max((one.episode for one in same), default=0) + 1, began_because=because, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    course.save(force_insert=True)
    running = Running(course.id, person_id, content.group, course.episode, origin, False, (), (), None)
    running = add_stretch(
        matter, running, version, origin + ONE_DAY, origin, because=Because.BEGUN, reason=reason.strip(), at=at, by=by
    )  # fmt: skip
    roll_course(matter, running, contacts(matter.id), by=by, at=clock.now())
    if content.review_every:
        first_look(matter, course.id, origin, content.review_every, by=by, at=at)
    return course.id


def _change(
    matter: Matter, course: Running, version: Version[Schedule], *, at: datetime, by: Viewer, reason: str
) -> None:
    if course.rule_id == version.rule_id:
        return
    if not reason.strip():
        raise BadInput(_("請寫為什麼改級別。"), field="reason")
    policies.is_set(version).enforce()
    _check_time(at)
    today, last = clock.today(), course.pieces[-1].stretch.begins_on
    begins = max(clock.local(at).date(), course.first_free(today), last)
    course = add_stretch(
        matter, course, version, begins, begins - ONE_DAY, because=Because.LEVEL, reason=reason.strip(), at=at, by=by
    )  # fmt: skip
    roll_course(matter, course, contacts(matter.id), by=by, at=clock.now())


def _of_level(matter: Matter, group: str, level: str, at: datetime) -> Version[Schedule]:
    version = rules.of_level(group, level, _day(at), matter.county)
    if version is None:
        raise BadInput(_("這一天沒有這個級別。請從清單重選。"), field="level")
    policies.is_set(version).enforce()
    return version


def _check_time(at: datetime) -> None:
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填實際的時間。"), field="at")


def _day(at: datetime) -> date:
    return clock.local(at).date()
