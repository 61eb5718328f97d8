"""Who reads what of a meeting: members its own page, and the parts of its agenda that are of their side."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.actions import grant, worker_key
from anwang.access.models import Grant
from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.conferences import policies, rules
from anwang.conferences.models import Invitation, Meeting
from anwang.conferences.states import MeetingState, Side
from anwang.foundation.errors import Refused
from anwang.matters.models import Matter

PARTS_SQL = "SELECT id, item_id, file_id, circle, is_live FROM conferences_parts_of(%s)"
MEMBER, SIDE, BRIDGE = "meeting", "meeting_side", "meeting_bridge"
Given = tuple[UUID, str, str]
"""A file (the meeting, or a part), a holder, and because of what."""


@dataclass(frozen=True)
class Laid:
    """A part of an agenda as far as giving it out needs."""

    id: UUID
    item_id: UUID
    file_id: UUID
    circle: str
    is_live: bool


def share(meeting: Meeting, *, by: Viewer, at: datetime) -> None:
    """Bring the grants in step with agenda and invitations. Called whenever either changes; twice is the same as once.

    Refused where chair, recorder or a named bridge works for the other party of a family on the agenda.
    """
    matter = Matter.objects.get(id=meeting.id)
    ever = _parts(meeting)
    parts = [part for part in ever if part.is_live]
    asked = list(Invitation.objects.filter(meeting=meeting, withdrawn_at=None, worker__isnull=False))
    until = rules.papers_until(meeting.over_at or meeting.ends_at, matter.county)
    bridges = {meeting.chair_id, matter.acting_worker_id} | {one.worker_id for one in asked if one.side == Side.BRIDGE}
    _no_bridge_serves_him({one for one in bridges if one}, parts)
    wanted = set() if meeting.state == MeetingState.CALLED_OFF else _wanted(meeting, parts, asked, bridges)
    live = Grant.objects.filter(
        file_id__in=[meeting.id, *(part.id for part in ever)], because__in=[MEMBER, SIDE, BRIDGE]
    )
    live = live.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    there: set[Given] = set()
    for one in live:
        given = (one.file_id, one.holder, one.because)
        if given in wanted and one.ends_at == until and _zones(one.because, one.holder, asked) == set(one.zones):
            there.add(given)
        else:
            Grant.objects.filter(id=one.id).update(ends_at=max(at, one.starts_at))
    for file_id, holder, because in wanted - there:
        zones = tuple(sorted(_zones(because, holder, asked)))
        grant(file_id=file_id, holder=holder, zones=zones, because=because, because_id=meeting.id, by=by, at=at,
              until=until)  # fmt: skip


def _wanted(
    meeting: Meeting, parts: Iterable[Laid], asked: Iterable[Invitation], bridges: set[UUID | None]
) -> set[Given]:
    people = {one.worker_id for one in asked} | bridges
    wanted = {(meeting.id, worker_key(one), MEMBER) for one in people if one}
    for part in parts:
        wanted |= {(part.id, worker_key(one), BRIDGE) for one in bridges if one}
        wanted |= {
            (part.id, worker_key(one.worker_id), SIDE)
            for one in asked
            if one.side != Side.BRIDGE and reads(one.side, part.circle) and (not one.items or part.item_id in one.items)
        }
    return wanted


def reads(side: str, circle: str) -> bool:
    """Whether a member of that side is shown parts of that circle."""
    return side == Side.BRIDGE or (side == Side.HIS) == (circle == Circle.OTHER)


def _zones(because: str, holder: str, asked: Iterable[Invitation]) -> set[str]:
    """A member of his side sees the meeting, not who else is invited to it."""
    if because != MEMBER:
        return {str(Zone.CASE)}
    his = {worker_key(one.worker_id) for one in asked if one.side == Side.HIS and one.worker_id}
    return {str(Zone.WORK)} if holder in his else {str(Zone.WORK), str(Zone.CASE)}


def _no_bridge_serves_him(bridges: Collection[UUID], parts: Collection[Laid]) -> None:
    files = [part.file_id for part in parts]
    if not files:
        return
    families = set(Matter.objects.filter(id__in=files, family__isnull=False).values_list("family_id", flat=True))
    if policies.serves_him([worker_key(one) for one in bridges], files, families):
        raise Refused(_("主持、紀錄或橋接的人承辦相對人的案件，不能讀兩側。請換人。"))


def _parts(meeting: Meeting) -> list[Laid]:
    with connection.cursor() as cursor:
        cursor.execute(PARTS_SQL, [meeting.id])
        return [Laid(*row) for row in cursor.fetchall()]
