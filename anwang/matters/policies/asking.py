"""Who may ask other units, answer for one, end what was agreed, and hand over many matters at once."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Contract, Unit
from anwang.directory.queries import standing, superiors
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.matters.models import HandOverItem, HandOverList, Matter, Offer, ShiftHandover
from anwang.matters.states import MatterKind, OfferKind

from .work import holds, may_work_on

DECIDES = {OfferKind.TRANSFER, OfferKind.LEAD, OfferKind.TRANSITION}
"""Offers that move responsibility: a supervisor sends and answers them."""
ASKS_A_REFERRAL = {OfferKind.REFERRAL, OfferKind.TRANSITION}
"""How a referral is sent: now, or for a day to come. The case it arose from stays where it is."""


def may_offer(viewer: Viewer, matter: Matter, kind: OfferKind, to_unit: Unit) -> Verdict:
    """Whoever works on the matter asks; what moves responsibility is sent by a supervisor."""
    if not (allowed := may_work_on(viewer, matter)):
        return allowed
    if not holds(viewer, matter) and not _is_asked(viewer, matter):
        return no(_("協力單位和爭議的另一方不能替承辦單位去問。請洽承辦單位。"))
    if matter.kind == MatterKind.REFERRAL:
        return YES if kind in ASKS_A_REFERRAL else no(_("轉介只能送出或改送。要一起做，請由案件邀請協力。"))
    if kind in DECIDES and not has(viewer, Permission.ASSIGN):
        return no(_("移轄與主責交接由督導送出。請送審。"))
    if kind in DECIDES and not to_unit.is_public:
        return no(_("民間團體只能執行，不能成為權責機關。請用委託或協力。"))
    if kind == OfferKind.LEAD and matter.kind != MatterKind.COORDINATION:
        return no(_("主責交接只用在家庭主責。案件請用指派或移轄。"))
    if kind == OfferKind.TRANSFER and to_unit.jurisdiction_id == matter.county:
        return no(_("同縣市不用移轄。自己的單位請用指派，別的系統請用轉介。"))
    return YES


def _is_asked(viewer: Viewer, matter: Matter) -> bool:
    """Whether a referral waits for an answer of the viewer's unit, which may send it on."""
    if matter.kind != MatterKind.REFERRAL:
        return False
    return Offer.objects.filter(pending_of=matter.id, to_unit_id__in=viewer.units).exists()


def may_answer(viewer: Viewer, offer: Offer) -> Verdict:
    """The receiving unit's supervisor, chief or deputy; a visit or joining also by whoever assigns there."""
    if standing(viewer.worker_id, offer.to_unit_id, clock.now()) is not None:
        return YES
    if offer.kind not in DECIDES and offer.to_unit_id in viewer.units and has(viewer, Permission.ASSIGN):
        return YES
    return no(_("由收到的單位督導回覆。對方不在系統上時，請承辦單位代登。"))


def may_answer_by_proxy(viewer: Viewer, offer: Offer) -> Verdict:
    """代登: for a receiver without accounts, by whoever works on the matter or is clerk above the unit that asked.

    Never for one who can answer.
    """
    if offer.to_unit.on_system:
        return no(_("對方在系統上，請對方自己回覆；可以打電話提醒。"))
    if not has(viewer, Permission.ANSWER_BY_PROXY):
        return no(_("代登由承辦社工、督導或收發文人員辦理。"))
    if (may_work_on(viewer, offer.matter) and holds(viewer, offer.matter)) or offer.from_unit_id in viewer.units:
        return YES
    if Role.CLERK in viewer.role_names and set(superiors(offer.from_unit_id)) & set(viewer.units):
        return YES
    return no(_("這件事不在你手上，不能代登回覆。"))


def may_see_offer(viewer: Viewer, offer: Offer) -> Verdict:
    """A request is open to both sides, and to whoever may answer it or enter the answer."""
    if {offer.from_unit_id, offer.to_unit_id} & set(viewer.units):
        return YES
    return may_answer(viewer, offer) or may_answer_by_proxy(viewer, offer)


