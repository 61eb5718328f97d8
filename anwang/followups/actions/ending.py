"""A course ends: with its case or subject, or before, for a coded reason."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.models import Effort
from anwang.followups import events, policies, rules
from anwang.followups.course import Running, contacts
from anwang.followups.models import CourseEnd
from anwang.followups.states import Came
from anwang.foundation import clock
from anwang.foundation.days import Length, due
from anwang.foundation.errors import BadInput, Conflict
from anwang.matters.actions import settle
from anwang.matters.models import Matter
from anwang.matters.promises import keep
from anwang.matters.states import DutyState

from .looking import readable_course, settle_look
from .rolling import roll_course

RECORDS_NEEDED = "refusal.records_needed"


@transaction.atomic
def end_course(*, course_id: UUID, reason: str, words: str, by: Viewer, at: datetime) -> None:
    """End contacts by schedule while the case goes on. Closing the case is a review of its own.

    `reason` is a code of `followup.ended`. Time served needs the least time to be over; a refusal needs its records, a
    word on the case discussion and the supervisor. Raises Refused, BadInput, Conflict.
    """
    matter, course = readable_course(course_id)
    entry = rules.code(rules.ENDED, reason)
    if entry is None:
        raise BadInput(_("清單裡沒有這個選項，請重選。"), field="reason")
    if course.is_ended:
        raise Conflict(_("這個期程剛剛已經結束。請重新整理看最新情形。"))
    if entry.marks.get("refusals") == "yes" and not words.strip():
        raise BadInput(_("請寫個案討論的日期和結論。"), field="words")
    today = clock.today()
    policies.may_end(
        by, matter.id, entry, least_on=least_on(course, matter.county), today=today,
        refusals=Effort.objects.filter(matter=matter, refused=True).count(),
        wanted=rules.whole_number(RECORDS_NEEDED, today, matter.county),
    ).enforce()  # fmt: skip
    roll_course(matter, course, contacts(matter.id), by=by, at=at)
    finish(matter, readable_course(course_id)[1], because=reason, words=words.strip(), by=by, at=at)
    record("followup.ended", by=by, at=at, matter_id=matter.id, course=course_id, reason=reason)
    keep()


def finish(matter: Matter, course: Running, *, because: str, by: Viewer, at: datetime, words: str = "") -> None:
    """Write the end; what still runs is owed no more. Internal to this room."""
    settle_look(matter, course, by, at)
    running = [one.duty for one in course.windows if one.duty and one.came in (Came.OPEN, Came.SHORT)]
    settle(matter_id=matter.id, duty_ids=running, because=events.CUT, state=DutyState.VOID, by=by, at=at)
    CourseEnd.objects.bulk_create([
        CourseEnd(
            course_id=course.id, matter=matter, last_on=max(clock.local(at).date(), course.origin_on),
            because=because, words=words, by=by.worker_id, at=at, recorded_at=clock.now(),
        )
    ])  # fmt: skip


def least_on(course: Running, county: str) -> date | None:
    """The last day of the least time of a course; None where its schedule has none."""
    version = rules.handle_of(course.rule_id).latest(clock.today(), county)
    if version is None or not version.content.least:
        return None
    start = datetime.combine(course.origin_on, time(12), clock.TAIPEI)
    day = clock.local(due(start, Length.parse(version.content.least))).date()
    return date.fromordinal(day.toordinal() - 1)
