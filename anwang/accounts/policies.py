"""Who keeps accounts, and who reviews them. `stepped_up` asks whoever sits at a session for a fresh proof."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwang.access.proving import stepped_up
from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.states import Role

KEEPERS = no(_("帳號由系統管理人員管。需要時請洽系統管理人員。"))
REVIEWERS = no(_("帳號清查由系統管理人員和個資保護窗口做。"))
ALONE = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
"""Posts whose holder reads no case, and therefore holds no other kind of post."""


def may_keep_accounts(viewer: Viewer) -> Verdict:
    """Whether he invites, appoints and closes accounts."""
    return YES if has(viewer, Permission.ADMINISTER) else KEEPERS


def may_review_accounts(viewer: Viewer) -> Verdict:
    """Whether he reviews the accounts of his county."""
    return YES if has(viewer, Permission.REVIEW_ACCOUNTS) else REVIEWERS


def may_keep_account_of(viewer: Viewer, worker_id: UUID) -> Verdict:
    """Whether this worker's account is his to keep: of his own county, never his own."""
    verdict = may_keep_accounts(viewer)
    if not verdict:
        return verdict
    if worker_id == viewer.worker_id:
        return no(_("自己的帳號要請另一位系統管理人員處理。"))
    posts = Appointment.objects.filter(worker_id=worker_id).order_by("-started_at").select_related("unit")
    live = [post for post in posts if post.ended_at is None] or list(posts[:1])
    if viewer.county not in {post.unit.jurisdiction_id for post in live}:
        return no(_("這位不在你的縣市。請洽他單位所在的縣市。"))
    return YES


def may_hold(worker_id: UUID, role: str) -> Verdict:
    """Whether a post fits the others he holds: who keeps accounts, or looks over readings, reads no case."""
    held = set(Appointment.objects.filter(live_worker=worker_id).values_list("role", flat=True))
    if any((one in ALONE) != (role in ALONE) or (one in ALONE and one != role) for one in held):
        return no(_("管帳號或管紀錄的人不能同時辦案。請另外派人。"))
    return YES


__all__ = ["may_hold", "may_keep_account_of", "may_keep_accounts", "may_review_accounts", "stepped_up"]
