"""The front line comments, the authors answer each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.lab import policies, rules
from anwang.lab.models import Answer, Comment
from anwang.lab.states import DraftState, Taken

from .drafting import locked


@transaction.atomic
def comment(*, draft_id: UUID, text: str, by: Viewer, at: datetime) -> Comment:
    """What somebody says of a draft that is open; kept as written, answered within the time of the rule on drafts."""
    row = locked(draft_id)
    policies.may_comment(by, row, at).enforce()
    if not text.strip():
        raise BadInput(_("請寫你的意見。"), field="text")
    assert by.worker_id is not None
    found = Comment(
        id=uuid7(), draft=row, text=text.strip(), by_id=by.worker_id, unit_id=by.unit_id,
        answer_due_at=rules.answer_due(at, row.county), recorded_at=clock.now(),
    )  # fmt: skip
    found.save(force_insert=True)
    record("draft.commented", by=by, at=at, subject_id=row.id, comment=found.id)
    return found


@transaction.atomic
def answer(*, comment_id: UUID, taken: str, text: str, by: Viewer, at: datetime) -> Answer:
    """What the authors made of it, with the reason. Once; a further word is a further comment."""
    found = Comment.objects.filter(id=comment_id).first()
    if found is None:
        raise NotFound(_("沒有這則意見。請重新整理再看。"))
    row = locked(found.draft_id)
    policies.may_write(by, row).enforce()
    if row.state not in (DraftState.OPEN, DraftState.DRAFT):
        raise Conflict(_("草案已經送核准，不再回覆意見。"))
    if taken not in Taken.values or not text.strip():
        raise BadInput(_("請選怎麼處理，並寫理由。"), field="text" if taken in Taken.values else "taken")
    if Answer.objects.filter(comment_id=comment_id).exists():
        raise Conflict(_("這則意見已經回覆過了。"))
    assert by.worker_id is not None
    reply = Answer(comment=found, taken=taken, text=text.strip(), by_id=by.worker_id, recorded_at=clock.now())
    reply.save(force_insert=True)
    record("draft.answered", by=by, at=at, subject_id=row.id, comment=comment_id, taken=taken)
    return reply
