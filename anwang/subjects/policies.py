"""Who takes, writes, looks at and hands over; who may erase."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anwang.access.queries import writing_zones_of, zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.states import Role
from anwang.matters.policies import may_work_on

from .models import Answer, Erasure, Request

KEEPERS = frozenset({Role.CHIEF, Role.PRIVACY_OFFICER})


def may_use(viewer: Viewer) -> Verdict:
    """The list of requests: whoever takes them, lets them leave or watches over them."""
    if may_take(viewer) or has(viewer, Permission.REVIEW) or KEEPERS & viewer.role_names:
        return YES
    return no(_("當事人請求由收發文或承辦單位收。請洽承辦單位。"))


def may_take(viewer: Viewer) -> Verdict:
    """A clerk, or whoever works with families at a public unit."""
    if viewer.worker_id and viewer.unit_id and (has(viewer, Permission.PAPERS) or has(viewer, Permission.CASEWORK)):
        return YES
    return no(_("你的職務不收當事人請求。請洽收發文。"))


def may_write(viewer: Viewer, request: Request) -> Verdict:
    """The answer is written by whoever acts on the request."""
    return may_work_on(viewer, request.matter)


def may_look(viewer: Viewer, answer: Answer) -> Verdict:
    """A second person lets it leave: who reviews, did not write it, and may read what stands in it."""
    if viewer.worker_id == answer.by:
        return no(_("答復由第二人看過才能交付。請洽你的督導。"))
    if not has(viewer, Permission.REVIEW):
        return no(_("答復由督導或科長看過才能交付。"))
    zone = Zone.WORK if answer.is_guarded else Zone.CASE
    if zone not in zones_of(viewer, answer.request_id):
        return no(_("這份答復寫有個案內容，由承辦單位的督導看。"))
    return YES


def may_print(viewer: Viewer, request: Request) -> Verdict:
    if Zone.WORK in writing_zones_of(viewer, request.matter_id):
        return YES
    return no(_("答復由承辦人列印。"))


def may_keep(viewer: Viewer) -> Verdict:
    """The list of what is due, holds and erasing."""
    if KEEPERS & viewer.role_names:
        return YES
    return no(_("保存期限由科長與個資保護窗口處理。"))


def may_confirm(viewer: Viewer, erasure: Erasure) -> Verdict:
    """Two persons erase."""
    if not may_keep(viewer):
        return may_keep(viewer)
    if viewer.worker_id == erasure.proposed_by:
        return no(_("刪除要兩個人。請另一位科長或個資保護窗口確認。"))
    return YES
