"""Who writes a plan. Each answer is a Verdict with a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.cases.policies import may_lead, may_work
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.plans.states import ZONES, LineKind


def may_plan(viewer: Viewer, matter: Matter) -> Verdict:
    """Write the plan: of a case whoever works on it, of a family whoever leads it."""
    if matter.kind == MatterKind.COORDINATION:
        return may_lead(viewer, matter)
    if matter.kind == MatterKind.CASE:
        return may_work(viewer, matter.id)
    return no(_("這件事沒有計畫。計畫寫在案件或家庭主責裡。"))


def may_write(viewer: Viewer, matter: Matter, kind: str, zone: str) -> Verdict:
    """A line, in a zone its author reads. What somebody of the family said, everybody of the team may write down."""
    if zone not in ZONES or (not viewer.service and zone not in writing_zones_of(viewer, matter.id)):
        return no(_("你在這件看不到這一區，所以不能寫在這一區。請改選其他區。"))
    return YES if kind == LineKind.WORDS else may_plan(viewer, matter)


def may_note(viewer: Viewer, matter: Matter, zone: str) -> Verdict:
    """How far something came: whoever of the team reads the line."""
    if viewer.service or zone in writing_zones_of(viewer, matter.id):
        return YES
    return no(_("你看不到這一行，不能記它的進度。請告訴主責。"))
