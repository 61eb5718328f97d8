"""Holding a meeting, its minutes per side, confirming them, telling those who did not come, closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences import events, rules
from anwang.conferences.models import Invitation, Meeting, Minute, Part
from anwang.conferences.states import MeetingState
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened
from anwang.matters.models import Matter
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind

from .calling import kept
from .sharing import PARTS_SQL, share

LISTED_SQL = "SELECT conferences_listed_on(%s)"
SILENT_SQL = "SELECT conferences_silent_parts(%s)"
Came = Mapping[UUID, tuple[str, str]]
"""Invitation → (code of `meeting.attendance`, who came in his place)."""


@dataclass(frozen=True)
class Held:
    """From when to when it was held, and who came how."""

    held_at: datetime
    over_at: datetime
    came: Came


@transaction.atomic
def hold(*, meeting_id: UUID, held: Held, by: Viewer, at: datetime) -> None:
    """It was held. Listed cases on its agenda count as discussed, a family's conference as held."""
    meeting = kept(meeting_id, by, MeetingState.PLANNED)
    if not held.held_at < held.over_at <= clock.now():
        raise BadInput(_("請填已經開過的時間，結束晚於開始。"), field="over_at")
    _note_who_came(meeting, held.came)
    meeting.state, meeting.held_at, meeting.over_at = MeetingState.HELD, held.held_at, held.over_at
    meeting.save(update_fields=["state", "held_at", "over_at"])
    happened(matter_id=meeting.id, event=events.MEETING_HELD, at=at, by=by,
             facts={"ended_at": held.over_at, "sort": meeting.sort})  # fmt: skip
    _tell_files(meeting, held.over_at, by)
    share(meeting, by=by, at=at)
    record("meeting.held", by=by, at=held.held_at, matter_id=meeting.id)
    keep()


