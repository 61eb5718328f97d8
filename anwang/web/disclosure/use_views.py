"""Figures of use as a page and a spreadsheet, and checking a receipt."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.disclosure import policies, queries, sheets
from anwang.enactments.queries import held
from anwang.foundation import clock

from .forms import ReceiptForm, SpanForm

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@require_safe
@never_cache
def use(request: HttpRequest) -> HttpResponse:
    """The county's figures for a span, this month unless said; `form=ods` gives them as a spreadsheet."""
    policies.may_see_use(request.viewer).enforce()
    today = clock.today()
    form = SpanForm(
        request.GET if "since" in request.GET else None, initial={"since": today.replace(day=1), "until": today}
    )
    since, until = today.replace(day=1), today
    if form.is_bound and form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    with held():
        lines = queries.use(request.viewer, since, until)
        if request.GET.get("form") == "ods" and not form.errors:
            return _ods(lines, since, until, request.viewer.unit_name)
        context: dict[str, Any] = {"lines": lines, "since": since, "until": until, "form": form}
        return render(request, "disclosure/use.html", context, status=422 if form.errors else 200)


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Whether a receipt is genuine and stands now. By POST: neither number nor code stands in an address."""
    policies.may_enter(request.viewer).enforce()
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "may_see_use": bool(policies.may_see_use(request.viewer))}
    if form.is_bound and form.is_valid():
        with held():
            found = queries.check_receipt(request.viewer, form.cleaned_data["number"], form.cleaned_data["code"])
        context |= {"is_checked": True, "found": found}
    return render(request, "disclosure/receipt.html", context, status=422 if form.errors else 200)


def _ods(lines: list[Any], since: date, until: date, unit: str) -> HttpResponse:
    body = sheets.as_ods(lines, since, until, unit)
    name = escape_uri_path(f"跨機關查詢使用統計-{since}-{until}.ods")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=ODS, headers=headers)
