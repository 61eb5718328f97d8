"""One meeting as the viewer may see it: his items in his own numbering, who is invited, what was said and decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.at_once import Said, read
from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, readings
from anwang.conferences import rules, standing, words
from anwang.conferences.models import AgendaItem, Decision, Invitation, Meeting, Minute, Part
from anwang.conferences.states import Answer, MeetingState, Origin, Side, Tracking
from anwang.directory.models import Unit, Worker
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter

from .desk import ProposalLine, proposal_line

PEOPLE_SQL = """
SELECT part_id, name, name_kind FROM conferences_part_people(
  ARRAY(SELECT id FROM conferences_part WHERE meeting_id = %s AND withdrawn_at IS NULL))
"""
WAITING_SQL = """
SELECT p.id, m.number, p.sort, p.origin, p.because, u.called, p.at, matters_whom(m.id)
  FROM conferences_proposal p JOIN matters_matter m ON m.id = p.file_id JOIN directory_unit u ON u.id = p.from_unit_id
 WHERE p.ended_at IS NULL AND p.to_unit_id = %s
   AND NOT EXISTS (SELECT 1 FROM conferences_part x
                    WHERE x.meeting_id = %s AND x.file_id = p.file_id AND x.withdrawn_at IS NULL)
 ORDER BY p.sort = %s DESC, p.origin <> 'listed', p.at LIMIT 100
