"""Who looks across agencies, confirms a step, decides a request, opens in an emergency, and reviews it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING


def may_look(viewer: Viewer) -> Verdict:
    """Public workers with a family at hand. Who reads no case looks nobody up."""
    if has(viewer, Permission.LOOK_ACROSS):
        return YES
    return no(_("你的職務不跨機關查詢。請洽承辦社工。"))


def may_open(viewer: Viewer) -> Verdict:
    """Emergency openings: the same people. Others ring the duty desk."""
    if has(viewer, Permission.BREAK_GLASS):
        return YES
    return no(_("你的職務不能緊急調閱。有危險請打110，並洽值班台。"))


def signs_for(viewer: Viewer, unit_id: UUID) -> bool:
    """Whether the viewer signs for a unit: its supervisor, not its chief, who reads no case."""
    return viewer.roles.get(unit_id) in SUPERVISING


def confirms_himself(viewer: Viewer) -> bool:
    """On a duty desk now, or a supervisor: nobody else could be asked in time, or would know better."""
    return bool(viewer.desks) or any(role in SUPERVISING for role in viewer.roles.values())


def may_confirm(viewer: Viewer, unit_id: UUID, asked_by: UUID) -> Verdict:
    """Whom to ring is confirmed by another person: a supervisor of the asker's unit."""
    if signs_for(viewer, unit_id) and viewer.worker_id != asked_by:
        return YES
    return no(_("聯繫窗口由查詢人單位的督導確認。請洽督導。"))


def may_decide(viewer: Viewer, accountable_id: UUID, asked_by: UUID, by_letter: bool) -> Verdict:
    """A request for contents is decided by the unit that answers for the file, never by who asked."""
    if signs_for(viewer, accountable_id) and (by_letter or viewer.worker_id != asked_by):
        return YES
    return no(_("這件請求由檔案的權責單位督導核可。請洽該單位。"))


def may_review(viewer: Viewer, acting_id: UUID | None, reader: UUID) -> Verdict:
    """Whoever holds the review, or covers him; never the reader."""
    if viewer.worker_id != reader and acting_id in viewer.acts_as:
        return YES
    return no(_("緊急調閱由承辦覆核的人覆核，調閱人自己不能。請洽個資保護窗口。"))


def may_see_use(viewer: Viewer) -> Verdict:
    """Figures of use: who answers for it (privacy officer, chief) and who signs for those who look."""
    if has(viewer, Permission.REVIEW_OPENINGS) or has(viewer, Permission.FIGURES):
        return YES
    return no(_("使用統計由督導、主管和個資保護窗口查看。"))


def may_enter(viewer: Viewer) -> Verdict:
    """The desk of disclosure has something for everybody named above."""
    if may_look(viewer) or may_see_use(viewer):
        return YES
    return no(_("你的職務不用這一頁。請從選單重新進入。"))
