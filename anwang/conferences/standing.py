"""Who keeps, reports and rules, who is in a room, who reviews: asked by pages and by actions alike.

Each answer is a Verdict with a sentence. Pages are read by queries, which rest on no policy; hence the own module.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.matters.models import Matter

from .models import Decision, IncidentReview, Reviewer, Room, RoomMember


def may_keep(viewer: Viewer, matter: Matter, chair_id: UUID | None = None) -> Verdict:
    """Agenda, invitations, minutes: the recorder, the chair, and supervisors of the convening unit."""
    mine = matter.acting_worker_id in viewer.acts_as or (chair_id is not None and chair_id in viewer.acts_as)
    signs = has(viewer, Permission.REVIEW) and matter.acting_unit_id in viewer.supervised_units
    if mine or signs:
        return YES
    return no(_("會議由紀錄、主持人或召集單位的督導處理。"))


def may_report(viewer: Viewer, decision: Decision, task: Matter, keeps_source: bool) -> Verdict:
    """What became of a decision: who acts on it; for a unit off the system, whoever keeps the record, by proxy."""
    if viewer.service or Zone.CASE in writing_zones_of(viewer, task.id):
        return YES
    if keeps_source and task.acting_desk_id is not None:
        return YES
    return no(_("辦理情形由主辦單位回報。要補充請告訴主辦的人。"))


def may_rule(viewer: Viewer, task: Matter, keeps_source: bool) -> Verdict:
    """列管裁示: chair, recorder, or supervisor of the unit that convened; nobody rules on what he reported himself."""
    if not keeps_source:
        return no(_("列管由主持人或召集單位裁示。"))
    if task.acting_worker_id in viewer.acts_as:
        return no(_("這項決議由你主辦，請別人裁示。"))
    return YES


def may_list(viewer: Viewer, matter_id: UUID) -> Verdict:
    """List as high risk, or end it: whoever works on her case."""
    if has(viewer, Permission.CASEWORK) and Zone.CASE in writing_zones_of(viewer, matter_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_serves_other_party(%s)", [matter_id])
            if cursor.fetchone()[0] is False:
                return YES
        return no(_("高危機列管掛在被害人的案件上。請從她的案件列管。"))
    return no(_("高危機列管由承辦被害人的社工或督導登錄。"))


def member_of(viewer: Viewer, room: Room) -> RoomMember | None:
    """The viewer's own place in a room, while he has one."""
    return RoomMember.objects.filter(room=room, worker_id=viewer.worker_id, left_at=None).first()


def is_at(viewer: Viewer, member: RoomMember) -> bool:
    """Whether a place in a room that was read anyway is the viewer's own, as in `member_of`."""
    return viewer.worker_id is not None and member.worker_id == viewer.worker_id and member.left_at is None


def may_keep_room(viewer: Viewer, matter: Matter) -> Verdict:
    """Members, end and extension: whoever opened it and the supervisors of his unit."""
    if may_keep(viewer, matter):
        return YES
    return no(_("成員和時間由開啟的單位管理。請洽開啟的人。"))


def may_review_incident(viewer: Viewer, review: IncidentReview) -> Verdict:
    """Findings and improvements: its reviewers."""
    if Reviewer.objects.filter(review=review, worker_id=viewer.worker_id, until_at=None).exists():
        return YES
    return no(_("檢討由指定的檢討人員進行。"))


def reviews(viewer: Viewer, reviewer: Reviewer) -> bool:
    """Whether a reviewer who was read anyway is the viewer himself, still at it, as in `may_review_incident`."""
    return viewer.worker_id is not None and reviewer.worker_id == viewer.worker_id and reviewer.until_at is None
