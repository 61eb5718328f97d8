"""May this person look at, or keep, the registry of other systems? Each answer is a Verdict with a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

from .models import System


def may_see_systems(viewer: Viewer) -> Verdict:
    """Which systems there are and how they fare: the administrator, the head, the supervisor of the front door."""
    if has(viewer, Permission.SEE_SYSTEMS) or has(viewer, Permission.KEEP_SYSTEMS):
        return YES
    return no(_("介接由系統管理員管理。要查請洽系統管理員。"))


def may_keep_systems(viewer: Viewer) -> Verdict:
    """Registering systems, issuing and revoking tokens."""
    if has(viewer, Permission.KEEP_SYSTEMS):
        return YES
    return no(_("登記系統與發憑證由系統管理員辦理。"))


def may_keep(viewer: Viewer, system: System) -> Verdict:
    """One system: his own county's, or one that serves the whole country."""
    allowed = may_keep_systems(viewer)
    if allowed and system.county_id not in (None, viewer.county):
        return no(_("這個系統是別的縣市的。請洽該縣市的系統管理員。"))
    return allowed
