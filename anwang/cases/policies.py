"""May this person do this to this case now? Each answer is a Verdict with a sentence."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.cases.models import Case, Contact, Note
from anwang.cases.states import BEFORE_OPENING, FINAL, Phase
from anwang.matters.models import Matter
from anwang.matters.policies import holds


def may_record(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Write down a contact: whoever has any relation to the file. Others write an incident note, and act in danger."""
    if viewer.service or writing_zones_of(viewer, matter_id):
        return YES
    return no(_("你不在這個案件裡。有事要告訴承辦人，請寫通知便箋。"))


def may_work(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Hand in reports, place, close: whoever acts on the case, joins it or supervises it."""
    if viewer.service or (Zone.CASE in writing_zones_of(viewer, matter_id) and has(viewer, Permission.CASEWORK)):
        return YES
    return no(_("這個案件由承辦人辦理。要補充事實，請寫紀錄或通知便箋。"))


def may_place(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Place a person: a public worker of the case. An NGO acts on contract and never places."""
    if viewer.service or (Zone.CASE in writing_zones_of(viewer, matter_id) and has(viewer, Permission.PLACE)):
        return YES
    return no(_("安置由主管機關的社工辦理。請立即洽值班台或承辦單位。"))


def may_correct(viewer: Viewer, written: Contact | Note, written_by: UUID) -> Verdict:
    """Only who wrote it corrects it; others add their own."""
    if written_by in viewer.acts_as:
        return YES
    return no(_("紀錄只能由寫的人更正。你可以另外寫一則。"))


def may_write_zone(viewer: Viewer, matter_id: UUID, zone: str) -> Verdict:
    """A note lies in a zone its author can read himself."""
    if viewer.service or zone in writing_zones_of(viewer, matter_id):
        return YES
    return no(_("你在這個案件看不到這一區，所以不能寫在這一區。請改選其他區。"))


def may_decide_opening(case: Case) -> Verdict:
    """成案／未成案 is decided once, before service begins."""
    if case.phase in BEFORE_OPENING:
        return YES
    return no(_("這個案件已經決定過成案與否。要改變，請結案或再開案。"))


def may_close(case: Case) -> Verdict:
    """Only a case in service is closed; one still investigated is decided instead."""
    if case.phase in (Phase.OPENED, Phase.CLOSING_REVIEW, Phase.AFTER_CARE):
        return YES
    if case.phase in FINAL:
        return no(_("這個案件已經結束。"))
    return no(_("還在調查或評估的案件請先決定是否成案。"))


def may_lead(viewer: Viewer, matter: Matter) -> Verdict:
    """Write the shared plan and list of a family: whoever leads it, or his supervisor. A partner reads them."""
    if viewer.service or (Zone.CASE in writing_zones_of(viewer, matter.id) and holds(viewer, matter)):
        return YES
    return no(_("家庭計畫由主責單位更新。請把你的部分告訴主責。"))
