"""Who sees the figures of a county, and who the records behind them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Unit


def counties(viewer: Viewer) -> tuple[str, ...]:
    """Codes of the counties whose figures the viewer's posts open: his own first."""
    if not has(viewer, Permission.FIGURES):
        return ()
    if len(viewer.supervised_units) < 2:
        return (viewer.county,)
    seen = Unit.objects.filter(id__in=viewer.supervised_units, is_public=True).values_list("jurisdiction_id", flat=True)
    return (viewer.county, *sorted(set(seen) - {viewer.county}))


def may_see_figures(viewer: Viewer, county: str) -> Verdict:
    """Supervisors, heads and officers of the county's own units. The database function asks the same again."""
    if not has(viewer, Permission.FIGURES):
        return no(_("統計由督導、主管和業務承辦查閱。需要數字請洽主管。"))
    if viewer.county != county and county not in counties(viewer):
        return no(_("只能看自己縣市的統計。"))
    return YES


def may_drill(viewer: Viewer, county: str) -> Verdict:
    """From a figure to its records: never for whoever has no grants on them, such as a head of office."""
    if not may_see_figures(viewer, county):
        return may_see_figures(viewer, county)
    return YES if has(viewer, Permission.DRILL) else no(_("主管看數字，不看個案清單。要看個案請洽該單位督導。"))
