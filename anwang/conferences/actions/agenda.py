"""What is to be discussed: proposed from the families, chosen by the convening unit, side by side and apart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.models import Case
from anwang.conferences import policies, rules
from anwang.conferences.models import AgendaItem, Meeting, Part, Proposal
from anwang.conferences.states import MeetingState, Origin
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind

from .calling import kept
from .sharing import share

BEFORE = (MeetingState.PLANNED, MeetingState.HELD)


@transaction.atomic
def propose(
    *, file_id: UUID, to_unit_id: UUID, sort: str, because: str, by: Viewer, at: datetime, origin: str = Origin.UNIT,
    is_standing: bool = False,
) -> Proposal:  # fmt: skip
    """Ask the convening unit to put a file on an agenda. It then knows which file and why, and nothing more of it."""
    policies.may_propose(by, file_id).enforce()
    if rules.code(rules.SORT, sort, clock.local(at).date()) is None:
        raise BadInput(_("請選要提到哪一種會議。"), field="sort")
    if not because.strip():
        raise BadInput(_("請寫要討論什麼、希望誰做什麼。"), field="because")
    if not Unit.objects.filter(id=to_unit_id, closed_on=None, is_public=True).exists():
        raise BadInput(_("請選召集會議的單位。"), field="to_unit")
    if Proposal.objects.filter(file_id=file_id, to_unit_id=to_unit_id, sort=sort, ended_at=None).exists():
        raise Conflict(_("這個案件已經提案，等召集單位排入議程。"))
    if origin == Origin.UNIT and _units_are_many(file_id):
        origin = Origin.UNITS
    assert by.unit_id is not None
    proposal = Proposal(
        id=uuid7(), file_id=file_id, to_unit_id=to_unit_id, sort=sort, origin=origin, because=because.strip(),
        is_standing=is_standing, circle=circle_of(file_id), from_unit_id=by.unit_id, at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    proposal.save(force_insert=True)
    record("meeting.proposed", by=by, at=at, matter_id=file_id, subject_id=proposal.id, sort=sort, origin=origin)
    keep()
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal_id: UUID, by: Viewer, at: datetime) -> None:
    """Not wanted any more; a listed case's standing one ends with its listing only."""
    proposal = _proposal(proposal_id)
    policies.may_propose(by, proposal.file_id).enforce()
    if proposal.is_standing:
        raise Conflict(_("高危機列管中的案件每次都要提會。解除列管後就不用。"))
    Proposal.objects.filter(id=proposal_id).update(ended_at=at)
    record("meeting.proposal_withdrawn", by=by, at=at, matter_id=proposal.file_id, subject_id=proposal_id)


@transaction.atomic
def take_proposal(*, meeting_id: UUID, proposal_id: UUID, by: Viewer, at: datetime, beside: UUID | None = None) -> Part:
    """Put a proposed file on the agenda: beside the parts of the same family or report (or of the item `beside`, where
    nothing ties the two files), each read by its own side.
    """
    meeting = kept(meeting_id, by, *BEFORE)
    proposal = _proposal(proposal_id)
    if Part.objects.filter(meeting=meeting, file_id=proposal.file_id, withdrawn_at=None).exists():
        raise Conflict(_("這個案件已經在議程上。"))
    part = Part(
        id=uuid7(), item_id=_item_of(meeting, proposal.file_id, beside, by, at), meeting=meeting,
        file_id=proposal.file_id, circle=proposal.circle, origin=proposal.origin, because=proposal.because,
        unit_id=proposal.from_unit_id, at=at, by=by.worker_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("這個案件已經在議程上。")) from None
    if not proposal.is_standing:
        Proposal.objects.filter(id=proposal_id).update(ended_at=at)
    share(meeting, by=by, at=at)
    record("meeting.item_added", by=by, at=at, matter_id=meeting.id, subject_id=part.id)
    keep()
    return part


