"""Who keeps the register of places, who sees supply, who chooses a place: asked by pages and by actions alike.

Each answer is a Verdict. Pages are read by queries, which rest on no policy; hence the own module.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.cases.policies import may_place


def may_see_supply(viewer: Viewer) -> Verdict:
    """Which places there are and how many are free: whoever places people, and who supervises or answers for it."""
    if viewer.service or any(has(viewer, one) for one in (Permission.PLACE, Permission.REVIEW, Permission.RULE)):
        return YES
    return no(_("處所供給由辦理安置的社工和督導看。需要安置請洽承辦單位。"))


def may_keep_places(viewer: Viewer, county: str) -> Verdict:
    """Register places, their number and closures: a supervisor or chief of that county who places people or rules."""
    keeps = has(viewer, Permission.REVIEW) and (has(viewer, Permission.PLACE) or has(viewer, Permission.RULE))
    if viewer.service or (keeps and viewer.county == county):
        return YES
    return no(_("處所由該縣市的督導或主管登錄。請洽督導。"))


def may_choose(viewer: Viewer, case_id: UUID) -> Verdict:
    """Choose a place, move somebody, see where he is: a public worker of the case who reads its safety zone."""
    verdict = may_place(viewer, case_id)
    if not verdict or viewer.service or Zone.SAFETY in writing_zones_of(viewer, case_id):
        return verdict
    return no(_("處所只有承辦社工和值班社工能看。請洽承辦人。"))
