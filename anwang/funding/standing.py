"""Who keeps lines and grants, who reports, who sees whose money: asked by pages and by actions alike.

Each answer is a Verdict. Pages are read by queries, which rest on no policy; hence the own module.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer


def may_see(viewer: Viewer, county: str = "") -> Verdict:
    """Money and submissions: who steers; of a county only his own, the ministry all."""
    if viewer.service or standing(viewer).is_ministry or standing(viewer).is_for(county):
        return YES
    return no(_("提報與經費由業務承辦人和主管看，只看自己的縣市。"))


def may_grant(viewer: Viewer) -> Verdict:
    """Lines, tiers, shares, grants, reminders, settling: the ministry."""
    if viewer.service or standing(viewer).is_ministry:
        return YES
    return no(_("這由中央的業務承辦人登錄。要更正請洽中央承辦人。"))


def may_report(viewer: Viewer, county: str) -> Verdict:
    """Execution and what was paid back: the county itself; the ministry by proxy for one that is not on the system."""
    if viewer.service or standing(viewer).is_ministry or standing(viewer).is_for(county):
        return YES
    return no(_("執行情形由該縣市填報。要更正請洽該縣市承辦人。"))