@transaction.atomic
def add_own(*, meeting_id: UUID, file_id: UUID, because: str, by: Viewer, at: datetime) -> Part:
    """The convening unit's own file: proposed and taken in one step."""
    meeting = kept(meeting_id, by, *BEFORE)
    unit_id = Matter.objects.values_list("acting_unit_id", flat=True).get(id=meeting_id)
    proposal = propose(file_id=file_id, to_unit_id=unit_id, sort=meeting.sort, because=because, by=by, at=at)
    return take_proposal(meeting_id=meeting_id, proposal_id=proposal.id, by=by, at=at)


@transaction.atomic
def add_topic(*, meeting_id: UUID, title: str, by: Viewer, at: datetime) -> AgendaItem:
    """A general topic: read by every member, so it names no family."""
    meeting = kept(meeting_id, by, *BEFORE)
    if not title.strip():
        raise BadInput(_("請寫案由，不要寫個案姓名。"), field="title")
    item = _item(meeting, by, at, title=title.strip())
    record("meeting.topic_added", by=by, at=at, matter_id=meeting.id, subject_id=item.id)
    keep()
    return item


@transaction.atomic
def withdraw_part(*, part_id: UUID, by: Viewer, at: datetime) -> None:
    """Taken off the agenda before the meeting."""
    part = Part.objects.filter(id=part_id, withdrawn_at=None).first()
    if part is None:
        raise NotFound(_("查無這個議案。"))
    meeting = kept(part.meeting_id, by, MeetingState.PLANNED)
    Part.objects.filter(id=part_id).update(withdrawn_at=at)
    share(meeting, by=by, at=at)
    record("meeting.item_withdrawn", by=by, at=at, matter_id=meeting.id, subject_id=part_id)
    keep()


def _units_are_many(file_id: UUID) -> bool:
    """Whether the lead of the file's family owes a conference because so many units serve it."""
    family_id = Matter.objects.values_list("family_id", flat=True).get(id=file_id)
    leads = Matter.objects.filter(family_id=family_id, kind=MatterKind.COORDINATION, ended_at=None)
    return family_id is not None and Duty.objects.filter(
        open_of__in=leads.values("id"), rule_id=rules.CONFERENCE
    ).exists()  # fmt: skip


def circle_of(file_id: UUID) -> str:
    """On whose side a file stands at a meeting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_serves_other_party(%s)", [file_id])
        (is_his,) = cursor.fetchone()
    if is_his:
        return Circle.OTHER
    found = Case.objects.filter(id=file_id).values_list("circle", flat=True).first()
    return found or Circle.NEUTRAL


def _item_of(meeting: Meeting, file_id: UUID, beside: UUID | None, by: Viewer, at: datetime) -> UUID:
    """The item of the same people where there is one; else a new one."""
    live = Part.objects.filter(meeting=meeting, withdrawn_at=None)
    if beside is not None and live.filter(item_id=beside).exists():
        return beside
    family_id, report_id = Matter.objects.values_list("family_id", "arose_from_id").get(id=file_id)
    for near in ({"file__family_id": family_id}, {"file__arose_from_id": report_id}):
        found = live.filter(**near).first() if None not in near.values() else None
        if found is not None:
            return found.item_id
    return _item(meeting, by, at).id


def _item(meeting: Meeting, by: Viewer, at: datetime, title: str = "") -> AgendaItem:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conferences_next_place(%s)", [meeting.id])
        (place,) = cursor.fetchone()
    item = AgendaItem(
        id=uuid7(), meeting=meeting, position=place, title=title, unit_id=by.unit_id, at=at, by=by.worker_id
    )
    item.save(force_insert=True)
    return item


def _proposal(proposal_id: UUID) -> Proposal:
    found = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise NotFound(_("查無這個提案。"))
    if found.ended_at is not None:
        raise Conflict(_("這個提案已經排入議程或撤回。"))
    return found
