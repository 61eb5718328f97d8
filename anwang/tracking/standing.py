"""Who tracks, links, tells and acknowledges, asked by pages and by actions alike.

Queries rest on no policy; hence the own module. Who reports and rules stands in `conferences.standing`.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

from .models import Follow, Relay


def may_see(viewer: Viewer) -> Verdict:
    """The desk of decisions: officers and chiefs of an authority."""
    return YES if has(viewer, Permission.STEER) else no(_("政策會議由中央與縣市的業務承辦和主管處理。"))


def may_track(viewer: Viewer, unit_id: UUID) -> Verdict:
    """Put decisions under 列管, tell units, link changes: officers of the unit that keeps the minutes."""
    if has(viewer, Permission.STEER) and unit_id in viewer.units:
        return YES
    return no(_("列管由保管這份紀錄的單位登錄。請洽該單位承辦人。"))


def may_link(viewer: Viewer, follow: Follow, doing: UUID) -> Verdict:
    """Say what a decision changed: the keeper, or the unit that carries it out."""
    if has(viewer, Permission.STEER) and (follow.unit_id in viewer.units or doing in viewer.units):
        return YES
    return no(_("改了什麼由主辦單位或紀錄單位登錄。"))


def may_receive(viewer: Viewer, relay: Relay) -> Verdict:
    """Say that a unit has the decisions: the unit itself; for one without accounts whoever keeps the minutes."""
    if not has(viewer, Permission.STEER):
        return no(_("收到布達由單位的業務承辦或主管確認。"))
    if relay.unit_id in viewer.units or relay.follow.unit_id in viewer.units:
        return YES
    return no(_("這份布達不是給你的單位。"))
