"""Before the approvers: handed on when every comment is answered, approved by two, sent back or given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.steering import NATION, standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.enactments.actions import enact
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.lab import policies, writing
from anwang.lab.models import Answer, Approval, Comment, Draft
from anwang.lab.states import DraftState

from .drafting import locked, refuse_faults, to_state


@transaction.atomic
def hand_on(*, draft_id: UUID, by: Viewer, at: datetime) -> Draft:
    """To the approvers: when the time to comment is over and every comment has an answer."""
    row = locked(draft_id)
    policies.may_write(by, row).enforce()
    to_state(row, DraftState.DECIDING)
    if row.comment_until is not None and at < row.comment_until:
        raise Refused(_("徵詢期間還沒有結束，第一線還可以提意見。"))
    if waiting := unanswered(row):
        raise Refused(
            ngettext("還有%(n)d則意見沒有回覆。請先逐則回覆。", "還有%(n)d則意見沒有回覆。請先逐則回覆。", waiting)
            % {"n": waiting}
        )
    refuse_faults(row, at)
    row.save(update_fields=["state"])
    record("draft.handed_on", by=by, at=at, subject_id=row.id, rule=row.rule_id)
    return row


@transaction.atomic
def approve(*, draft_id: UUID, by: Viewer, at: datetime) -> Draft:
    """One of the two. With the second the change is enacted: in force from its day, the version before stays."""
    row = locked(draft_id)
    earlier = approved(row)
    policies.may_approve(by, row, earlier, clock.local(at).date()).enforce()
    refuse_faults(row, at)
    assert by.worker_id is not None
    as_chief = policies.is_chief_for(by, row, standing(by).reach or "")
    Approval(
        id=uuid7(), draft=row, round=row.round, by_id=by.worker_id, author_id=row.author_id, as_chief=as_chief,
        recorded_at=clock.now(),
    ).save(force_insert=True)  # fmt: skip
    record("draft.approved", by=by, at=at, subject_id=row.id, as_chief=as_chief)
    if earlier:
        to_state(row, DraftState.ENACTED)
        row.ended_at = at
        row.save(update_fields=["state", "ended_at"])
        enact(
            rule_id=row.rule_id, county=row.county, body=writing.body_of(row), proposed_by=row.author_id,
            approved_by=(earlier[0][0], by.worker_id), draft_id=row.id, by=by, at=at,
        )  # fmt: skip
    return row


@transaction.atomic
def send_back(*, draft_id: UUID, because: str, by: Viewer, at: datetime) -> Draft:
    """An approver wants it otherwise: back to its author, who opens it anew. Approvals of this round are void."""
    row = locked(draft_id)
    mine = standing(by).reach
    if mine is None or mine not in (row.county, NATION):
        raise Refused(_("退回由可以核准的人做。"))
    to_state(row, DraftState.DRAFT)
    if not because.strip():
        raise BadInput(_("請寫為什麼退回，要改什麼。"), field="because")
    row.round, row.ended_because = row.round + 1, because.strip()
    row.save(update_fields=["state", "round", "ended_because"])
    record("draft.sent_back", by=by, at=at, subject_id=row.id, round=row.round)
    return row


@transaction.atomic
def withdraw(*, draft_id: UUID, because: str, by: Viewer, at: datetime) -> Draft:
    """Given up, with a reason; it stays readable for who could read it."""
    row = locked(draft_id)
    policies.may_write(by, row).enforce()
    to_state(row, DraftState.WITHDRAWN)
    if not because.strip():
        raise BadInput(_("請寫為什麼不提了。"), field="because")
    row.ended_at, row.ended_because = at, because.strip()
    row.save(update_fields=["state", "ended_at", "ended_because"])
    record("draft.withdrawn", by=by, at=at, subject_id=row.id)
    return row


def approved(row: Draft) -> tuple[tuple[UUID, bool], ...]:
    """Who has approved in this round, and whether as chief; the first one first. Internal to this room."""
    rows = Approval.objects.filter(draft=row, round=row.round).order_by("recorded_at", "id")
    return tuple(rows.values_list("by_id", "as_chief"))


def unanswered(row: Draft) -> int:
    """Comments without an answer. Internal to this room."""
    return Comment.objects.filter(draft=row).exclude(id__in=Answer.objects.values("comment_id")).count()
