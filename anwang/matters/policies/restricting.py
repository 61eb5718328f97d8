"""限閱: who may close a file to all but named readers, who agrees, who ends it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.models import Restriction
from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.queries import superiors
from anwang.directory.states import SUPERVISING, Role
from anwang.foundation import clock
from anwang.matters.models import Matter


def may_restrict(viewer: Viewer, matter: Matter) -> Verdict:
    """The supervisor of the unit that acts, who reads the file himself."""
    if viewer.roles.get(matter.acting_unit_id) not in SUPERVISING:
        return no(_("限閱由承辦單位的督導提出。請洽督導。"))
    if Zone.CASE not in zones_of(viewer, matter.id):
        return no(_("這件事不在你手上，不能設限閱。"))
    return YES


def keeps(viewer: Viewer, restriction: Restriction) -> bool:
    """Whether the viewer is among those who administer it: supervisors of its unit, chiefs there and above."""
    return bool(_keys(viewer) & set(restriction.kept_by))


def may_agree(viewer: Viewer, restriction: Restriction) -> Verdict:
    """A chief of the unit or above, who is not the one who asked."""
    if Role.CHIEF not in {role for unit, role in viewer.roles.items() if f"u:{unit}/chief" in restriction.kept_by}:
        return no(_("限閱由該單位主管同意。請洽主管。"))
    if viewer.worker_id == restriction.asked_by:
        return no(_("自己提出的限閱，要由另一位主管同意。"))
    if restriction.agreed_by is not None or restriction.ended_at is not None or restriction.until_at <= clock.now():
        return no(_("這件限閱已經同意或結束了。請重新整理。"))
    return YES


def may_end_restriction(viewer: Viewer, restriction: Restriction) -> Verdict:
    """Whoever administers it, while it holds."""
    if not keeps(viewer, restriction):
        return no(_("限閱由提出的督導或主管解除。"))
    if restriction.ended_at is not None or restriction.until_at <= clock.now():
        return no(_("這件限閱已經結束了。請重新整理。"))
    return YES


def may_name_reader(viewer: Viewer, restriction: Restriction) -> Verdict:
    """A supervisor who administers it: a chief agrees to the list, he does not lengthen it."""
    supervises = {f"u:{unit}/supervising" for unit, role in viewer.roles.items() if role in SUPERVISING}
    if not supervises & set(restriction.kept_by):
        return no(_("可閱人員由承辦單位的督導指定。請洽督導。"))
    return may_end_restriction(viewer, restriction)


def kept_by(matter: Matter) -> list[str]:
    """The holder keys that administer a restriction of this matter."""
    chiefs = [f"u:{unit}/chief" for unit in superiors(matter.acting_unit_id)]
    return [f"u:{matter.acting_unit_id}/supervising", *chiefs]


def _keys(viewer: Viewer) -> set[str]:
    keys = {f"u:{unit}/{role}" for unit, role in viewer.roles.items()}
    return keys | {f"u:{unit}/supervising" for unit, role in viewer.roles.items() if role in SUPERVISING}
