"""Alarms of rosters as one line on the pages where those who answer for them work."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from anwang.access.viewer import Viewer
from anwang.rosters import policies
from anwang.rosters.queries import how_many


@dataclass(frozen=True)
class Line:
    """One sentence with its page; `more` says of what kinds they are."""

    says: str
    more: str
    href: str


def roster_line(viewer: Viewer) -> Line | None:
    """What stands wrong with rosters, for whoever answers for them; None where nothing does."""
    if not policies.may_answer(viewer):
        return None
    found = how_many(viewer)
    if not found.total:
        return None
    says = ngettext("名冊有%(n)d件警示", "名冊有%(n)d件警示", found.total) % {"n": found.total}
    return Line(says, found.words, reverse("rosters:index"))
