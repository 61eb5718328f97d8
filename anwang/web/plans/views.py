"""The plan's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.plans import pages
from anwang.plans.pages import PlanPage


def plan(request: HttpRequest, number: str) -> HttpResponse:
    """What stands now, or with `?version=` as it was agreed then."""
    asked = request.GET.get("version", "")
    page = pages.plan(request.viewer, number, int(asked) if asked.isdecimal() and len(asked) < 4 else 0)
    context = {"plan": page, "here": "/families" if page.is_family else "/cases", "title": _sentence(page)}
    return render(request, "plans/plan.html", context)


def _sentence(page: PlanPage) -> str:
    if page.shown:
        return _("第%(n)d版計畫，%(day)s訂的。") % {"n": page.shown.number, "day": page.shown.at}
    if page.newest is None:
        return _("還沒有訂好的計畫。")
    if page.is_changed:
        return _("計畫改過了，還沒存成新的一版。")
    return _("第%(n)d版計畫，%(day)s前一起檢視。") % {"n": page.newest.number, "day": page.newest.review}