def may_withdraw(viewer: Viewer, offer: Offer) -> Verdict:
    if offer.from_unit_id in viewer.units and may_work_on(viewer, offer.matter):
        return YES
    return no(_("撤回由送出的單位辦理。"))


def may_end_joining(viewer: Viewer, offer: Offer) -> Verdict:
    """Either side, for a reason; the lead is told by the event."""
    if offer.to_unit_id in viewer.units or may_work_on(viewer, offer.matter):
        return YES
    return no(_("結束協力由承辦單位或協力單位辦理。"))


def may_confirm_taken_over(viewer: Viewer, offer: Offer) -> Verdict:
    """The former authority keeps a look-after and alone can say what it heard of the off-system one."""
    if offer.from_unit_id in viewer.units and has(viewer, Permission.ANSWER_BY_PROXY):
        return YES
    return no(_("由原移送單位確認對方已接手。"))


def may_prepare_list(viewer: Viewer, unit_id: UUID) -> Verdict:
    """移交清冊 is prepared by the unit's supervisor, chief or their deputy."""
    if standing(viewer.worker_id, unit_id, clock.now()) is not None:
        return YES
    return no(_("移交清冊由單位督導或主管製作。"))


def may_give(viewer: Viewer, made: HandOverList) -> Verdict:
    """The giver signs; when he cannot any more, the supervisor in his place."""
    if made.from_worker_id is not None and viewer.worker_id == made.from_worker_id:
        return YES
    return may_prepare_list(viewer, made.from_unit_id)


def may_receive(viewer: Viewer, item: HandOverItem) -> Verdict:
    """Whoever gets the matter signs for it; a desk's by whoever is on shift, or the unit's supervisor."""
    if item.to_worker_id in viewer.acts_as or item.to_desk_id in viewer.desks:
        return YES
    if standing(viewer.worker_id, item.to_unit_id, clock.now()) is not None:
        return YES
    return no(_("接收由被指定的人或他的督導簽名。"))


def may_keep_roster(viewer: Viewer, unit_id: UUID) -> Verdict:
    """The roster and leave of a unit, by its supervisors and the administration."""
    if has(viewer, Permission.ROSTER) and (
        standing(viewer.worker_id, unit_id, clock.now()) is not None or has(viewer, Permission.ADMINISTER)
    ):
        return YES
    return no(_("值班表與請假由單位督導或系統管理登錄。"))


def may_change_shift(viewer: Viewer, handover: ShiftHandover, unit_id: UUID) -> Verdict:
    """Both who give and who take over, or the desk's supervisor for one of them."""
    if viewer.worker_id in (handover.from_worker_id, handover.to_worker_id):
        return YES
    if standing(viewer.worker_id, unit_id, clock.now()) is not None:
        return YES
    return no(_("交接單由交班、接班的人或值班督導簽名。"))


def may_let_go(viewer: Viewer, unit_id: UUID) -> Verdict:
    """Deactivate a worker: the administration of his county, or the chief of his unit."""
    here = Unit.objects.filter(id=unit_id, jurisdiction_id=viewer.county)
    if has(viewer, Permission.ADMINISTER) and here.exists():
        return YES
    if standing(viewer.worker_id, unit_id, clock.now()) == "chief":
        return YES
    return no(_("停用由主管或系統管理辦理。"))


def may_close_contract(viewer: Viewer, contract: Contract) -> Verdict:
    if standing(viewer.worker_id, contract.authority_id, clock.now()) is not None:
        return YES
    return no(_("契約由權責機關的督導或主管處理。"))


def may_correct(viewer: Viewer, matter: Matter) -> Verdict:
    """更正 of a start: a supervisor of either holder's unit, never the one whose time it is alone."""
    for unit in {matter.acting_unit_id, matter.accountable_id}:
        if standing(viewer.worker_id, unit, clock.now()) is not None:
            return YES
    return no(_("更正交接時間由督導辦理。請寫實際時間與理由送督導。"))
