"""Where the ends of a line lead on these pages."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from anwang.access.viewer import Viewer
from anwang.care.policies import may_see_load
from anwang.tracking.queries import End
from anwang.web.policy.rule_page import href as rule_href
from anwang.web.shell.navigation import DESKS


def href(end: End, viewer: Viewer) -> str:
    """The address of a rule on the day of its version, of a page, of the definitions of figures.

    Empty for words, and for a desk at which the viewer does not work: a link leads nobody to a closed door.
    """
    if end.kind in ("rule", "instrument") and end.ref:
        return rule_href(end.ref, end.from_on)
    name = {"page": end.ref, "indicator": "figures:index"}.get(end.kind, "")
    if not name or not _open(name, viewer):
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _open(name: str, viewer: Viewer) -> bool:
    if name == "care:load":
        return bool(may_see_load(viewer))
    if name.startswith("unit_desk:") and not (viewer.supervised_units or viewer.covers):
        return False
    app = _HELD_BY.get(name.partition(":")[0], name.partition(":")[0])
    desks = [one for one in DESKS if any(url.partition(":")[0] == app for url in one.urls)]
    return any(one.roles & viewer.role_names for one in desks)


_HELD_BY = {"tracking": "minutes", "instruments": "figures", "treatment": "care"}
"""Desks without an entry of their own in the menu: whoever works at this one reaches them."""
