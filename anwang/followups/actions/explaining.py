"""Why a window fell short, or all of a course at once. Asked, never forced; the number stays as it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.followups import events, policies, rules
from anwang.followups.models import Course, Mark, Shortfall, Window
from anwang.followups.states import Came
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import settle
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock

FELL_SHORT = (Came.SHORT, Came.EFFORT)
"""Fewer contacts than owed; effort stands for the rest where the schedule says so, and may be explained too."""


@transaction.atomic
def explain(*, window_id: UUID, reason: str, by: Viewer, at: datetime, words: str = "") -> None:
    """Say why a window that is over had fewer contacts than owed (`followup.shortfall`); its duty ends with that."""
    window = Window.objects.filter(id=window_id).first()
    if window is None:
        raise NotFound(_("查無這一期。"))
    policies.may_work(by, window.matter_id).enforce()
    matter = lock(window.matter_id)
    _check(reason)
    last = Mark.objects.filter(window=window).order_by("-n").first()
    if last is None or last.came not in FELL_SHORT:
        raise Conflict(_("這一期沒有次數不足。請重新整理看最新情形。"))
    _say(matter, [last], reason, words, by, at)
    record("followup.explained", by=by, at=at, matter_id=matter.id, window=window_id, reason=reason)
    keep()


@transaction.atomic
def explain_all(*, course_id: UUID, reason: str, by: Viewer, at: datetime, words: str = "") -> int:
    """One reason for every window of a course of which nobody said yet why it fell short; how many there were.

    Windows with a reason of their own and those that still run stay as they are.
    """
    row = Course.objects.filter(id=course_id).first()
    if row is None:
        raise NotFound(_("查無這個期程。"))
    policies.may_work(by, row.matter_id).enforce()
    matter = lock(row.matter_id)
    _check(reason)
    marks = Mark.objects.filter(window__course_id=course_id).order_by("window_id", "-n").distinct("window_id")
    told = set(Shortfall.objects.filter(matter=matter).values_list("window_id", flat=True))
    short = [one for one in marks if one.came in FELL_SHORT and one.window_id not in told]
    if not short:
        raise Conflict(_("沒有還沒說原因的期間。請重新整理看最新情形。"))
    _say(matter, short, reason, words, by, at)
    record("followup.explained_all", by=by, at=at, matter_id=matter.id, course=course_id, reason=reason, n=len(short))
    keep()
    return len(short)


def _check(reason: str) -> None:
    if rules.code(rules.SHORTFALL, reason) is None:
        raise BadInput(_("清單裡沒有這個選項，請重選。"), field="reason")


def _say(matter: Matter, marks: list[Mark], reason: str, words: str, by: Viewer, at: datetime) -> None:
    Shortfall.objects.bulk_create([
        Shortfall(
            id=uuid7(), matter=matter, window_id=one.window_id, reason=reason, words=words.strip(), by=by.worker_id,
            at=at, recorded_at=clock.now(),
        )
        for one in marks
    ])  # fmt: skip
    duties = [one.duty_id for one in marks if one.duty_id]
    if duties:
        settle(matter_id=matter.id, duty_ids=duties, because=events.EXPLAINED, by=by, at=at)
