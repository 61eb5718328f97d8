"""The queue and the report page. Opening a report is a reading; so is looking up what was before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.audit.actions import reading
from anwang.cases.queries import involvement_before
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.intake import policies
from anwang.intake.queries import queue as queues
from anwang.intake.queries import report as reports
from anwang.intake.queries.sheet import sheets
from anwang.intake.rules import one_book
from anwang.matters.queries import FileRead, files_read_of
from anwang.matters.states import MatterKind
from anwang.people.queries import candidates
from anwang.referrals.policies import may_take_notice
from anwang.web.shell import words
from anwang.web.worklist.discharging import page_of

from .page import context_of

VIEWS = (
    ("open", gettext_lazy("全部")), ("mine", gettext_lazy("由我處理")), ("review", gettext_lazy("送審中")),
    ("second_look", gettext_lazy("再檢視")), ("edge", gettext_lazy("邊緣性家庭")), ("ended", gettext_lazy("已結束")),
)  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    """Reports by clock, in views; the rate of the month with its formula."""
    view = request.GET.get("view", "open")
    view = view if view in queues.VIEWS else "open"
    start = request.GET.get("from", "")[:6]
    start = int(start) if start.isascii() and start.isdigit() else 0
    found = queues.queue(request.viewer, view, request.GET.get("channel", ""), start)
    n = found.counts["open"]
    late = sum(1 for row in found.rows if row.due_at and row.due_at <= clock.now())
    title = (
        ngettext("有%(n)d件通報還沒辦完。", "有%(n)d件通報還沒辦完。", n) % {"n": n}
        if n
        else _("你這裡沒有還沒辦完的通報。")
    )
    context = {
        "queue": found,
        "view": view,
        "views": [(name, words, found.counts.get(name)) for name, words in VIEWS],
        "title": title,
        "late": late,
        "now": clock.now(),
        "may_take": bool(policies.may_take_report(request.viewer)),
        "may_take_notice": bool(may_take_notice(request.viewer)),
        "may_see_replies": bool(policies.may_see_replies(request.viewer)),
    }
    return render(request, "intake/index.html", context)


def report(request: HttpRequest, number: str, **given: Any) -> HttpResponse:
    """One report: what was said, what was before, who it is about, what the rules advise, what is decided."""
    with one_book():
        return _report(request, number, given)


def _report(request: HttpRequest, number: str, given: dict[str, Any]) -> HttpResponse:
    viewer = request.viewer
    found = reports.page(viewer, number)
    reading("report", by=viewer, file_id=found.id, zone=Zone.CASE, because=number)
    before = ()
    if has(viewer, Permission.SEARCH_PEOPLE):
        before = tuple(row for row in involvement_before(viewer, found.person_ids) if row.matter_id != found.id)
    context = context_of(request, found, sheets(viewer, found), before, given.get("typed") or {}) | given
    return render(request, "intake/report.html", context, status=422 if "fault" in given else 200)


def person(request: HttpRequest, number: str, person_id: UUID) -> HttpResponse:
    """Whether somebody of the report is a person known before: what agrees, what does not, and what was decided."""
    found = reports.page(request.viewer, number)
    here = next((one for one in found.people if one.person_id == person_id), None)
    if here is None:
        raise NotFound(_("查無此人。"))
    reading("report.person", by=request.viewer, file_id=found.id, zone=Zone.CASE, because=number)
    like = candidates(request.viewer, person_id)
    files = files_read_of(request.viewer, [one.person_id for one in like])
    rows = [(one, [_file(file) for file in files.get(one.person_id, ())]) for one in like]
    context = {"page": found, "person": here, "candidates": rows, "now": clock.now()}
    return render(request, "intake/person.html", context)


def _file(one: FileRead) -> dict[str, Any]:
    return {
        "what": MatterKind(one.kind).label, "day": words.day(clock.local(one.opened_at).date()),
        "number": one.number, "href": page_of(one.kind, one.number),
    }  # fmt: skip
