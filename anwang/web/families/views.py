"""The index of families and the family page. Opening a family page is a reading."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.states import Zone
from anwang.audit.actions import reading
from anwang.cases.queries import cases_at_hand

from . import files, page


def index(request: HttpRequest) -> HttpResponse:
    """Families with an open file the viewer may know of: his own, then his colleagues'; his cases without a family."""
    rows = files.families(request.viewer)
    mine = [row for row in rows if row.is_mine]
    n = len(mine)
    context = {
        "title": ngettext("你手上有%(n)d家。", "你手上有%(n)d家。", n) % {"n": n} if n else _("你手上現在沒有家庭。"),
        "mine": mine,
        "others": [row for row in rows if not row.is_mine],
        "alone": [one for one in cases_at_hand(request.viewer) if one.is_mine and not one.family_number],
    }
    return render(request, "families/index.html", context)


def family(request: HttpRequest, number: str) -> HttpResponse:
    """Who leads, who helps, what is next, who lives there; a lane per file; the picture and its table."""
    context = page.context(request.viewer, number)
    reading("families.family", by=request.viewer, file_id=context["family"].id, zone=Zone.WORK)
    return render(request, "families/family.html", context)
