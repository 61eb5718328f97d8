"""A worker's notes to himself. They answer for nothing and are read by nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Reminder


@transaction.atomic
def remind_me(*, words: str, remind_at: datetime, by: Viewer, matter_id: UUID | None = None) -> Reminder:
    """Beside the duties. Not audited: it is nobody's business."""
    if not words.strip():
        raise BadInput(_("請寫要提醒自己什麼。"), field="words")
    return Reminder.objects.create(
        id=uuid7(), worker_id=by.worker_id, matter_id=matter_id, words=words.strip(), remind_at=remind_at,
        recorded_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def tick_reminder(*, reminder_id: UUID, by: Viewer) -> None:
    """Done with it."""
    changed = Reminder.objects.filter(id=reminder_id, worker_id=by.worker_id, done_at=None).update(done_at=clock.now())
    if not changed:
        raise Conflict(_("這個提醒已經勾掉了。"))
