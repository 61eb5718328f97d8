"""One urgent-case room as its members see it, and, once sealed, as its own workers do. Each look is a reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.at_once import Said, read
from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.conferences import rules, standing, words
from anwang.conferences.models import Decision, Room, RoomEntry, RoomExtension, RoomFile, RoomMember
from anwang.directory.models import Worker
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter

from .meeting import DecisionLine, decision_line

PEOPLE_SQL = "SELECT name, name_kind FROM conferences_room_people(%s)"


@dataclass(frozen=True)
class EntryLine:
    at: str
    who: str
    step: str
    text: str
    by: str
    """Who typed it, where it was somebody else."""


@dataclass(frozen=True)
class MemberLine:
    id: UUID
    who: str
    role: str
    role_code: str
    has_account: bool
    left: str


@dataclass(frozen=True)
class RoomPage:
    """A room for its page."""

    id: UUID
    number: str
    case: str
    reads_case: bool
    whom: str
    purpose: str
    words: str
    basis: str
    opened: str
    ends: str
    ends_at: datetime
    is_over: bool
    sealed: str
    outcome: str
    members: tuple[MemberLine, ...]
    entries: tuple[EntryLine, ...]
    files: tuple[tuple[UUID, str, str], ...]
    decisions: tuple[DecisionLine, ...]
    extensions: tuple[tuple[str, str], ...]
    is_member: bool
    may_keep: bool
    prosecutor_asked: bool


def room(viewer: Viewer, number: str) -> RoomPage:
    """The room with that number, or NotFound alike for none and for one that is not the viewer's (any more)."""
    matter = Matter.objects.filter(number=number, kind="urgent_room").first()
    row = Room.objects.select_related("case").filter(id=matter.id).first() if matter else None
    if matter is None or row is None:
        raise NotFound(_("查無這個戰情室，或你不是成員。"))
    reading("urgent_room", by=viewer, file_id=row.id, zone=Zone.CASE, because="urgent_room")
    said = RoomEntry.objects.filter(room=row)
    found, entries, typing, files, decisions, extensions, names = read(
        RoomMember.objects.select_related("worker", "unit").filter(room=row).order_by("joined_at", "id"),
        said.order_by("recorded_at", "id"), Worker.objects.filter(id__in=said.values("by")),
        RoomFile.objects.filter(room=row).order_by("at", "id"),
        Decision.objects.select_related("unit", "task").filter(source=row.id).order_by("position"),
        RoomExtension.objects.filter(room=row).order_by("at"), Said(PEOPLE_SQL, [row.id]),
    )  # fmt: skip
    members = {one.id: one for one in found}
    typists = {one.id: one.called for one in typing}
    is_over = row.sealed_at is not None or row.ends_at <= clock.now()
    return RoomPage(
        id=row.id, number=number, case=row.case.number, reads_case=_reads(viewer, row),
        whom=words.names([(one["name"], one["name_kind"]) for one in names]),
        purpose=words.label(rules.PURPOSE, row.purpose), words=row.words, basis=words.label(rules.BASIS, row.basis),
        opened=words.instant(row.opened_at), ends=words.instant(row.sealed_at or row.ends_at), ends_at=row.ends_at,
        is_over=is_over, sealed=words.instant(row.sealed_at) if is_over else "", outcome=row.outcome,
        members=tuple(_member(one) for one in found),
        entries=tuple(_entry(one, members, typists) for one in entries),
        files=tuple((one.id, one.name, words.instant(one.at)) for one in files),
        decisions=tuple(decision_line(one) for one in decisions),
        extensions=tuple((words.instant(one.until_at), one.because) for one in extensions),
        is_member=not is_over and any(standing.is_at(viewer, one) for one in found),
        may_keep=not is_over and bool(standing.may_keep_room(viewer, matter)),
        prosecutor_asked=any(rules.asks_prosecutor(one.step) for one in entries),
    )  # fmt: skip


def _reads(viewer: Viewer, row: Room) -> bool:
    return Zone.CASE in zones_of(viewer, row.case_id)


def _member(one: RoomMember) -> MemberLine:
    return MemberLine(
        one.id, _who(one), words.label(rules.ROOM_ROLE, one.role), one.role, one.worker_id is not None,
        words.instant(one.left_at),
    )  # fmt: skip


def _who(one: RoomMember) -> str:
    if one.worker is None:
        return one.guest
    return f"{one.unit.called}　{one.worker.called}" if one.unit else one.worker.called


def _entry(one: RoomEntry, members: dict[UUID, RoomMember], typists: dict[UUID, str]) -> EntryLine:
    member = members[one.member_id]
    by = "" if member.worker_id == one.by else typists.get(one.by, "")
    return EntryLine(
        words.instant(one.at), _who(member), words.label(rules.STEP, one.step) if one.step else "", one.text, by
    )  # fmt: skip
