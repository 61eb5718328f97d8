"""Looking through kept minutes and what became of their decisions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.conferences.states import Tracking
from anwang.tracking import policies, queries
from anwang.web.minutes.tabs import tabs

from .forms import SearchForm


def search(request: HttpRequest) -> HttpResponse:
    """By words, body, unit, state and days; the address holds what was asked, so that it can be kept."""
    policies.may_see(request.viewer).enforce()
    states = [(queries.UNTRACKED, _("沒有列管")), *((one.value, str(one.label)) for one in Tracking)]
    choices = {"body_id": queries.bodies_to_search(request.viewer), "state": states}
    form = SearchForm(request.GET or None, choices=choices)
    found = _found(request, form) if form.is_bound and form.is_valid() else None
    context = {"tabs": tabs("tracking:search"), "form": form, "found": found, "title": _title(found)}
    return render(request, "tracking/search.html", context)


def _found(request: HttpRequest, form: SearchForm) -> queries.Found:
    given = form.cleaned_data
    asked = queries.Asked(
        words=given["words"], body_id=UUID(given["body_id"]) if given["body_id"] else None, unit=given["unit"],
        state=given["state"], since=given["since"], until=given["until"],
    )  # fmt: skip
    return queries.search(request.viewer, asked)


def _title(found: queries.Found | None) -> str:
    if found is None:
        return _("找紀錄與決議")
    if not found.count:
        return _("沒有符合的紀錄。")
    return ngettext("找到%(n)d筆。", "找到%(n)d筆。", found.count) % {"n": found.count}
