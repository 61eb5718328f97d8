"""What one looks at: the queue, and one case of mental health."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.roles import Permission, has
from anwang.care import policies, queries, rules
from anwang.cases.queries import CasePage, page

HERE = "/care"


def index(request: HttpRequest) -> HttpResponse:
    """The queue: what waits, what runs out, who is served."""
    found = queries.queue(request.viewer)
    context = {
        "q": found, "here": HERE, "title": _title(found), "calls": queries.homecomings(request.viewer),
        "may_see_load": bool(policies.may_see_load(request.viewer)),
        "may_report": bool(policies.may_take_emergency(request.viewer)),
    }  # fmt: skip
    return render(request, "care/index.html", context)


def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: level, register, who serves and why, compulsion, emergencies, leaving."""
    case = page(request.viewer, number, trace="care.case")
    found = queries.care_page(request.viewer, case.id, subject_of(case))
    works = has(request.viewer, Permission.CASEWORK) and case.reads_case and not case.is_over
    context = {
        "case": case, "c": found, "here": HERE, "phase": case.phase_text, "works": works,
        "decides": works and bool(policies.may_decide(request.viewer, case.id)),
        "is_mind": case.kind == rules.MIND, "is_health": case.kind in rules.KINDS,
    }  # fmt: skip
    return render(request, "care/case.html", context)


def subject_of(case: CasePage):  # type: ignore[no-untyped-def]
    """Whom the case is about."""
    return next((one.person_id for one in case.subjects if one.person_id), None)


def _title(found: queries.Queue) -> str:
    """The page's answer as a sentence: 有3件等你們處理，其中1件緊急。"""
    if not found.waits:
        return _("沒有等著分流或決定的案件。")
    said = ngettext("有%(n)d件等著處理", "有%(n)d件等著處理", found.waits) % {"n": found.waits}
    if found.emergencies:
        said += ngettext("，其中%(n)d件緊急", "，其中%(n)d件緊急", len(found.emergencies)) % {
            "n": len(found.emergencies)
        }
    return said + _("。")
