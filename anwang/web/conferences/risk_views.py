"""Listing a case as high risk, and ending it."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.cases.queries import page
from anwang.conferences import actions, queries, rules, words
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .views import HERE


def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Listings of one case."""
    case = page(request.viewer, number)
    found = queries.risk_of_case(request.viewer, case.id)
    return render(request, "conferences/risk.html", {"here": HERE, "case": case, "r": found})


def enlist(request: HttpRequest, number: str) -> HttpResponse:
    """List somebody as high risk, by rule or by judgement."""
    case = page(request.viewer, number)
    found = queries.risk_of_case(request.viewer, case.id)
    choices = {
        "person_id": list(found.people), "ground": words.choices(rules.GROUND),
        "to_unit_id": queries.convening_units(request.viewer),
    }  # fmt: skip
    sheet = Sheet(
        _("列管高危機"), _("列管"), _("列管了。一個月內要提會討論。"), reverse("conferences:of_case", args=[number]),
        aside=(
            _("結果照回報的版本填，不用舊表的8分去算新表。"),
            _("規則說不列管，你仍可以用專業判斷列管，寫明理由。"),
            _("列管中不能結案；解除要有重測和會議決議。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        given |= {"person_id": UUID(given["person_id"]), "to_unit_id": UUID(given["to_unit_id"])}
        actions.list_high_risk(matter_id=case.id, listed=actions.Listed(**given), by=request.viewer, at=clock.now())

    return fill(request, forms.ListForm(request.POST or None, choices=choices), sheet, act, case=case, here=HERE)


def end(request: HttpRequest, number: str, listing_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    case = page(request.viewer, number)
    found = queries.risk_of_case(request.viewer, case.id)
    line = next((one for one in found.live if one.id == listing_id), None)
    if line is None:
        raise NotFound(_("查無這筆高危機列管。"))
    choices = {
        "how": words.choices(rules.RISK_END), "retest_id": [*line.tests, ("", _("沒有"))],
        "decision_id": [*line.decisions, ("", _("沒有"))],
    }  # fmt: skip
    sheet = Sheet(_("解除高危機列管"), _("解除列管"), _("解除了。"), reverse("conferences:of_case", args=[number]),
                  aside=(line.whom, _("重測要在列管之後，決議要是會議對這個案件的決議。")))  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        ids = {name: UUID(given[name]) if given[name] else None for name in ("retest_id", "decision_id")}
        actions.end_high_risk(listing_id=listing_id, ended=actions.Ended(**given | ids), by=request.viewer,
                              at=clock.now())  # fmt: skip

    return fill(request, forms.EndListingForm(request.POST or None, choices=choices), sheet, act, case=case, here=HERE)
