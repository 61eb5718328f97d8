"""展延: asked with a reason, decided by another, or granted to every county at once. The first day stays."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.submissions import events, rules, standing
from anwang.submissions.models import Call, Extension, Submission
from anwang.submissions.states import ExtensionState, SubmissionState

from .finding import locked


@transaction.atomic
def ask_extension(*, submission_id: UUID, new_due_on: date, reason: str, by: Viewer) -> Extension:
    """A county asks for a later day; until it is granted the old one counts."""
    submission = locked(submission_id, SubmissionState.AWAITED)
    standing.may_write(by, submission.county).enforce()
    _check(submission.due_on, new_due_on, reason)
    if Extension.objects.filter(submission=submission, state=ExtensionState.ASKED).exists():
        raise Conflict(_("已經申請展延，正在等答覆。"))
    extension = _row(
        submission.call, submission, new_due_on, reason, f"{by.unit_name}（{by.name}）", clock.now(), by.worker_id
    )
    extension.save(force_insert=True)
    record("submission.extension_asked", by=by, at=clock.now(), matter_id=submission.id, subject_id=extension.id)
    return extension


@transaction.atomic
def decide_extension(*, extension_id: UUID, granted: bool, answer: str, by: Viewer) -> Extension:
    """同意或不同意: by a chief of the ministry, with the letter or the reason. Granted, the new day counts at once."""
    extension = Extension.objects.select_for_update().filter(id=extension_id).first()
    if extension is None or extension.submission_id is None:
        raise NotFound(_("查無這件展延。"))
    standing.may_decide(by, extension.asked_by_worker).enforce()
    if extension.state != ExtensionState.ASKED:
        raise Conflict(_("這件展延已經答覆過。"))
    if not answer.strip():
        raise BadInput(_("請寫同意的文號或會議，或不同意的理由。"), field="answer")
    submission = locked(extension.submission_id)
    state = ExtensionState.GRANTED if granted else ExtensionState.REFUSED
    Extension.objects.filter(id=extension.id).update(
        state=state, decided_by=by.worker_id, decided_at=clock.now(), answer=answer.strip()
    )
    if granted and submission.state == SubmissionState.AWAITED:
        _put_off(submission, extension.new_due_on, by)
    record("submission.extension_decided", by=by, at=clock.now(), matter_id=submission.id,
           subject_id=extension.id, granted=granted)  # fmt: skip
    keep()
    extension.refresh_from_db()
    return extension


@transaction.atomic
def extend_all(
    *, call_id: UUID, new_due_on: date, asked_by: str, asked_at: datetime, reason: str, answer: str, by: Viewer
) -> Extension:
    """展延全部縣市, as a meeting grants it: who asked there, why, and where it was granted.

    Whoever has not sent yet gets the new day; an extension that already goes further stays.
    """
    standing.may_decide(by).enforce()
    call = Call.objects.select_for_update().filter(id=call_id, published_at__isnull=False).first()
    if call is None:
        raise NotFound(_("查無這次提報。"))
    _check(call.due_on, new_due_on, reason)
    if not asked_by.strip() or not answer.strip():
        raise BadInput(_("請寫誰請求展延，和同意的會議或文號。"), field="asked_by")
    if asked_at > clock.now():
        raise BadInput(_("請求的時間不能在未來。"), field="asked_at")
    extension = _row(call, None, new_due_on, reason, asked_by.strip(), asked_at, None)
    extension.state, extension.answer = ExtensionState.GRANTED, answer.strip()
    extension.decided_by, extension.decided_at = by.worker_id, clock.now()
    extension.save(force_insert=True)
    waiting = Submission.objects.select_for_update().filter(call=call, state=SubmissionState.AWAITED)
    for submission in waiting.filter(due_on__lt=new_due_on).order_by("id"):
        _put_off(submission, new_due_on, by)
    record("submission.extended_for_all", by=by, at=clock.now(), subject_id=extension.id, call=call.id)
    keep()
    return extension


def _row(
    call: Call, submission: Submission | None, new_due_on: date, reason: str, asked_by: str, asked_at: datetime,
    worker_id: UUID | None,
) -> Extension:  # fmt: skip
    return Extension(
        id=uuid7(), call=call, submission=submission, asked_by=asked_by[:80], asked_at=asked_at,
        asked_by_worker=worker_id, reason=reason.strip(), new_due_on=new_due_on,
        old_due_on=submission.due_on if submission else call.due_on, recorded_at=clock.now(),
    )  # fmt: skip


def _check(old: date, new: date, reason: str) -> None:
    if new <= old:
        raise BadInput(_("新的期限要比現在的期限晚。"), field="new_due_on")
    if new <= clock.today():
        raise BadInput(_("新的期限要在今天之後。"), field="new_due_on")
    if not reason.strip():
        raise BadInput(_("請寫為什麼要展延。"), field="reason")


def _put_off(submission: Submission, day: date, by: Viewer) -> None:
    """The new day on the county's list; the old duty is void."""
    Submission.objects.filter(id=submission.id).update(due_on=day)
    facts = {"last_day_at": rules.last_day_at(day)}
    happened(matter_id=submission.id, event=events.EXTENDED, at=clock.now(), by=by, facts=facts)
