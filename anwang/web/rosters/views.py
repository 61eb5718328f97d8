"""The first page of rosters, and one file."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate, parse_date
from anwang.rosters import policies, queries
from anwang.web.shell import words

from .forms import EndForm, SettleForm

SHOWN = 100
"""Alarms and files of the first page."""


def index(request: HttpRequest) -> HttpResponse:
    """What is wrong, which rosters are expected, and whether a period adds up."""
    policies.may_see_rosters(request.viewer).enforce()
    since, until = (_day(request.GET.get(name, "")) for name in ("since", "until"))
    seen = queries.overview(request.viewer, since=since, until=until)
    context = {
        "seen": seen,
        "alarms": seen.alarms[:SHOWN],
        "more": max(len(seen.alarms) - SHOWN, 0),
        "files": seen.files[:SHOWN],
        "older": max(len(seen.files) - SHOWN, 0),
        "dateline": words.long(clock.now()),
        "may_load": bool(policies.may_load(request.viewer)),
        "may_settle": bool(policies.may_settle(request.viewer)),
        "since": request.GET.get("since", "")[:20] or words.day(PartialDate.of(seen.since)),
        "until": request.GET.get("until", "")[:20] or words.day(PartialDate.of(seen.until)),
        "end_form": EndForm(),
    }
    return render(request, "rosters/index.html", context)


def file(request: HttpRequest, number: str) -> HttpResponse:
    """One file: sent, received, accepted, matched, dispatched, seen; the rows asked for by name."""
    return render(request, "rosters/file.html", page(request, number))


def page(request: HttpRequest, number: str, **forms: Any) -> dict[str, Any]:
    """The context of a file's page; a form that was refused replaces its empty one."""
    policies.may_see_rosters(request.viewer).enforce()
    show = request.GET.get("show", "all")
    after = request.GET.get("after", "0")
    found = queries.file_page(
        request.viewer,
        number,
        show=show if show in queries.SHOWS else "all",
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0,
    )
    last = int(after) + queries.SHOWN if after.isdigit() else queries.SHOWN
    return {
        "f": found,
        "views": [
            ("all", _("全部")), ("rejected", _("退件")), *([("person", _("人工研判"))] if found.reads else []),
            ("waiting", _("未轉通報")), ("not_dispatched", _("未派案")), ("not_seen", _("未見到")),
            ("met", _("已見到")), ("ended", _("沒見到就結束")),
        ],
        "may_settle": bool(policies.may_settle(request.viewer)),
        "next": last if last < found.total else 0,
        "waiting": found.children - found.taken,
        "hash": [found.sha256[at : at + 8] for at in range(0, len(found.sha256), 8)],
        "is_wrong": bool(found.wrong or found.settled),
        "settle_form": SettleForm(outcomes=queries.outcomes(request.viewer, found.wrong)),
        **forms,
    }  # fmt: skip


def _day(written: str) -> date | None:
    if not written.strip():
        return None
    try:
        return parse_date(written[:20]).earliest
    except BadInput:
        return None
