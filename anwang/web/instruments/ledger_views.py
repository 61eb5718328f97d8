"""People against rules: the ledger, and the half-year report to read or to take along."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.instruments import actions, policies, queries, tables
from anwang.instruments.queries import Half

_WRITTEN = re.compile(r"(\d{4})-([12])")
SHOWN = 4


@require_safe
@never_cache
def ledger(request: HttpRequest) -> HttpResponse:
    """Values that I, or workers I supervise, gave; a half year at a time."""
    policies.may_see_ledger(request.viewer).enforce()
    half = _half(request.GET.get("half", ""))
    with held():
        found = queries.ledger(request.viewer, since=half.since, before=half.until)
        context = {
            "found": found, "half": half, "halves": _halves(), "heads": bool(request.viewer.supervised_units),
            "may_see_report": bool(policies.may_see_report(request.viewer)),
        }  # fmt: skip
        return render(request, "instruments/ledger.html", context)


@require_safe
@never_cache
def report(request: HttpRequest, half: str = "") -> HttpResponse:
    """The county's half year in numbers."""
    policies.may_see_report(request.viewer).enforce()
    of = _half(half)
    with held():
        found = queries.half_year(request.viewer, request.viewer.county, of)
        context = {"found": found, "half": of, "halves": _halves(), "tables": tables.tables(found),
                   "definitions": tables.definitions(found), "total": found.total("filled"),
                   "differing": found.total("up") + found.total("down")}  # fmt: skip
        return render(request, "instruments/report.html", context)


@require_safe
@never_cache
def take(request: HttpRequest, half: str, form: str) -> HttpResponse:
    """The report as ODS or PDF."""
    with held():
        file = actions.take_report(county=request.viewer.county, half=_half(half), form=form, by=request.viewer)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}", "Cache-Control": "no-store"
    }  # fmt: skip
    return HttpResponse(file.body, content_type=file.media_type, headers=headers)


def _half(text: str) -> Half:
    if not text:
        return Half.of(clock.today())
    match = _WRITTEN.fullmatch(text)
    if not match or int(match[1]) < 1912:
        raise NotFound(_("沒有這個半年。請從頁面上選。"))
    return Half(int(match[1]), int(match[2]))


def _halves() -> list[tuple[str, str]]:
    found, half = [], Half.of(clock.today())
    for _n in range(SHOWN):
        found.append((half.key, half.words()))
        half = half.before
    return found
