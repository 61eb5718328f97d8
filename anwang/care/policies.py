"""Who triages, decides, re-routes, tracks compulsion and acts in an emergency. Each answer is a Verdict."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.care import rules
from anwang.care.models import Reroute
from anwang.care.states import HEALTH_UNITS
from anwang.cases.models import Case
from anwang.directory.models import Unit
from anwang.directory.queries import standing
from anwang.foundation import clock


def may_triage(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Say what is known of somebody in a case of mental health: whoever works on it."""
    if not Case.objects.filter(id=matter_id, kind__in=rules.KINDS).exists():
        return no(_("只有精神照護和自殺關懷的案件在這裡分流。"))
    if viewer.service or (Zone.CASE in writing_zones_of(viewer, matter_id) and has(viewer, Permission.CASEWORK)):
        return YES
    return no(_("分流由承辦人或心衛中心督導辦理。請洽承辦單位。"))


def may_decide(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Decide who serves, against the proposal too: a supervisor of the case."""
    if not (allowed := may_triage(viewer, matter_id)):
        return allowed
    if has(viewer, Permission.ASSIGN):
        return YES
    return no(_("由誰服務由督導決定。你可以請求改派，寫明理由。"))


def may_answer(viewer: Viewer, asked: Reroute) -> Verdict:
    """接手或退回: the supervisor, chief or deputy of the unit that was asked."""
    if standing(viewer.worker_id, asked.to_unit_id, clock.now()) is not None:
        return YES
    return no(_("由被請求單位的督導回覆。回覆前由原來的人承辦。"))


def may_keep_posts(viewer: Viewer, unit_id: UUID) -> Verdict:
    """員額: the supervisor or chief of a health unit."""
    if not Unit.objects.filter(id=unit_id, kind__in=HEALTH_UNITS, closed_on=None).exists():
        return no(_("員額只登錄心衛中心和衛生所的。"))
    if standing(viewer.worker_id, unit_id, clock.now()) is not None:
        return YES
    return no(_("員額由單位督導或主管登錄。"))


def may_see_load(viewer: Viewer) -> Verdict:
    """Workers' loads: those who supervise a health unit, and whoever reads figures of the county."""
    if has(viewer, Permission.FIGURES) or viewer.supervised_units:
        return YES
    return no(_("案量由督導和主管看；你自己的案量在名單上。"))


def may_take_emergency(viewer: Viewer) -> Verdict:
    """Anyone of a public unit on duty or at casework acts in danger; nobody is told that he is not competent."""
    if viewer.desks or has(viewer, Permission.CASEWORK) or has(viewer, Permission.TAKE_REPORT):
        public = Unit.objects.filter(id__in=viewer.units, is_public=True, closed_on=None).exists()
        return YES if public else no(_("請立即打119或110，再通知衛生局的二十四小時專線。"))
    return no(_("緊急時請打119或110；由值班或承辦同仁登錄。"))
