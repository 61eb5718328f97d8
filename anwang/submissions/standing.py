"""Who calls, sends, reviews and decides: asked by pages and by actions alike. Each answer is a Verdict."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Jurisdiction
from anwang.directory.states import Role
from anwang.funding.standing import may_see

__all__ = ["may_call", "may_decide", "may_proxy", "may_see", "may_write"]


def may_call(viewer: Viewer) -> Verdict:
    """Calls, checks, opinions, letters, posts: whoever steers for the ministry."""
    if viewer.service or standing(viewer).is_ministry:
        return YES
    return no(_("這由中央的業務承辦人辦理。"))


def may_write(viewer: Viewer, county: str) -> Verdict:
    """What a county submits: its own officers and chiefs."""
    if viewer.service or standing(viewer).is_for(county):
        return YES
    return no(_("提報由該縣市的業務承辦人填寫。"))


def may_proxy(viewer: Viewer, county: str) -> Verdict:
    """代登: the ministry, for a county that has nobody on the system."""
    if not may_call(viewer):
        return may_call(viewer)
    if Jurisdiction.objects.filter(code=county, on_system=False).exists():
        return YES
    return no(_("這個縣市在系統上，請由它自己送出。"))


def may_decide(viewer: Viewer, written_by: UUID | None = None) -> Verdict:
    """核定 a review, grant an extension: a chief of the ministry, and never who wrote it."""
    if not may_call(viewer):
        return may_call(viewer)
    if viewer.service or Role.CHIEF not in viewer.role_names:
        return no(_("這由中央的主管決定。請送主管。"))
    if written_by is not None and written_by in viewer.acts_as:
        return no(_("這份意見是你寫的，請另一位主管核定。"))
    return YES
