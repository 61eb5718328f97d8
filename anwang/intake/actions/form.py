"""The written form after an oral report, and forms that somebody has not finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import write
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, policies, sealed
from anwang.intake.incoming import OriginalIn
from anwang.intake.models import Report, ReportDraft
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock

from .arriving import originals_of
from .concluding import add_supplement, conclude


@transaction.atomic
def complete_report_form(
    *,
    report_id: UUID,
    by: Viewer,
    at: datetime,
    text: str = "",
    originals: tuple[OriginalIn, ...] = (),
    is_the_form: bool = True,
) -> None:
    """More came in: the written form of an oral report (`is_the_form`), or anything else that belongs to it.

    What was said first stays as it was; this is added with its own time.
    """
    lock(report_id)
    policies.may_read(by, report_id).enforce()
    report = Report.objects.get(id=report_id)
    if not text.strip() and not originals:
        raise BadInput(_("請填補充的內容，或附上補來的通報表。"), field="text")
    if at > clock.now() or at < report.received_at:
        raise BadInput(_("收到的時間要在接獲之後、現在之前。"), field="at")
    if text.strip():
        add_supplement(report_id, text, at=at, by=by)
    write(*originals_of(report_id, originals, at=at, by=by))
    if is_the_form and report.form_received_at is None:
        Report.objects.filter(id=report_id).update(form_received_at=at)
        happened(matter_id=report_id, event=events.REPORT_FORM_RECEIVED, at=at, by=by, facts={"received_at": at})
    record("report.completed", by=by, at=at, matter_id=report_id, originals=len(originals), form=is_the_form)
    conclude(report, by=by, at=at)
    keep()


@transaction.atomic
def keep_draft(*, document: Mapping[str, object], by: Viewer, draft_id: UUID | None = None) -> ReportDraft:
    """Keep an unfinished form. Sealed, the worker's alone; nothing else is checked: saving is always possible."""
    if by.worker_id is None:
        raise BadInput(_("草稿要有填寫的人。"))
    now = clock.now()
    if draft_id is not None:
        changed = ReportDraft.objects.filter(id=draft_id, worker_id=by.worker_id, used_at=None)
        if changed.update(sealed=sealed.seal(document, "draft", draft_id), kept_at=now):
            return changed.get()
    draft = ReportDraft(id=uuid7(), worker_id=by.worker_id, started_at=now, kept_at=now)
    draft.sealed = sealed.seal(document, "draft", draft.id)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def read_draft(*, draft_id: UUID, by: Viewer) -> dict[str, object]:
    """What was filled in so far."""
    draft = ReportDraft.objects.filter(id=draft_id, worker_id=by.worker_id, used_at=None).first()
    if draft is None:
        raise NotFound(_("沒有這份草稿，可能已經送出。"))
    return dict(sealed.unseal(draft.sealed, "draft", draft.id))


@transaction.atomic
def let_draft_go(*, draft_id: UUID, by: Viewer) -> None:
    """The draft became a report, or is not wanted any more: its contents are emptied."""
    ReportDraft.objects.filter(id=draft_id, worker_id=by.worker_id, used_at=None).update(
        sealed=b"", used_at=clock.now()
    )
