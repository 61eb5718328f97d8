"""Calling a meeting, inviting to it, answering, moving it, calling it off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences import events, policies, rules
from anwang.conferences.models import Invitation, Meeting
from anwang.conferences.states import Answer, AnsweredHow, MeetingState, Side
from anwang.directory.models import Appointment, Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind

from .sharing import share


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What, when, where, who chairs. `title` names no family."""

    sort: str
    title: str
    meets_at: datetime
    ends_at: datetime
    chair_id: UUID
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom to invite: a worker with an account, a unit without one, or a guest; on which side, to which items."""

    side: str
    worker_id: UUID | None = None
    unit_id: UUID | None = None
    guest: str = ""
    side_because: str = ""
    items: Collection[UUID] = ()


@transaction.atomic
def call_meeting(*, planned: Planned, by: Viewer, at: datetime) -> Meeting:
    """Open a meeting; whoever calls it keeps its record until another takes it over (改派)."""
    policies.may_call(by).enforce()
    _check(planned, at)
    assert by.unit_id is not None
    opened = open_matter(
        kind=MatterKind.MEETING, county=by.county, accountable_id=by.unit_id, acting=Holder(by.unit_id, by.worker_id),
        opened_at=at, event=events.MEETING_CALLED, facts={"meets_at": planned.meets_at, "sort": planned.sort}, by=by,
        sort=planned.sort,
    )  # fmt: skip
    meeting = Meeting(
        id=opened.id, sort=planned.sort, title=planned.title.strip(), place=planned.place.strip(),
        meets_at=planned.meets_at, ends_at=planned.ends_at, chair_id=planned.chair_id, recorded_at=clock.now(),
    )  # fmt: skip
    meeting.save(force_insert=True)
    share(meeting, by=by, at=at)
    record("meeting.called", by=by, at=at, matter_id=opened.id, sort=planned.sort)
    keep()
    return meeting


@transaction.atomic
def invite(*, meeting_id: UUID, asked: Asked, by: Viewer, at: datetime) -> Invitation:
    """Ask somebody to come. An account reads what its side may; a guest gets the sheet of his side on paper."""
    meeting = kept(meeting_id, by, MeetingState.PLANNED, MeetingState.HELD)
    _check_asked(asked)
    if asked.worker_id and Invitation.objects.filter(
        meeting=meeting, worker_id=asked.worker_id, withdrawn_at=None
    ).exists():  # fmt: skip
        raise Conflict(_("已經邀請過這位同仁。"))
    invitation = Invitation(
        id=uuid7(), meeting=meeting, worker_id=asked.worker_id, unit_id=asked.unit_id or _unit_of(asked.worker_id),
        guest=asked.guest.strip(), side=asked.side, side_because=asked.side_because.strip(), items=list(asked.items),
        asked_at=at, asked_by=by.worker_id,
    )  # fmt: skip
    invitation.save(force_insert=True)
    share(meeting, by=by, at=at)
    happened(matter_id=meeting.id, event=events.MEETING_INVITED, at=at, by=by)
    record("meeting.invited", by=by, at=at, matter_id=meeting.id, side=asked.side)
    keep()
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation_id: UUID, by: Viewer, at: datetime) -> None:
    """He need not come; what he read because of it he reads no more."""
    invitation = _invitation(invitation_id)
    meeting = kept(invitation.meeting_id, by, MeetingState.PLANNED)
    Invitation.objects.filter(id=invitation_id).update(withdrawn_at=at)
    share(meeting, by=by, at=at)
    record("meeting.invitation_withdrawn", by=by, at=at, matter_id=meeting.id)
    keep()


@transaction.atomic
def answer(*, invitation_id: UUID, says: str, words: str = "", by: Viewer, at: datetime) -> None:
    """Whoever was invited says how he takes part."""
    invitation = _invitation(invitation_id)
    if invitation.worker_id not in by.acts_as:
        raise NotFound(_("這不是給你的開會通知。"))
    _answered(invitation, says, words, AnsweredHow.SYSTEM, by, at)


@transaction.atomic
def answer_for(*, invitation_id: UUID, says: str, how: str, words: str, by: Viewer, at: datetime) -> None:
    """An answer that came by telephone or letter, entered by whoever keeps the record; `words` name who said it."""
    invitation = _invitation(invitation_id)
    kept(invitation.meeting_id, by, MeetingState.PLANNED)
    if how not in (AnsweredHow.PHONE, AnsweredHow.LETTER) or not words.strip():
        raise BadInput(_("請寫誰回覆的、電話或文號。"), field="words")
    _answered(invitation, says, words, AnsweredHow(how), by, at)


@transaction.atomic
def move_meeting(
    *, meeting_id: UUID, meets_at: datetime, ends_at: datetime, place: str, by: Viewer, at: datetime
) -> None:
    """Another time or place. Answers given to the former time are asked for again."""
    meeting = kept(meeting_id, by, MeetingState.PLANNED)
    if not at < meets_at < ends_at:
        raise BadInput(_("開會時間要在現在之後，結束要晚於開始。"), field="meets_at")
    is_moved = meets_at != meeting.meets_at
    meeting.meets_at, meeting.ends_at, meeting.place = meets_at, ends_at, place.strip()
    meeting.save(update_fields=["meets_at", "ends_at", "place"])
    if is_moved:
        Invitation.objects.filter(meeting=meeting).update(
            answer=Answer.WAITING, answered_at=None, answered_how="", answer_words=""
        )
    share(meeting, by=by, at=at)
    record("meeting.moved", by=by, at=at, matter_id=meeting.id, meets_at=meets_at.isoformat())
    keep()


@transaction.atomic
def call_off(*, meeting_id: UUID, by: Viewer, at: datetime) -> None:
    """It does not take place: nobody reads its papers any more."""
    meeting = kept(meeting_id, by, MeetingState.PLANNED)
    meeting.state = MeetingState.CALLED_OFF
    meeting.save(update_fields=["state"])
    share(meeting, by=by, at=at)
    end_matter(matter_id=meeting.id, how="called_off", at=at, by=by)
    record("meeting.called_off", by=by, at=at, matter_id=meeting.id)
    keep()


def kept(meeting_id: UUID, by: Viewer, *states: MeetingState) -> Meeting:
    """The meeting, locked, in one of these states, for whoever keeps it. Conflict when somebody was faster."""
    meeting = Meeting.objects.filter(id=meeting_id).first()
    if meeting is None:
        raise NotFound(_("查無這場會議。請確認編號。"))
    matter = lock(meeting_id)
    policies.may_keep(by, matter, meeting.chair_id).enforce()
    meeting.refresh_from_db()
    if meeting.state not in states:
        raise Conflict(_("這場會議剛剛已經到下一步。請重新整理看最新情形。"))
    return meeting


def _answered(invitation: Invitation, says: str, words: str, how: AnsweredHow, by: Viewer, at: datetime) -> None:
    if says not in Answer.values or not says:
        raise BadInput(_("請選要不要參加。"), field="says")
    if Meeting.objects.filter(id=invitation.meeting_id).exclude(state=MeetingState.PLANNED).exists():
        raise Conflict(_("會議已經開過或取消，不用再回覆。"))
    Invitation.objects.filter(id=invitation.id).update(
        answer=says, answered_at=at, answered_how=how, answer_words=words.strip()
    )
    record("meeting.answered", by=by, at=at, matter_id=invitation.meeting_id, says=says, how=how)


def _invitation(invitation_id: UUID) -> Invitation:
    found = Invitation.objects.filter(id=invitation_id, withdrawn_at=None).first()
    if found is None:
        raise NotFound(_("查無這份開會通知。"))
    return found


def _check(planned: Planned, at: datetime) -> None:
    if rules.code(rules.SORT, planned.sort, clock.local(at).date()) is None:
        raise BadInput(_("請選是哪一種會議。"), field="sort")
    if not planned.title.strip():
        raise BadInput(_("請填會議名稱，不要寫個案姓名。"), field="title")
    if planned.ends_at <= planned.meets_at:
        raise BadInput(_("結束時間要晚於開始時間。"), field="ends_at")
    if not Appointment.objects.filter(worker_id=planned.chair_id, ended_at=None, unit__is_public=True).exists():
        raise BadInput(_("主持人要是公務單位的人。"), field="chair")


def _check_asked(asked: Asked) -> None:
    if asked.side not in Side.values:
        raise BadInput(_("請選他看哪一側。"), field="side")
    if not (asked.worker_id or asked.unit_id or asked.guest.strip()):
        raise BadInput(_("請選要邀請誰。"), field="who")
    if asked.side != Side.BRIDGE:
        return
    if not asked.side_because.strip():
        raise BadInput(_("請寫為什麼他要看兩側。"), field="side_because")
    post = Appointment.objects.filter(worker_id=asked.worker_id, ended_at=None).select_related("unit").first()
    policies.may_be_invited_to_both(post.role if post else "", post is not None and post.unit.is_public).enforce()


def _unit_of(worker_id: UUID | None) -> UUID | None:
    if worker_id is None:
        return None
    found = Unit.objects.filter(
        id__in=Appointment.objects.filter(worker_id=worker_id, ended_at=None).values("unit_id")
    ).first()  # fmt: skip
    return found.id if found else None
