"""The line from a sentence of the published minutes to a rule and a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.foundation.errors import NotFound
from anwang.tracking import policies, queries
from anwang.web.minutes.tabs import tabs
from anwang.web.shell.navigation import Entry

from .addresses import href


def _tabs(request: HttpRequest) -> list[Entry]:
    """Published minutes are for everybody who works here; the other pages of the desk are not."""
    return tabs("tracking:lines") if policies.may_see(request.viewer) else []


def index(request: HttpRequest) -> HttpResponse:
    """The minutes that were drawn, with how much of each is done."""
    return render(request, "tracking/lines.html", {"tabs": _tabs(request), "all": queries.summaries(request.viewer)})


def minutes(request: HttpRequest, minutes: str) -> HttpResponse:
    """Every decision of some minutes, as a line."""
    drawn = queries.minutes_drawn(request.viewer, minutes)
    if not drawn:
        raise NotFound(_("沒有這份紀錄。請從清單選。"))
    about = next(one for one in queries.summaries(request.viewer) if one.minutes == minutes)
    rows = [(one, _with(one.rules, request), _with(one.numbers, request)) for one in drawn]
    return render(request, "tracking/minutes.html", {"tabs": _tabs(request), "rows": rows, "about": about})


def _with(ends: Iterable[queries.End], request: HttpRequest) -> list[tuple[queries.End, str]]:
    return [(end, href(end, request.viewer)) for end in ends]
