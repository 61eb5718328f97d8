"""What one looks at: the programmes I read, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.treatment import queries, standing
from anwang.treatment.states import Progress

HERE = "/cases"
OVER = (Progress.COMPLETED, Progress.NOT_COMPLETED)


def index(request: HttpRequest) -> HttpResponse:
    """Programmes of the cases I read: those going on, then the ended ones."""
    rows = queries.programmes(request.viewer)
    going = [one for one in rows if one.progress not in OVER]
    n = len(going)
    title = ngettext("有%(n)d個處遇計畫在進行。", "有%(n)d個處遇計畫在進行。", n) % {"n": n}
    if not n:
        title = _("沒有進行中的處遇計畫。")
    context = {
        "title": title, "going": going, "past": [one for one in rows if one.progress in OVER], "here": HERE,
        "may_register": bool(standing.may_register(request.viewer)),
    }  # fmt: skip
    return render(request, "treatment/index.html", context)


def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """One programme: what was ordered, its plan, who came when, what followed."""
    found = queries.programme_page(request.viewer, programme_id)
    title = _("%(name)s的處遇，%(progress)s。") % {"name": found.line.name, "progress": found.line.progress_text}
    return render(request, "treatment/programme.html", {"p": found, "title": title, "here": HERE})
