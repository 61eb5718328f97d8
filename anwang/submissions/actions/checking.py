"""形式審查: complete, or sent back once with the list of what is missing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.submissions import events, rules, standing
from anwang.submissions.models import CallPart, Check, Filled, Submission
from anwang.submissions.states import SubmissionState

from .finding import known, locked, move


@transaction.atomic
def check(
    *, submission_id: UUID, missing: Collection[UUID], by: Viewer, words: str = "", back_due_on: date | None = None
) -> Check:
    """Complete when nothing is `missing`; otherwise sent back with the list and a day, once.

    After it was sent back once what is still missing is dealt with in the review, and the words say so.
    """
    standing.may_call(by).enforce()
    submission = locked(submission_id, SubmissionState.SENT)
    if not known(missing, CallPart.objects.filter(call_id=submission.call_id).values_list("id", flat=True)):
        raise BadInput(_("這次提報沒有這一項。"), field="missing")
    if missing:
        _check_back(submission, back_due_on)
    row = Check(
        id=uuid7(), submission=submission, is_complete=not missing, missing=sorted(set(missing)),
        words=words.strip(), back_due_on=back_due_on if missing else None, by=by.worker_id, at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    assert submission.task_id is not None
    at, complete = clock.now(), "no" if missing else "yes"
    happened(matter_id=submission.task_id, event=events.CHECKED, at=at, by=by, facts={"complete": complete})
    if back_due_on is not None and missing:
        facts = {"last_day_at": rules.last_day_at(back_due_on)}
        move(submission, SubmissionState.SENT_BACK, due_on=back_due_on)
        happened(matter_id=submission.id, event=events.SENT_BACK, at=at, by=by, facts=facts)
    else:
        move(submission, SubmissionState.COMPLETE)
    record("submission.checked", by=by, at=at, matter_id=submission.id, subject_id=row.id, complete=complete)
    keep()
    return row


def missing_of(submission: Submission) -> list[UUID]:
    """Required parts in which nothing stands: what a check would find by itself."""
    filled = Filled.objects.filter(submission=submission).values("part_id")
    parts = CallPart.objects.filter(call_id=submission.call_id, is_required=True).exclude(id__in=filled)
    return list(parts.order_by("position").values_list("id", flat=True))


def _check_back(submission: Submission, back_due_on: date | None) -> None:
    if Check.objects.filter(submission=submission, is_complete=False).exists():
        raise Refused(_("已經退回補正過一次。仍缺的請寫進審查意見。"))
    if back_due_on is None or back_due_on <= clock.today():
        raise BadInput(_("請填補正的期限，要在今天之後。"), field="back_due_on")
