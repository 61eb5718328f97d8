"""Who works on a matter: assigns, signs, ticks, excuses and pushes its duties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.queries import is_within, live_contract, standing
from anwang.foundation import clock
from anwang.matters.models import Assignment, Dispute, Duty, Matter

RULE_MADE = ("manual.",)


def may_work_on(viewer: Viewer, matter: Matter) -> Verdict:
    """Write to a matter: the acting pair, its supervisors, whoever joins. In danger anyone may act: see `intake`."""
    if viewer.service or Zone.CASE in writing_zones_of(viewer, matter.id):
        return YES
    return no(_("這件事不在你手上。要補充事實，請寫通知便箋；要接手，請洽承辦單位。"))


def holds(viewer: Viewer, matter: Matter) -> bool:
    """Whether the viewer stands on the side of a holder: acts, or is at a unit that acts or answers, or signs for it.

    A partner who joined, and the other side of a dispute, read and write the case; they decide nothing about it.
    """
    units = {matter.acting_unit_id, matter.accountable_id}
    if viewer.service or units & set(viewer.units) or matter.acting_worker_id in viewer.acts_as:
        return True
    return matter.acting_desk_id in viewer.desks or any(standing(viewer.worker_id, one, clock.now()) for one in units)


def may_assign(viewer: Viewer, matter: Matter, accountable_id: UUID) -> Verdict:
    """指派: by whoever acts on or supervises it, to a unit of the same authority tree. No NGO becomes accountable."""
    if not has(viewer, Permission.ASSIGN):
        return no(_("指派由篩派案人員或督導辦理。請洽你的督導。"))
    if not may_work_on(viewer, matter):
        return may_work_on(viewer, matter)
    if not holds(viewer, matter):
        return no(_("協力單位和爭議的另一方不能指派。請洽承辦單位。"))
    if not is_within(accountable_id, matter.county):
        return no(_("其他縣市的單位不能指派，請用移轄；對方接受前仍由你們負責。"))
    if accountable_id != matter.accountable_id and Dispute.objects.filter(filed_of=matter.id).exists():
        return no(_("派案爭議還沒裁定，不能改派其他單位。裁定前由現在的單位繼續處理。"))
    return YES


def may_act_under(unit_id: UUID, is_public: bool, accountable_id: UUID, at: datetime) -> Verdict:
    """An NGO acts only under a live contract with the accountable authority, and never answers itself."""
    if is_public or live_contract(unit_id, accountable_id, at):
        return YES
    return no(_("這個單位和權責機關沒有有效的委託契約。請先確認契約期間，或由權責機關自己處理。"))


def may_reassign(viewer: Viewer, matter: Matter, to_unit_id: UUID) -> Verdict:
    """改派 stays inside the acting unit and is the supervisor's (or, at night, the duty supervisor's) decision."""
    if to_unit_id != matter.acting_unit_id:
        return no(_("改派只在單位內。要交給其他單位，請用指派或移轄。"))
    if not has(viewer, Permission.ASSIGN) or matter.acting_unit_id not in viewer.units:
        return no(_("改派由承辦單位的督導辦理。請洽督導。"))
    return YES


def may_sign(viewer: Viewer, assignment: Assignment) -> Verdict:
    """簽收: the named worker or his cover, whoever is on shift at the named desk, or the unit's supervisor."""
    if assignment.to_worker_id in viewer.acts_as or assignment.to_desk_id in viewer.desks:
        return YES
    if assignment.to_unit_id in viewer.supervised_units:
        return YES
    return no(_("請由被指派的人、值班台當班人員或該單位督導簽收。"))


def may_tick(duty: Duty) -> Verdict:
    """Only steps that somebody set himself are finished by a tick."""
    if duty.rule_id.startswith(RULE_MADE) or duty.is_auto:
        return YES
    return no(_("這件應辦事項要由紀錄或報告完成，不能直接勾選。請開啟它的表單。"))


def may_excuse(viewer: Viewer, matter: Matter, duty: Duty) -> Verdict:
    """免辦 is decided by the supervisor of the unit that owes the duty."""
    if has(viewer, Permission.REVIEW) and duty.unit_id in viewer.supervised_units:
        return YES
    return no(_("免辦由負責單位的督導決定。請送督導。"))


def may_push(viewer: Viewer, matter: Matter, duty: Duty) -> Verdict:
    """Only a date that nobody's rule fixed can be moved."""
    if not may_tick(duty):
        return no(_("這個期限由規則訂定，不能改期。可以寫卡在哪裡，或請督導免辦。"))
    return may_work_on(viewer, matter)
