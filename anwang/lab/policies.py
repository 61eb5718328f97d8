"""Who writes a draft, comments, answers, approves, replays and reads. Each answer is a Verdict with a sentence."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.steering import NATION, standing
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.states import Role
from anwang.rulebook import Handle

from .models import Draft
from .states import REPLAYED, TRANSITIONS, DraftState


def may_draft(viewer: Viewer, county: str, handle: Handle[object] | None = None, *, at: str | None = None) -> Verdict:
    """Officers and chiefs: of a ministry for the nation, of a county for what the rule lets it set.

    `at` is the viewer's `standing().reach`, where the caller has asked already.
    """
    mine = standing(viewer).reach if at is None else at
    if mine is None:
        return no(_("規則草案由業務承辦或主管提出。你可以先在草案上提意見。"))
    if mine != county:
        if county == NATION:
            return no(_("全國規定由中央提草案。縣市可以提意見，或訂本縣的值。"))
        return no(_("這是別的縣市的規定。請洽那個縣市的業務承辦。"))
    if county and handle is not None and not settable_keys(handle, county):
        return no(_("這條規則縣市不能另訂。要改請向中央提。"))
    return YES


def settable_keys(handle: Handle[object], county: str) -> tuple[str, ...]:
    """The keys of a rule a county may set, in the order the rule names them; meaningless for the nation."""
    return tuple(key for key, freedom in handle.settable_by.get("county", {}).items() if freedom != "not")


def may_read(viewer: Viewer, draft: Draft, *, at: str | None = None) -> Verdict:
    """Until opened, those who steer for its county; then all, a county's draft its own staff and the ministry."""
    mine = standing(viewer).reach if at is None else at
    written = draft.opened_at is None
    if mine is not None and mine in (draft.county, NATION) and (not written or mine == draft.county):
        return YES
    if not written and viewer.worker_id and draft.county in (NATION, viewer.county):
        return YES
    return no(_("這份草案還沒有公開徵詢意見。"))


def may_comment(viewer: Viewer, draft: Draft, now: datetime, *, at: str | None = None) -> Verdict:
    """Everybody who is logged in and may read it, while it is open."""
    if not viewer.worker_id or not may_read(viewer, draft, at=at):
        return no(_("這份草案不是你們縣市的，請洽那個縣市的業務承辦。"))
    if draft.state != DraftState.OPEN:
        return no(_("現在不是徵詢意見的期間。"))
    assert draft.comment_until is not None
    if now >= draft.comment_until:
        return no(_("徵詢期間過了。還有意見請直接洽提案的業務承辦。"))
    return YES


def may_write(viewer: Viewer, draft: Draft) -> Verdict:
    """Those who steer for its county: write it on, open it, answer, hand it to the approvers, give it up."""
    if standing(viewer).reach == draft.county:
        return YES
    return no(_("只有提草案的機關可以處理。請洽提案的業務承辦。"))


def may_approve(
    viewer: Viewer, draft: Draft, approved: tuple[tuple[object, bool], ...], today: date, *, at: str | None = None
) -> Verdict:
    """Two who are not its author, one of them a chief: of the ministry, for a county its own chief and one more.

    `approved`: who has in this round, and whether as chief of the drafting authority.
    """
    mine = standing(viewer).reach if at is None else at
    if mine is None or mine not in (draft.county, NATION):
        return no(_("核准由兩個人做：全國規定由中央，縣市的值由縣市主管和另一位。"))
    if DraftState.ENACTED not in TRANSITIONS[DraftState(draft.state)]:
        return no(_("還沒送核准。意見都回覆之後，提案的人會送來。"))
    if viewer.worker_id == draft.author_id:
        return no(_("自己提的草案，由別的兩位核准。"))
    if any(who == viewer.worker_id for who, _chief in approved):
        return no(_("你核准過了，等另一位。"))
    if approved and not any(chief for _who, chief in approved) and not is_chief_for(viewer, draft, mine):
        return no(_("兩位裡要有一位主管。請主管核准。"))
    if draft.starts_on <= today:
        return no(_("生效日已經到了或過了。請退回，改成以後的日子。"))
    return YES


def is_chief_for(viewer: Viewer, draft: Draft, mine: str) -> bool:
    """Whether the viewer approves as a chief of the authority whose rule it is."""
    return mine == draft.county and Role.CHIEF in viewer.role_names


def may_replay(viewer: Viewer, draft: Draft, kind: str) -> Verdict:
    """Those who may write it, and for the nation's drafts nobody else; not every kind of rule leaves records."""
    if kind not in REPLAYED:
        return no(_("這類規則沒有可以重算的紀錄。"))
    return may_write(viewer, draft)


def may_see_replay(viewer: Viewer, draft: Draft, *, at: str | None = None) -> Verdict:
    """Numbers: whoever steers or sees figures, of his own county. They name no file."""
    if (has(viewer, Permission.STEER) or has(viewer, Permission.FIGURES)) and may_read(viewer, draft, at=at):
        return YES
    return no(_("重算的數字由業務承辦、督導和主管看。"))
