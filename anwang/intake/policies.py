"""May this person do this at the front door? Each answer is a Verdict with a sentence."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of, zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Absence, Shift
from anwang.directory.states import Role
from anwang.matters.hours import office_closes
from anwang.matters.models import Matter


def may_log_call(viewer: Viewer) -> Verdict:
    """The phone log: screeners, whoever is on duty, their supervisors."""
    if has(viewer, Permission.LOG_CALL):
        return YES
    return no(_("電話紀錄由篩派案與值班人員登載。請轉接值班台。"))


def may_take_report(viewer: Viewer) -> Verdict:
    """Taking a report: the front desk; imports as a service. Caseworkers too: danger met on a visit is reported."""
    if viewer.service or has(viewer, Permission.TAKE_REPORT) or has(viewer, Permission.CASEWORK):
        return YES
    return no(_("你的職務不登錄通報。請打值班台的電話，由值班人員登錄。"))


def may_screen(viewer: Viewer, report_id: UUID) -> Verdict:
    """Answering the questions and deciding: who screens and reads this report."""
    if not has(viewer, Permission.SCREEN):
        return no(_("篩派由篩派案人員、值班社工或督導辦理。請洽篩派案督導。"))
    return may_read(viewer, report_id)


def may_dispatch(viewer: Viewer, report_id: UUID) -> Verdict:
    """派案: who may assign and reads this report."""
    if not has(viewer, Permission.ASSIGN):
        return no(_("派案由篩派案人員或督導辦理。請洽篩派案督導。"))
    return may_read(viewer, report_id)


def may_read(viewer: Viewer, report_id: UUID) -> Verdict:
    """Acting on the report that one reads through a grant; an emergency opening lets nobody act."""
    if viewer.service or Zone.CASE in writing_zones_of(viewer, report_id):
        return YES
    return no(_("這件通報不在你的範圍。請洽篩派案窗口或值班台。"))


def may_read_reporter(viewer: Viewer, report_id: UUID) -> Verdict:
    """One traced click for whoever holds the report: the assigned worker or the desk on duty. Nobody else."""
    if Zone.REPORTER in zones_of(viewer, report_id):
        return YES
    return no(_("通報人身分只有承辦人看得到。需要聯絡時，請承辦人回電。"))


def may_take_over(viewer: Viewer, matter: Matter, at: datetime) -> Verdict:
    """接手: the desk on duty from a worker who has gone home; by day a screener from a desk that nobody keeps."""
    if not may_read(viewer, matter.id):
        return may_read(viewer, matter.id)
    if not has(viewer, Permission.SCREEN):
        return no(_("接手由值班台或篩派案人員辦理。請洽值班督導。"))
    if matter.ended_at is not None:
        return no(_("這件通報已經結束，不用接手。"))
    mine = viewer.desks or matter.accountable_id in viewer.units
    if mine and not _is_there(matter, at) and matter.acting_desk_id not in viewer.desks:
        return YES
    return no(_("現在承辦的人還在班上。要換人，請他的督導改派。"))


def _is_there(matter: Matter, at: datetime) -> bool:
    """Whether the holder can be reached at work: a worker in office hours or on a shift, a desk while it is kept."""
    on_shift = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at)
    if matter.acting_desk_id:
        return on_shift.filter(desk_id=matter.acting_desk_id).exists()
    if on_shift.filter(worker_id=matter.acting_worker_id).exists():
        return True
    away = Absence.objects.filter(worker_id=matter.acting_worker_id, starts_at__lte=at, ends_at__gt=at)
    return office_closes(at, matter.county) is not None and not away.exists()


def may_take_second_look(viewer: Viewer, report_id: UUID) -> Verdict:
    """再檢視 is the supervisor's: a second pair of eyes, not the same."""
    if has(viewer, Permission.REVIEW):
        return may_read(viewer, report_id)
    return no(_("再檢視由督導辦理。請送督導。"))


def may_answer(viewer: Viewer, report_id: UUID) -> Verdict:
    """Answering whoever reported: who screens, or works on it, and reads the report."""
    if not (has(viewer, Permission.SCREEN) or has(viewer, Permission.CASEWORK)):
        return no(_("通報人由篩派案人員或承辦社工回覆。請洽篩派案督導。"))
    return may_read(viewer, report_id)


def may_see_replies(viewer: Viewer) -> Verdict:
    """The list of replies that are owed: the front desk, and clerks, who see numbers and dates only."""
    if has(viewer, Permission.SCREEN) or Role.CLERK in viewer.role_names:
        return YES
    return no(_("待回覆清單由篩派案與收發文人員使用。請洽篩派案督導。"))


def may_hand_in(viewer: Viewer, matter_id: UUID) -> Verdict:
    """今晚關注名單: whoever works on the matter or supervises it."""
    if Zone.CASE in writing_zones_of(viewer, matter_id):
        return YES
    return no(_("只能交付你承辦或督導的案件。請從案件頁交付。"))


def may_keep_desk(viewer: Viewer, desk_id: UUID, unit_id: UUID) -> Verdict:
    """The desk's sheet: who is on shift there, and the supervisors of its unit."""
    if desk_id in viewer.desks or unit_id in viewer.supervised_units:
        return YES
    return no(_("交接單由當班人員填寫。請洽值班督導。"))
