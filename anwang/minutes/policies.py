"""Who reads minutes and who writes them. Each answer is a Verdict with a sentence; lists use the same words in SQL.

Drafts belong to the unit that keeps them and those above it in the same authority. Minutes that were sent are read by
everybody who steers, where the body is of the centre; those of a county by that county, by the centre, and by whoever
was asked to the sitting.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Unit

from .models import Sitting
from .queries.seen import is_visible
from .states import OUT

SERVICE = "minutes"
"""The command that brings files: whoever may run it keeps the machine."""


def may_steer(viewer: Viewer) -> Verdict:
    """Look at the desk of meetings of policy at all."""
    if has(viewer, Permission.STEER):
        return YES
    return no(_("政策會議由業務承辦人與主管辦理。請洽你的主管。"))


def may_read(viewer: Viewer, sitting: Sitting) -> Verdict:
    """Read one sitting's minutes."""
    if has(viewer, Permission.STEER) and is_visible(viewer, sitting.id):
        return YES
    return no(_("這份紀錄還沒發送給你的單位。請洽開會單位。"))


def may_keep_for(viewer: Viewer, unit_id: UUID) -> Verdict:
    """Draft, import and send minutes for a unit: who steers there, and the chief of a unit above it."""
    if viewer.service == SERVICE:
        return YES
    if not has(viewer, Permission.STEER):
        return may_steer(viewer)
    if unit_id in viewer.units or unit_id in units_below(viewer):
        return YES
    return no(_("紀錄由開會單位自己辦理。請洽該單位。"))


def may_write(viewer: Viewer, sitting: Sitting) -> Verdict:
    """Change a sitting that was not sent yet."""
    if sitting.state in OUT:
        return no(_("紀錄已經發送，內容不再改。請在下次會議提修正。"))
    return may_keep_for(viewer, sitting.unit_id)


def may_confirm(viewer: Viewer, sitting: Sitting) -> Verdict:
    """Say that sent minutes were confirmed."""
    return may_keep_for(viewer, sitting.unit_id)


def units_below(viewer: Viewer) -> frozenset[UUID]:
    """Units of the viewer's own authority below those he heads."""
    if not viewer.supervised_units:
        return frozenset()
    below = Unit.objects.filter(superior_id__in=viewer.supervised_units, jurisdiction_id=viewer.county, is_public=True)
    return frozenset(below.values_list("id", flat=True))


__all__ = ["may_confirm", "may_keep_for", "may_read", "may_steer", "may_write", "units_below"]
