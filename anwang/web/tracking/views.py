"""The desk of tracked decisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.steering.queries import promised
from anwang.tracking import policies, queries
from anwang.web.minutes.tabs import tabs

HERE = "/sittings"


def index(request: HttpRequest) -> HttpResponse:
    """What I report, what waits for a ruling, what is late, who has not acknowledged yet."""
    policies.may_see(request.viewer).enforce()
    found = queries.desk(request.viewer)
    context = {"tabs": tabs("tracking:index"), "d": found, "title": _title(found), "promised": promised(request.viewer)}
    return render(request, "tracking/index.html", context)


def _title(found: queries.Desk) -> str:
    if found.late:
        return ngettext("有%(n)d項決議過了期限。", "有%(n)d項決議過了期限。", found.late) % {"n": found.late}
    if found.to_rule:
        n = len(found.to_rule)
        return ngettext("有%(n)d項決議等裁示。", "有%(n)d項決議等裁示。", n) % {"n": n}
    n = sum(one.is_open for one in found.decisions)
    if n:
        return ngettext("%(n)d項決議列管中。", "%(n)d項決議列管中。", n) % {"n": n}
    return _("沒有列管中的決議。")
