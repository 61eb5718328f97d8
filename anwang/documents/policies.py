"""Who keeps the register, who writes letters, who numbers and sends them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.queries import superiors
from anwang.directory.states import Role
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind

from .models import Paper
from .states import TRANSITIONS, PaperState


def may_use_register(viewer: Viewer) -> Verdict:
    """The desk of papers: whoever handles papers by his post."""
    return YES if has(viewer, Permission.PAPERS) else no(_("你的職務不辦公文。請洽單位的收發文人員。"))


def may_restyle(viewer: Viewer) -> Verdict:
    """Templates of a unit: its clerk or whoever supervises it."""
    if Role.CLERK in viewer.role_names or viewer.supervised_units:
        return YES
    return no(_("範本由收發文人員或督導更換。請洽單位的收發文人員。"))


def may_register(viewer: Viewer, matter: Matter | None) -> Verdict:
    """Registering on a matter: whoever knows it, or a clerk of the county who has its number on the paper.

    An officer who steers registers on what his own unit answers for (a submission), never on a family's.
    """
    own = matter is not None and matter.kind == MatterKind.SUBMISSION and matter.accountable_id in viewer.units
    if own and has(viewer, Permission.STEER):
        return YES
    verdict = may_use_register(viewer)
    if not verdict or matter is None:
        return verdict
    if matter.county == viewer.county and Role.CLERK in viewer.role_names:
        return YES
    return YES if Zone.WORK in writing_zones_of(viewer, matter.id) else no(_("找不到這個案號。請核對紙上的號碼。"))


def may_write_letter(viewer: Viewer, matter: Matter) -> Verdict:
    """A letter speaks about a case, so its writer reads the case."""
    verdict = may_use_register(viewer)
    return may_speak_of(viewer, matter) if verdict else verdict


def may_speak_of(viewer: Viewer, matter: Matter) -> Verdict:
    """Saying whom a request is about: whoever reads the case."""
    if Zone.CASE in writing_zones_of(viewer, matter.id):
        return YES
    return no(_("這件不在你手上，不能擬函。請承辦人擬稿。"))


def may_handle(viewer: Viewer, paper: Paper) -> Verdict:
    """Numbering, sending, voiding: the unit itself, or a clerk of a unit above it."""
    if not may_use_register(viewer):
        return may_use_register(viewer)
    if paper.unit_id in viewer.units:
        return YES
    if Role.CLERK in viewer.role_names and set(superiors(paper.unit_id)) & set(viewer.units):
        return YES
    return no(_("這份公文由別的單位收發。請洽該單位。"))


def may_become(paper: Paper, state: PaperState) -> Verdict:
    """Draft → numbered → sent; what was sent stays sent."""
    if state in TRANSITIONS.get(PaperState(paper.state), set()):
        return YES
    return no(_("這份公文現在是「%(state)s」，不能這樣改。") % {"state": paper.get_state_display()})
