"""The page of the night, its printed sheet, and the quick look-up while the caller is on the line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.foundation import clock
from anwang.intake import policies
from anwang.intake.queries import night as nights
from anwang.people.queries import look_up_for_call, search
from anwang.referrals.policies import may_take_notice
from anwang.web.rosters.lines import roster_line

from . import forms


def night(request: HttpRequest, **given: Any) -> HttpResponse:
    """Who answers, who is out, the calls, the reports that wait, the list for tonight. Forms with faults come back."""
    found = nights.night(request.viewer)
    context = page_context(request, found) | given
    return render(request, "duty_desk/night.html", context, status=422 if given else 200)


def page_context(request: HttpRequest, found: nights.Night) -> dict[str, Any]:
    """What the page and every form on it need."""
    workers = [(row["id"], f"{row['name']}・{row['unit']}") for row in found.rows["workers"]]
    return {
        "night": found,
        "title": _title(found),
        "now": clock.now(),
        "alarm_lines": [line for line in (roster_line(request.viewer),) if line is not None],
        "may_take_notice": bool(may_take_notice(request.viewer)),
        "may_log": bool(policies.may_log_call(request.viewer)),
        "log_form": forms.LogCall(prefix="call"),
        "settle_form": forms.SettleCall(),
        "out_form": forms.GoOut(prefix="out"),
        "call_out_form": forms.CallOutForm(prefix="go", workers=workers),
        "watched_form": forms.Watched(),
        "hand_in_form": forms.HandIn(prefix="in"),
        "note_form": forms.Note(prefix="note"),
        "hand_over_form": forms.HandOver(prefix="shift", workers=workers),
        "viewer_id": str(request.viewer.worker_id),
    }


def _title(found: nights.Night) -> str:
    if found.overdue:
        n = len(found.overdue)
        return ngettext("有%(n)d人外出逾時，先打電話。", "有%(n)d人外出逾時，先打電話。", n) % {"n": n}
    waiting = len(found.rows["waiting"])
    if found.answering is None and found.office is None:
        return _("現在沒有人排在值班台。")
    if not found.sees_waiting:
        return _not_yours(found)
    if found.answering is None:
        return _by_day(found.office.unit, waiting)
    if not waiting:
        return _("%(name)s值班中，沒有等著處理的通報。") % {"name": found.answering["worker"]}
    words = ngettext("%(name)s值班中，有%(n)d件通報等著處理。", "%(name)s值班中，有%(n)d件通報等著處理。", waiting)
    return words % {"name": found.answering["worker"], "n": waiting}


def _not_yours(found: nights.Night) -> str:
    """Whose shift it is, for a colleague who reads none of the reports that wait."""
    if found.answering is None:
        return _("上班時間由%(unit)s接聽，現在不是你的班。") % {"unit": found.office.unit if found.office else ""}
    return _("現在是%(name)s的班，不是你的班。") % {"name": found.answering["worker"]}


def _by_day(unit: str, waiting: int) -> str:
    if not waiting:
        return _("上班時間由%(unit)s接聽，沒有等著處理的通報。") % {"unit": unit}
    words = ngettext(
        "上班時間由%(unit)s接聽，有%(n)d件通報等著處理。", "上班時間由%(unit)s接聽，有%(n)d件通報等著處理。", waiting
    )
    return words % {"unit": unit, "n": waiting}


def sheet(request: HttpRequest) -> HttpResponse:
    """The hand-over sheet of the running shift, for paper: lines, open calls, who is out, the two signatures."""
    found = nights.night(request.viewer)
    return render(request, "duty_desk/sheet.html", {"night": found, "now": clock.now()})


def find(request: HttpRequest) -> HttpResponse:
    """By name, telephone or address, while the caller waits. With a call of the log, anybody of the county as flags."""
    text = request.POST.get("text", "").strip()[:120]
    call = request.POST.get("call", "")
    found, flags = (), ()
    if text:
        found = search(request.viewer, text)
        number, _sep, log = call.partition("|")
        if number and log:
            flags = look_up_for_call(request.viewer, text, number=number, file_id=UUID(log))
    context = {"text": text, "found": found, "flags": flags, "call": call, "asked": bool(text), "now": clock.now()}
    return render(request, "duty_desk/find.html", context)
