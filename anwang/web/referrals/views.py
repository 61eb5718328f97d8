"""The desk of referrals: what waits for us, what we wait for; and one referral."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.enactments.queries import held
from anwang.referrals import policies, queries

from .sheets import one


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What was asked of us, what came back, what we wait for, what runs; days that come; notices."""
    viewer = request.viewer
    with held():
        lists = queries.desk(viewer)
        titles = {
            "answer": _("等我們回覆"), "decide": _("退回來，要決定"), "waiting": _("等對方回覆"),
            "running": _("已經接了"), "over": _("最近有結果的"),
        }  # fmt: skip
        context = {
            "lists": [(name, titles[name], rows) for name, rows in lists.items() if rows],
            "count": len(lists["answer"]) + len(lists["decide"]), "plans": queries.transitions(viewer),
            "notices": [one for one in queries.notices(viewer) if not one.result],
            "may_take": bool(policies.may_take_notice(viewer)),
        }  # fmt: skip
        return render(request, "referrals/index.html", context)


@require_safe
@never_cache
def referral(request: HttpRequest, number: str) -> HttpResponse:
    """One referral, for either side."""
    with held():
        return render(request, "referrals/referral.html", {"r": one(request, number), "here": "/referrals"})
