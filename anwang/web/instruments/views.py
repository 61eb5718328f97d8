"""Forms of a case: which there are, which were filled, and filling one."""

from __future__ import annotations

from datetime import date
from typing import Any  # a template's context
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.cases.queries import CasePage
from anwang.cases.queries import page as case_page
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.instruments import actions, queries
from anwang.instruments.queries import FormSheet
from anwang.web.shell.forms.times import read_date

from .forms import EventForm, FillForm

CHILD = "child"


@require_safe
@never_cache
def case(request: HttpRequest, number: str) -> HttpResponse:
    """What was filled in this case, and what may be."""
    with held():
        page = case_page(request.viewer, number, trace="instruments.case")
        lines = queries.of_case(request.viewer, page.id)
        may = () if page.is_over else queries.offered(request.viewer, page.id, page.kind, page.county)
        context = {
            "case": page, "here": "/cases", "lines": [one for one in lines if not one.is_replaced],
            "replaced": [one for one in lines if one.is_replaced],
            "first": [one for one in may if one.first], "others": [one for one in may if not one.first],
            "open": sum(one.is_open and bool(one.ceiling_text) for one in lines if not one.is_replaced),
        }  # fmt: skip
        return render(request, "instruments/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fill(request: HttpRequest, number: str, instrument: str) -> HttpResponse:
    """Fill a form; a form dated by the event asks the day first."""
    with held():
        page = case_page(request.viewer, number, trace="instruments.fill")
        return _fill(request, page, instrument)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def again(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """Correct a form by another one that says why; both stay."""
    with held():
        old = queries.result(request.viewer, fill_id).line
        page = case_page(request.viewer, old.number, trace="instruments.fill")
        return _fill(request, page, old.instrument, old)


def _fill(request: HttpRequest, page: CasePage, instrument: str, old: queries.FillLine | None = None) -> HttpResponse:
    now = queries.sheet(request.viewer, instrument, clock.today(), page.county)
    if now is None:
        raise NotFound(_("沒有這張表。請從量表頁選。"))
    on = old.event_on if old else _asked_day(request, now)
    if on is None:
        return _ask_day(request, page, now)
    sheet = queries.sheet(request.viewer, instrument, on, page.county)
    if sheet is None:
        messages.info(request, _("那一天還沒有這張表。"))
        return _ask_day(request, page, now)
    people = queries.whom(request.viewer, page.id, sheet.about)
    shown = _initial(request, people, old)
    form = FillForm(request.POST or None, sheet=sheet, people=people, replaces=old is not None, initial=shown)
    if form.is_bound and form.is_valid():
        done = _save(request, page, form, on if now.dated_by != "filled" else None, old)
        if done is not None:
            return redirect("instruments:result", fill_id=done)
    context = {"case": page, "here": "/cases", "sheet": sheet, "form": form, "on": on, "old": old,
               "is_dated": now.dated_by == "event"}  # fmt: skip
    return render(request, "instruments/fill.html", context, status=422 if form.is_bound and form.errors else 200)


def _save(
    request: HttpRequest, page: CasePage, form: FillForm, event_on: date | None, old: queries.FillLine | None
) -> UUID | None:
    """Write it down; None when something is to be mended on the page."""
    try:
        with transaction.atomic():
            filled = actions.fill(
                form=form.filled(page.id, event_on, old.id if old else None), by=request.viewer,
                at=form.cleaned_data["at"],
            )  # fmt: skip
    except BadInput as error:
        form.refuse(error)
    except Refused as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("填好了，結果在下面。"))
        return filled.id
    return None


def _initial(request: HttpRequest, people: tuple[queries.Whom, ...], old: queries.FillLine | None) -> dict[str, Any]:
    if old is None:
        return {"about": request.GET.get("about", ""), "network": queries.own_network(request.viewer)}
    return {"about": str(old.person_id or old.family_id), "network": old.network, "at": old.at,
            **{f"q_{name}": answer for name, answer in old.answers.items()}}  # fmt: skip


def _asked_day(request: HttpRequest, sheet: FormSheet) -> date | None:
    """The day whose version holds: today, unless the form asks for the day of the event."""
    if sheet.dated_by == "filled":
        return clock.today()
    given = str(request.POST.get("on") or request.GET.get("on") or "")
    try:
        found = read_date(given).exact if given else None
    except ValidationError:
        return None
    return found if found and found <= clock.today() else None


def _ask_day(request: HttpRequest, page: CasePage, sheet: FormSheet) -> HttpResponse:
    if sheet.dated_by == "report":
        day = queries.report_day(request.viewer, page.id)
        if day is not None and "on" not in request.GET:
            return redirect(f"{request.path}?on={day.isoformat()}")
    form = EventForm(request.GET if "on" in request.GET else None)
    context = {"case": page, "here": "/cases", "sheet": sheet, "form": form}
    return render(request, "instruments/day.html", context, status=422 if form.is_bound else 200)
