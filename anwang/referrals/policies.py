"""May this person do this to this referral now? Each answer is a Verdict with a sentence."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Unit
from anwang.directory.queries import standing
from anwang.foundation import clock
from anwang.matters.models import Matter, Offer
from anwang.matters.policies import holds, may_answer, may_answer_by_proxy
from anwang.referrals import rules
from anwang.referrals.models import Referral, ReferralStep
from anwang.referrals.states import TAKEN, ReferralState, Sort, StepKind


def may_refer(viewer: Viewer, case: Matter) -> Verdict:
    """Refer from a case, plan a transition: whoever works on it on the side that holds it."""
    writes = viewer.service or (
        Zone.CASE in writing_zones_of(viewer, case.id) and has(viewer, Permission.CASEWORK) and holds(viewer, case)
    )
    return YES if writes else no(_("轉介由案件的承辦單位辦理。請告訴承辦人需要什麼。"))


def is_sender(viewer: Viewer, referral: Referral) -> bool:
    """On the side of the case it came from, as long as that side may write there; its own holder before acceptance."""
    case = referral.case
    return bool(viewer.service) or (
        Zone.CASE in writing_zones_of(viewer, case.id)
        and holds(viewer, case)
        and case.acting_unit_id != referral.to_unit_id
    )


def is_receiver(viewer: Viewer, referral: Referral) -> bool:
    """At the unit that was asked, and let read by it."""
    return referral.to_unit_id in viewer.units and Zone.CASE in writing_zones_of(viewer, referral.id)


def may_send(viewer: Viewer, referral: Referral) -> Verdict:
    """Answer what was asked back, send on, give up: the sender's side."""
    if is_sender(viewer, referral) or keeps(viewer, Matter.objects.get(id=referral.id)):
        return YES
    return no(_("這由送出轉介的單位決定。"))


def keeps(viewer: Viewer, matter: Matter) -> bool:
    """Whether the referral itself is held by the viewer's unit."""
    return holds(viewer, matter) and Zone.CASE in writing_zones_of(viewer, matter.id)


def may_ask_back(viewer: Viewer, referral: Referral) -> Verdict:
    """The unit that was asked; a receiver without accounts asks by telephone and the sender notes it."""
    if is_receiver(viewer, referral) or (not referral.to_unit.on_system and may_send(viewer, referral)):
        return YES
    return no(_("由收到轉介的單位提問。"))


def may_tell(viewer: Viewer, referral: Referral) -> Verdict:
    """First contact and outcome: the receiver; of one without accounts, the sender enters what he heard."""
    if is_receiver(viewer, referral) or (not referral.to_unit.on_system and may_send(viewer, referral)):
        return YES
    return no(_("由接受的單位回饋。對方不在系統上時，由送出的單位代登。"))


def may_open(viewer: Viewer, referral: Referral) -> Verdict:
    """Open the receiver's own case: whoever assigns there."""
    if referral.to_unit_id in viewer.units and has(viewer, Permission.ASSIGN):
        return YES
    return no(_("由接受單位的督導開案並指定承辦人。"))


def may_publish(viewer: Viewer, unit: Unit) -> Verdict:
    """A unit says itself what it can take; for one without accounts, supervisors of its county enter what it said."""
    if standing(viewer.worker_id, unit.id, clock.now()) is not None:
        return YES
    if not unit.on_system and has(viewer, Permission.ASSIGN) and unit.jurisdiction_id == viewer.county:
        return YES
    return no(_("服務量能由該單位的督導登錄。"))


def may_take_notice(viewer: Viewer) -> Verdict:
    """Enter a notice of release or discharge: the front desk, by day and night."""
    if has(viewer, Permission.SCREEN) or viewer.desks:
        return YES
    return no(_("返家通知由受理窗口或值班台登錄。請立即打電話給值班台。"))


def may_log(viewer: Viewer, notice_id: UUID) -> Verdict:
    """Log the call to her: whoever reads her case and works on it, or whoever is on the desk that holds the notice."""
    if viewer.service or Zone.CASE in writing_zones_of(viewer, notice_id):
        return YES
    return no(_("這則通知由她的承辦人處理。"))


def was_visited_together(referral: Referral) -> bool:
    """Whether sender and receiver of a step-down saw the family together."""
    return ReferralStep.objects.filter(referral=referral, kind=StepKind.VISITED_TOGETHER).exists()


def acts(viewer: Viewer, referral: Referral, matter: Matter, asked: Offer | None) -> frozenset[str]:
    """The acts open to a viewer on a referral now, by name."""
    found: set[str] = set()
    sends, receiver = is_sender(viewer, referral), is_receiver(viewer, referral)
    sender = sends or keeps(viewer, matter)
    if sends:
        found.add("case")
    if matter.ended_at is not None:
        return frozenset(found)
    tells, down = receiver or (not referral.to_unit.on_system and sender), matter.sort == Sort.STEP_DOWN
    if referral.state == ReferralState.SENT and asked is not None:
        found |= {"answer"} if may_answer(viewer, asked) else set()
        found |= {"proxy"} if may_answer_by_proxy(viewer, asked) else set()
        found |= {"ask_back"} if tells else set()
        found |= {"reply", "give_up"} if sender else set()
        found |= {"send_on"} if sender or receiver else set()
    elif referral.state == ReferralState.RETURNED and sender:
        found |= {"send_on", "give_up"}
    elif referral.state in TAKEN:
        found |= {"contact", "give_back"} if tells else set()
        found |= {"close"} if tells and not down else set()
        found |= {"together"} if down and (sender or receiver) else set()
        found |= {"look_back"} if down and sender and was_visited_together(referral) else set()
        opens = rules.mark(rules.KINDS, referral.to_kind, "opens") and referral.opened_case is None
        found |= {"open"} if opens and may_open(viewer, referral) else set()
    return frozenset(found)
