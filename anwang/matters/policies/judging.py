"""Who signs for whom: reviews, disputes, rulings."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.audit.models import Act
from anwang.directory.queries import standing
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.matters.models import Dispute, Matter, Review

from .work import may_work_on

HIMSELF = gettext_noop("自己送的不能自己核可或退回。請另一位督導或代理人決定。")
NOT_WORK = ("assignment.", "matter.", "dispute.", "review.", "shift.", "list.", "offer.")
"""Acts that move or judge a matter; a first act is one that helps."""


def may_review(viewer: Viewer, review: Review) -> Verdict:
    """核可／退回: the supervisor or chief of the unit; 代理核: their cover or the duty supervisor. Never oneself."""
    if viewer.worker_id == review.submitted_by:
        return no(_(HIMSELF))
    if standing(viewer.worker_id, review.unit_id, clock.now()) is None:
        return no(_("這件送審由承辦單位的督導、代理人或值班督導決定。"))
    return YES


def may_hear_approval(viewer: Viewer, matter: Matter, review: Review, approver_id: UUID | None) -> Verdict:
    """Write down a word given by phone: whoever works on the matter, when the one he names may give it."""
    if approver_id == review.submitted_by:
        return no(_(HIMSELF))
    if standing(approver_id, review.unit_id, clock.now()) is None:
        return no(_("電話裡核可的人不是這個單位的督導、代理人或值班督導。"))
    return may_work_on(viewer, matter)


def may_write_down(viewer: Viewer, review: Review) -> Verdict:
    """Only whoever gave his word by phone confirms it."""
    if viewer.worker_id == review.decided_by:
        return YES
    return no(_("補登由電話裡核可的督導自己寫。"))


def may_withdraw_review(viewer: Viewer, review: Review) -> Verdict:
    if review.submitted_by in viewer.acts_as:
        return YES
    return no(_("撤回由送審的人辦理。要退回請督導寫理由。"))


def is_deputy(worker_id: UUID | None, review: Review) -> bool:
    """代理核: signed by somebody other than the unit's own supervisor."""
    return standing(worker_id, review.unit_id, clock.now()) != "supervisor"


def may_file_dispute(viewer: Viewer, matter: Matter) -> Verdict:
    """派案爭議: a supervisor of the unit that holds the matter, after its first act (行政程序法§14 III)."""
    mine = set(viewer.units) & {matter.acting_unit_id, matter.accountable_id}
    signs = has(viewer, Permission.REVIEW) or any(standing(viewer.worker_id, unit, clock.now()) for unit in mine)
    if not mine or not signs:
        return no(_("爭議由現在承辦單位的督導提出。請洽你的督導。"))
    acts = Act.objects.filter(matter_id=matter.id, by_unit_id__in=mine, at__gte=matter.acting_since)
    if not any(not verb.startswith(NOT_WORK) for verb in acts.values_list("verb", flat=True)):
        return no(_("先做第一步，再提爭議：打電話、訪視或排下一步，都算。"))
    return YES


def may_state(viewer: Viewer, dispute: Dispute) -> Verdict:
    """Each side, and the arbiter, write what they have to say."""
    sides = {dispute.filed_by_unit_id, dispute.claimed_unit_id, dispute.arbiter_id}
    if sides & set(viewer.units) or may_work_on(viewer, dispute.matter):
        return YES
    return no(_("只有爭議的單位和裁定機關可以補充意見。"))


def may_rule(viewer: Viewer, dispute: Dispute) -> Verdict:
    """裁定: the chief of the arbiter, or who covers him. Of an arbiter without accounts: a party enters the paper."""
    if dispute.arbiter.on_system:
        if viewer.roles.get(dispute.arbiter_id) == Role.CHIEF or _covers_chief(viewer, dispute.arbiter_id):
            return YES
        return no(_("裁定由共同上級的主管作成。裁定前由現在的單位繼續處理。"))
    if has(viewer, Permission.ANSWER_BY_PROXY) and may_work_on(viewer, dispute.matter):
        return YES
    return no(_("上級機關不在系統上。請承辦單位依公文代登裁定。"))


def may_withdraw_dispute(viewer: Viewer, dispute: Dispute) -> Verdict:
    if dispute.filed_by_unit_id in viewer.supervised_units:
        return YES
    return no(_("撤回由提出爭議的單位督導辦理。"))


def _covers_chief(viewer: Viewer, unit_id: UUID) -> bool:
    return standing(viewer.worker_id, unit_id, clock.now()) in ("cover", "chief")
