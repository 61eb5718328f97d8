"""What one looks at: a year's money, one grant, lines, tiers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anwang.foundation import clock
from anwang.funding import queries, standing
from anwang.web.submissions.filling import HERE

LONGEST_YEAR = 3
"""Digits of a ROC year."""


def index(request: HttpRequest) -> HttpResponse:
    """The grants of a fiscal year (?year=, ROC; else the latest there is), sums, what is late."""
    years = queries.years(request.viewer)
    asked = request.GET.get("year", "")
    year = int(asked) + 1911 if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_YEAR else 0
    this = clock.today().year
    year = year if year in years else this if this in years or not years else years[0]
    context = {
        "o": queries.overview(request.viewer, year), "here": HERE,
        "years": [(one - 1911, one == year) for one in years],
    }  # fmt: skip
    return render(request, "funding/index.html", context)


def grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """One grant."""
    return render(request, "funding/grant.html", {"g": queries.grant_page(request.viewer, grant_id), "here": HERE})


def lines(request: HttpRequest) -> HttpResponse:
    """Every grant line."""
    may_grant = bool(standing.may_grant(request.viewer))
    context = {"rows": queries.lines(request.viewer), "may_grant": may_grant, "here": HERE}
    return render(request, "funding/lines.html", context)


def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One grant line with its shares."""
    return render(request, "funding/line.html", {"l": queries.line_page(request.viewer, line_id), "here": HERE})


def tiers(request: HttpRequest) -> HttpResponse:
    """Fiscal tiers by county and period; large jumps stand out."""
    periods, rows = queries.tier_table(request.viewer)
    may_grant = bool(standing.may_grant(request.viewer))
    context = {"periods": periods, "rows": rows, "may_grant": may_grant, "here": HERE}
    return render(request, "funding/tiers.html", context)
