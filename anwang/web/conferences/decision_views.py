"""One tracked decision: what was reported, what the chair made of it."""

from __future__ import annotations

from typing import Any  # cleaned data

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.conferences import actions, queries
from anwang.foundation import clock
from anwang.tracking.states import SORT as POLICY
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .views import HERE


def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The decision, its reports and rulings."""
    found = queries.decision(request.viewer, number)
    if found.sort == POLICY:
        return redirect("tracking:decision", number)
    return render(request, "conferences/decision.html", {"here": HERE, "d": found})


def report(request: HttpRequest, number: str) -> HttpResponse:
    """What was done, with its evidence."""
    found = queries.decision(request.viewer, number)
    sheet = Sheet(_("回報辦理情形"), _("送出辦理情形"), _("回報了。等主持人裁示。"),
                  reverse("conferences:decision", args=[number]), aside=(found.text, found.due))  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.report_decision(decision_id=found.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.ReportForm(request.POST or None), sheet, act, here=HERE)


def rule(request: HttpRequest, number: str) -> HttpResponse:
    """Goes on, released, released on a condition."""
    found = queries.decision(request.viewer, number)
    latest = found.reports[:1]
    aside = (found.text, *(f"{one.words}　{one.evidence}" for one in latest))
    sheet = Sheet(_("列管裁示"), _("存下裁示"), _("裁示好了。"), reverse("conferences:decision", args=[number]),
                  aside=aside)  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.rule(decision_id=found.id, ruled=actions.Ruled(**given), by=request.viewer, at=clock.now())

    return fill(request, forms.RuleForm(request.POST or None), sheet, act, here=HERE)