"""


@dataclass(frozen=True)
class MinuteLine:
    id: UUID
    section: str
    text: str
    at: str
    because: str
    """Why it was corrected; empty for a first text."""


@dataclass(frozen=True)
class DecisionLine:
    """A decision in the minutes. `task` is the number of its matter, empty where it is not tracked."""

    id: UUID
    number: str
    level: int
    word: str
    text: str
    unit: str
    due: str
    state: str
    is_open: bool
    task: str


@dataclass(frozen=True)
class PartLine:
    """One side of an item."""

    id: UUID
    case: str
    circle: str
    circle_words: str
    whom: str
    origin: str
    because: str
    unit: str
    minutes: tuple[MinuteLine, ...]
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True)
class ItemLine:
    """A place on the agenda, numbered among those the viewer sees: no gap tells of others."""

    id: UUID
    place: int
    title: str
    parts: tuple[PartLine, ...]


@dataclass(frozen=True)
class InvitationLine:
    id: UUID
    who: str
    unit: str
    side: str
    side_code: str
    answer: str
    answer_words: str
    has_answered: bool
    attendance: str
    was_there: bool | None
    told: str
    acknowledged: str
    has_account: bool
    is_own: bool


@dataclass(frozen=True)
class MeetingPage:
    """A meeting for its page. `waiting` are proposals to the convening unit, for whoever lays the agenda."""

    id: UUID
    number: str
    sort: str
    sort_code: str
    title: str
    place: str
    when: str
    state: str
    state_words: str
    chair: str
    recorder: str
    unit: str
    may_keep: bool
    items: tuple[ItemLine, ...]
    minutes: tuple[MinuteLine, ...]
    decisions: tuple[DecisionLine, ...]
    invitations: tuple[InvitationLine, ...]
    own: InvitationLine | None
    waiting: tuple[ProposalLine, ...]
    meets_at: Any
    ends_at: Any

    @property
    def untold(self) -> int:
        return sum(one.was_there is False and not one.acknowledged for one in self.invitations)


def meeting(viewer: Viewer, number: str) -> MeetingPage:
    """The meeting with that number as the viewer sees it, or NotFound. Each part shown is a reading of its file."""
    matter = Matter.objects.select_related("acting_unit", "acting_worker").filter(number=number, kind="meeting").first()
    if matter is None:
        raise NotFound(_("查無這場會議，或你沒有受邀。"))
    found = _read(matter.id)
    if found.row is None:
        raise NotFound(_("查無這場會議，或你沒有受邀。"))
    row = found.row
    may_keep = bool(standing.may_keep(viewer, matter, row.chair_id))
    reading("meeting", by=viewer, file_id=row.id, zone=Zone.WORK, because="meeting")
    files = {part.file_id for part in found.parts}
    readings("meeting.part", by=viewer, file_ids=files, zone=Zone.CASE, because="meeting")
    asked = tuple(_invitation(viewer, one) for one in found.asked)
    return MeetingPage(
        id=row.id, number=number, sort=words.label(rules.SORT, row.sort), sort_code=row.sort, title=row.title,
        place=row.place, when=words.span(row.held_at or row.meets_at, row.over_at or row.ends_at), state=row.state,
        state_words=str(MeetingState(row.state).label), chair=row.chair.called,
        recorder=matter.acting_worker.called if matter.acting_worker else "", unit=matter.acting_unit.called,
        may_keep=may_keep, items=_items(found), minutes=_minutes(found.minutes, None),
        decisions=_decisions(found.decisions, None), invitations=asked,
        own=next((one for one in asked if one.is_own), None),
        waiting=_waiting(matter, row) if may_keep else (), meets_at=row.meets_at, ends_at=row.ends_at,
    )  # fmt: skip


@dataclass(frozen=True)
class _Read:
    """The rows of a meeting that the viewer may read; `people` are names by part."""

    row: Meeting | None
    parts: list[Part]
    items: list[AgendaItem]
    minutes: list[Minute]
    decisions: list[Decision]
    asked: list[Invitation]
    people: dict[UUID, list[tuple[str, str]]]


def _read(id_: UUID) -> _Read:
    """All of them in one statement."""
    rows, parts, items, minutes, decisions, asked, names = read(
        Meeting.objects.select_related("chair").filter(id=id_),
        Part.objects.select_related("unit", "file").filter(meeting=id_, withdrawn_at=None),
        AgendaItem.objects.filter(meeting=id_).order_by("position"),
        Minute.objects.filter(meeting=id_).order_by("recorded_at", "id"),
        Decision.objects.select_related("unit", "task").filter(source=id_).order_by("position"),
        Invitation.objects.select_related("worker", "unit").filter(meeting=id_, withdrawn_at=None)
        .order_by("asked_at", "id"), Said(PEOPLE_SQL, [id_]),
    )  # fmt: skip
    people: dict[UUID, list[tuple[str, str]]] = {}
    for one in names:
        people.setdefault(UUID(one["part_id"]), []).append((one["name"], one["name_kind"]))
    return _Read(rows[0] if rows else None, parts, items, minutes, decisions, asked, people)


def _items(found: _Read) -> tuple[ItemLine, ...]:
    of_item: dict[UUID, list[PartLine]] = {}
    for part in sorted(found.parts, key=lambda one: one.circle == Circle.OTHER):
        of_item.setdefault(part.item_id, []).append(
            PartLine(
                part.id, part.file.number, part.circle, str(Circle(part.circle).label),
                words.names(found.people.get(part.id, [])), str(Origin(part.origin).label), part.because,
                part.unit.called, _minutes(found.minutes, part.id), _decisions(found.decisions, part.id),
            )
        )  # fmt: skip
    shown = [item for item in found.items if item.title or item.id in of_item]
    return tuple(
        ItemLine(item.id, place, item.title, tuple(of_item.get(item.id, ()))) for place, item in enumerate(shown, 1)
    )


def _minutes(rows: Iterable[Minute], part_id: UUID | None) -> tuple[MinuteLine, ...]:
    """Passages of one part, or of the meeting as a whole; a corrected one gives way to its correction."""
    mine = [one for one in rows if one.part_id == part_id]
    gone = {one.corrects_id for one in mine}
    return tuple(
        MinuteLine(one.id, words.label(rules.SECTION, one.section), one.text, words.instant(one.at), one.because)
        for one in mine
        if one.id not in gone
    )


def _decisions(rows: Iterable[Decision], part_id: UUID | None) -> tuple[DecisionLine, ...]:
    return tuple(decision_line(one) for one in rows if one.part_id == part_id)


def decision_line(one: Decision) -> DecisionLine:
    """A decision as minutes show it."""
    return DecisionLine(
        one.id, one.number, one.level, words.label(rules.WORD, one.word), one.text,
        one.unit.called if one.unit else "", words.day(one.due_on) if one.due_on else "",
        str(Tracking(one.state).label), one.state in (Tracking.TRACKED, Tracking.CONTINUED),
        one.task.number if one.task else "",
    )  # fmt: skip


def _invitation(viewer: Viewer, one: Invitation) -> InvitationLine:
    return InvitationLine(
        one.id, _who(one.worker, one.unit, one.guest), one.unit.called if one.unit else "", str(Side(one.side).label),
        one.side, str(Answer(one.answer).label), one.answer_words, bool(one.answer),
        _came(one),
        one.was_there, words.instant(one.told_at), words.instant(one.acknowledged_at), one.worker_id is not None,
        one.worker_id in viewer.acts_as,
    )  # fmt: skip


def _came(one: Invitation) -> str:
    if not one.attendance:
        return ""
    said = words.label(rules.ATTENDANCE, one.attendance)
    return f"{said}　{one.sent}" if one.sent else said


def _who(worker: Worker | None, unit: Unit | None, guest: str) -> str:
    return worker.called if worker else guest or (unit.called if unit else "")


def _waiting(matter: Matter, row: Meeting) -> tuple[ProposalLine, ...]:
    if row.state not in (MeetingState.PLANNED, MeetingState.HELD):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, [matter.acting_unit_id, row.id, row.sort])
        return tuple(proposal_line(*found) for found in cursor.fetchall())
