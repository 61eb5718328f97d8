"""Who calls, keeps, decides, reports and rules; who is in a room; who reviews. Each answer is a Verdict."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Unit
from anwang.directory.states import Role
from anwang.foundation.looking import once
from anwang.matters.models import AccountableStart, ActingStart

from .standing import (
    may_keep,
    may_keep_room,
    may_list,
    may_report,
    may_review_incident,
    may_rule,
    member_of,
)

SERVES_HIM_SQL = """
SELECT DISTINCT g.holder FROM access_grant g JOIN matters_matter o ON o.id = g.file_id
 WHERE g.holder = ANY (%s) AND 'case' = ANY (g.zones) AND g.because NOT LIKE 'meeting%%'
   AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
   AND o.kind = 'case' AND (o.id = ANY (%s) OR o.family_id = ANY (%s)) AND cases_serves_other_party(o.id)
"""


def may_call(viewer: Viewer) -> Verdict:
    """Call a meeting: a worker or supervisor of a public unit. An NGO asks the authority it acts for."""
    works = has(viewer, Permission.CASEWORK) or has(viewer, Permission.REVIEW)
    if viewer.worker_id and works and _is_public(viewer.unit_id):
        return YES
    return no(_("會議由公務單位的社工或督導召集。請洽委託的機關。"))


@once(lambda unit_id: unit_id)
def _is_public(unit_id: UUID | None) -> bool:
    return unit_id is not None and Unit.objects.filter(id=unit_id, is_public=True).exists()


def may_propose(viewer: Viewer, file_id: UUID) -> Verdict:
    """Ask for a file to be discussed: whoever works on it."""
    if has(viewer, Permission.CASEWORK) and Zone.CASE in writing_zones_of(viewer, file_id):
        return YES
    return no(_("提案由承辦或協力的社工提出。請洽承辦人。"))


def serves_him(keys: Collection[str], files: Collection[UUID], families: Collection[UUID]) -> frozenset[str]:
    """Which of these holder keys work on a file of the other party among these files or in these families."""
    with connection.cursor() as cursor:
        cursor.execute(SERVES_HIM_SQL, [list(keys), list(files), list(families)])
        return frozenset(holder for (holder,) in cursor.fetchall())


def may_open_room(viewer: Viewer, case_id: UUID) -> Verdict:
    """急案戰情室 is opened by the social side: a public worker of the case, on duty too."""
    if has(viewer, Permission.PLACE) and Zone.CASE in writing_zones_of(viewer, case_id):
        return YES
    return no(_("急案戰情室由承辦或值班的社工開啟。請洽值班台。"))


def may_open_review(viewer: Viewer) -> Verdict:
    """An incident review is begun by a supervisor or chief of a public unit."""
    if has(viewer, Permission.REVIEW) and _is_public(viewer.unit_id):
        return YES
    return no(_("重大事件檢討由督導或主管開始。請洽你的主管。"))


def is_independent(unit_ids: Collection[UUID], worker_id: UUID, files: Collection[UUID]) -> Verdict:
    """Whoever acted on a file, or is at a unit that acted on it or answered for it, does not review it."""
    acted = ActingStart.objects.filter(matter_id__in=files)
    if acted.filter(worker_id=worker_id).exists():
        return no(_("他承辦過其中的案件，不能檢討。請選沒有經手的人。"))
    answered = AccountableStart.objects.filter(matter_id__in=files)
    if acted.filter(unit_id__in=unit_ids).exists() or answered.filter(unit_id__in=unit_ids).exists():
        return no(_("他的單位經手過其中的案件。請選沒有經手的單位，例如上級機關。"))
    return YES


def may_be_invited_to_both(role: str, is_public: bool) -> Verdict:
    """The bridge is somebody of a public unit; no NGO, no guest without an account."""
    if is_public and role != Role.NGO_WORKER:
        return YES
    return no(_("橋接人員要是公務單位的人。"))


__all__ = [
    "is_independent",
    "may_be_invited_to_both",
    "may_call",
    "may_keep",
    "may_keep_room",
    "may_list",
    "may_open_review",
    "may_open_room",
    "may_propose",
    "may_report",
    "may_review_incident",
    "may_rule",
    "member_of",
    "serves_him",
]