@transaction.atomic
def write_minute(
    *, meeting_id: UUID, section: str, text: str, by: Viewer, at: datetime, part_id: UUID | None = None
) -> Minute:
    """A passage: of the whole meeting (read by every member), or of one part (read by its side)."""
    meeting = kept(meeting_id, by, MeetingState.HELD)
    part = _part(meeting, part_id) if part_id else None
    wanted = "family" if part else "general"
    if not rules.marked(rules.SECTION, section, wanted, clock.local(at).date()):
        raise BadInput(_("請選這一段是哪一節。"), field="section")
    if not text.strip():
        raise BadInput(_("還沒有寫內容。"), field="text")
    minute = Minute(
        id=uuid7(), meeting=meeting, part=part, section=section, text=text.strip(), at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    minute.save(force_insert=True)
    record("meeting.minute", by=by, at=at, matter_id=meeting.id, section=section)
    return minute


@transaction.atomic
def correct_minute(*, minute_id: UUID, text: str, because: str, by: Viewer, at: datetime) -> Minute:
    """A correction, before or after the minutes were confirmed; the first text stays beside it."""
    first = Minute.objects.filter(id=minute_id).first()
    if first is None:
        raise NotFound(_("查無這一段紀錄。"))
    kept(first.meeting_id, by, MeetingState.HELD, MeetingState.CONFIRMED)
    if not text.strip() or not because.strip():
        raise BadInput(_("請寫更正後的文字和為什麼更正。"), field="because" if text.strip() else "text")
    if Minute.objects.filter(corrects=first).exists():
        raise Conflict(_("這一段已經更正過，請更正最新的一段。"))
    minute = Minute(
        id=uuid7(), meeting_id=first.meeting_id, part_id=first.part_id, section=first.section, text=text.strip(),
        at=at, by=by.worker_id, recorded_at=clock.now(), corrects=first, because=because.strip(),
    )  # fmt: skip
    minute.save(force_insert=True)
    record("meeting.minute_corrected", by=by, at=at, matter_id=first.meeting_id)
    return minute


@transaction.atomic
def confirm(*, meeting_id: UUID, by: Viewer, at: datetime) -> None:
    """The minutes stand as they are. A family on the agenda about which nothing was written or decided is asked for."""
    meeting = kept(meeting_id, by, MeetingState.HELD)
    with connection.cursor() as cursor:
        cursor.execute(SILENT_SQL, [meeting_id])
        (silent,) = cursor.fetchone()
    if silent:
        raise Refused(_("還有%(n)d個議案沒有紀錄也沒有決議。請先補上，或寫沒有討論的原因。") % {"n": silent})
    meeting.state, meeting.confirmed_at, meeting.confirmed_by = MeetingState.CONFIRMED, at, by.worker_id
    meeting.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    absent = _untold(meeting_id).exists()
    happened(matter_id=meeting.id, event=events.MEETING_CONFIRMED, at=at, by=by,
             facts={"absent": "yes" if absent else "no"})  # fmt: skip
    record("meeting.confirmed", by=by, at=at, matter_id=meeting.id)
    keep()


@transaction.atomic
def relay(*, invitation_id: UUID, how: str, by: Viewer, at: datetime) -> None:
    """Somebody who did not come is told what was decided about his side."""
    invitation = _of_meeting(invitation_id, by)
    if not how.strip():
        raise BadInput(_("請寫怎麼轉知的：系統、電話、文號。"), field="how")
    if invitation.was_there or invitation.told_at is not None:
        raise Conflict(_("他有出席，或已經轉知過了。"))
    Invitation.objects.filter(id=invitation_id).update(told_at=at, told_how=how.strip())
    if not _untold(invitation.meeting_id).exists():
        happened(matter_id=invitation.meeting_id, event=events.MEETING_RELAYED, at=at, by=by)
    record("meeting.relayed", by=by, at=at, matter_id=invitation.meeting_id)
    keep()


@transaction.atomic
def acknowledge(*, invitation_id: UUID, how: str = "", by: Viewer, at: datetime) -> None:
    """He has what was decided: said by himself on his page, or, where he has no account, entered with who said it."""
    invitation = Invitation.objects.select_for_update().filter(id=invitation_id).first()
    if invitation is None:
        raise NotFound(_("查無這份開會通知。"))
    if invitation.worker_id not in by.acts_as:
        _of_meeting(invitation_id, by)
        if not how.strip():
            raise BadInput(_("請寫誰說收到了、電話或文號。"), field="how")
    if invitation.told_at is None:
        raise Refused(_("還沒有轉知。要先轉知，才有收到。"))
    if invitation.acknowledged_at is not None:
        raise Conflict(_("已經記過收到。"))
    Invitation.objects.filter(id=invitation_id).update(acknowledged_at=at, acknowledged_how=how.strip())
    if not _waiting(invitation.meeting_id).exists():
        happened(matter_id=invitation.meeting_id, event=events.MEETING_ACKNOWLEDGED, at=at, by=by)
    record("meeting.acknowledged", by=by, at=at, matter_id=invitation.meeting_id)
    keep()


@transaction.atomic
def close(*, meeting_id: UUID, by: Viewer, at: datetime) -> None:
    """Minutes confirmed, everybody told: the meeting ends. Its decisions go on by themselves."""
    meeting = kept(meeting_id, by, MeetingState.CONFIRMED)
    if _untold(meeting_id).exists() or _waiting(meeting_id).exists():
        raise Refused(_("還有人沒有轉知或沒有回報收到。請先完成轉知。"))
    meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.CLOSED, at, by.worker_id
    meeting.save(update_fields=["state", "closed_at", "closed_by"])
    happened(matter_id=meeting.id, event=events.MEETING_CLOSED, at=at, by=by)
    end_matter(matter_id=meeting.id, how="closed", at=at, by=by)
    record("meeting.closed", by=by, at=at, matter_id=meeting.id)
    keep()


def _note_who_came(meeting: Meeting, came: Came) -> None:
    on = clock.local(meeting.meets_at).date()
    asked = set(Invitation.objects.filter(meeting=meeting, withdrawn_at=None).values_list("id", flat=True))
    if asked - set(came):
        raise BadInput(_("請記下每一位受邀的人有沒有來。"), field="came")
    for invitation_id, (code, sent) in came.items():
        if rules.code(rules.ATTENDANCE, code, on) is None:
            raise BadInput(_("請選每一位的出席方式。"), field="came")
        Invitation.objects.filter(id=invitation_id, meeting=meeting).update(
            attendance=code, was_there=rules.marked(rules.ATTENDANCE, code, "there", on), sent=sent.strip()
        )


def _tell_files(meeting: Meeting, at: datetime, by: Viewer) -> None:
    """What the meeting means for duties of the files on its agenda."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS_SQL, [meeting.id])
        files = {file_id for _id, _item, file_id, _circle, is_live in cursor.fetchall() if is_live}
        cursor.execute(LISTED_SQL, [meeting.id])
        listed = [file_id for (file_id,) in cursor.fetchall()]
    if rules.marked(rules.SORT, meeting.sort, "bridge", clock.local(at).date()):
        for file_id in listed:
            happened(matter_id=file_id, event=events.HIGH_RISK_DISCUSSED, at=at, by=by)
    families = Matter.objects.filter(id__in=files, family__isnull=False).values("family_id")
    leads = Matter.objects.filter(
        Q(id__in=files) | Q(family_id__in=families), kind=MatterKind.COORDINATION, ended_at=None
    )
    for lead_id in leads.values_list("id", flat=True):
        happened(matter_id=lead_id, event=events.CONFERRED, at=at, by=by, facts={"kind": None})


def _part(meeting: Meeting, part_id: UUID) -> Part:
    found = Part.objects.filter(id=part_id, meeting=meeting, withdrawn_at=None).first()
    if found is None:
        raise NotFound(_("查無這個議案。"))
    return found


def _of_meeting(invitation_id: UUID, by: Viewer) -> Invitation:
    found = Invitation.objects.filter(id=invitation_id, withdrawn_at=None).first()
    if found is None:
        raise NotFound(_("查無這份開會通知。"))
    kept(found.meeting_id, by, MeetingState.CONFIRMED)
    found.refresh_from_db()
    return found


def _untold(meeting_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(meeting_id=meeting_id, withdrawn_at=None, was_there=False, told_at=None)


def _waiting(meeting_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        meeting_id=meeting_id, withdrawn_at=None, told_at__isnull=False, acknowledged_at=None
    )
