"""Bringing minutes, looking through what was read, correcting it beside the printed words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.minutes import actions, policies, queries
from anwang.minutes.files import LARGEST
from anwang.minutes.queries.paper import around

from . import forms
from .filling import ask
from .tabs import tabs
from .views import HERE, one


def bring(request: HttpRequest) -> HttpResponse:
    """A file of minutes: kept, read, what is uncertain to be looked at next."""
    policies.may_steer(request.viewer).enforce()
    sent = request.method == "POST"
    units = queries.own_units(request.viewer)
    form = forms.BringForm(
        request.POST if sent else None, request.FILES if sent else None, choices={"unit": units},
        initial={"unit": units[0][0]} if units else {},
    )  # fmt: skip
    if sent and form.is_valid():
        try:
            brought = _bring(request, form)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _told(brought))
            return redirect("minutes:sitting" if brought.is_known else "minutes:check", brought.sittings[0])
    context = {"form": form, "here": HERE, "tabs": tabs("minutes:index")}
    return render(request, "minutes/bring.html", context, status=422 if form.errors else 200)


def _bring(request: HttpRequest, form: forms.BringForm) -> actions.Brought:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise BadInput(_("檔案超過20MB。請只匯入紀錄本文。"), field="file")
    brought = actions.bring(
        name=file.name or "", content=file.read(), unit_id=UUID(form.cleaned_data["unit"]), by=request.viewer,
        at=clock.now(),
    )  # fmt: skip
    if not brought.sittings:
        raise BadInput(_("這個檔案匯入過，草稿刪掉了。請換一個檔案。"), field="file")
    return brought


def _told(brought: actions.Brought) -> str:
    if brought.is_known:
        return _("這個檔案匯入過了，這是當時讀的。")
    if brought.meetings > 1:
        n = brought.meetings
        return ngettext("檔案裡有%(n)d次會議，可以分開。", "檔案裡有%(n)d次會議，可以分開。", n) % {"n": n}
    return _("讀完了，存成草稿。")


def check(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Each uncertain place beside the printed lines it stands in."""
    found = one(request, sitting_id)
    lines = queries.printed_lines(request.viewer, sitting_id)
    places = [(doubt, around(lines, doubt.line), _fresh(doubt)) for doubt in found.doubts]
    context = {
        "here": HERE, "m": found, "places": places, "open": len(found.open_doubts),
        "may_write": not found.is_out and bool(policies.may_keep_for(request.viewer, found.unit_id)),
    }  # fmt: skip
    return render(request, "minutes/check.html", context)


def _fresh(doubt: Any) -> forms.SettleForm:
    return forms.SettleForm(prefix=f"d{doubt.line}x{doubt.id[-6:]}")


def settle(request: HttpRequest, sitting_id: UUID, doubt_id: UUID) -> HttpResponse:
    """One uncertain place: as printed, corrected, or asked about. On a page of its own when something is missing."""
    found = one(request, sitting_id)
    doubt = next((each for each in found.doubts if UUID(each.id) == doubt_id), None)
    if doubt is None:
        raise NotFound(_("查無這一處。請從紀錄頁選。"))
    prefix = _fresh(doubt).prefix if f"{_fresh(doubt).prefix}-how" in request.POST else None
    form = forms.SettleForm(request.POST or None, prefix=prefix)

    def act(given: dict[str, Any]) -> None:
        actions.settle(uncertain_id=doubt_id, by=request.viewer, at=clock.now(), **given)

    lines = around(queries.printed_lines(request.viewer, sitting_id), doubt.line)
    return ask(request, found, form, doubt.why_words, _("這樣處理"), _("記下了。"), act, lines=lines,
               back=reverse("minutes:check", args=[sitting_id]))  # fmt: skip


def head(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Correct what was read of the head."""
    found = one(request, sitting_id)
    names = forms.HeadForm.base_fields
    form = forms.HeadForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def act(given: dict[str, Any]) -> None:
        values = {name: _typed(value) for name, value in given.items()}
        actions.correct(sitting_id=sitting_id, target=sitting_id, values=values, by=request.viewer, at=clock.now())

    lines = queries.printed_lines(request.viewer, sitting_id)[:12]
    return ask(request, found, form, _("更正會議基本資料"), _("存下更正"), _("更正了，原文不變。"), act, lines=lines)


def decision(request: HttpRequest, sitting_id: UUID, decision_id: UUID) -> HttpResponse:
    """Correct what was read in a decision."""
    found = one(request, sitting_id)
    line = next((d for item in found.items for d in item.decisions if UUID(d.id) == decision_id), None)
    if line is None:
        raise NotFound(_("查無這項決議。請從紀錄頁選。"))
    initial = {
        "tracking": line.tracking,
        "due": line.due,
        "recurrence": line.recurrence,
        "units": "、".join(line.units),
    }
    form = forms.DecisionForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.correct(sitting_id=sitting_id, target=decision_id, values=given, by=request.viewer, at=clock.now())

    lines = around(queries.printed_lines(request.viewer, sitting_id), line.line)
    none = reverse("minutes:strike", args=[sitting_id, decision_id])
    return ask(request, found, form, _("更正這項決議的讀法"), _("存下更正"), _("更正了，原文不變。"), act,
               lines=lines, quoted=line.text, strike=none)  # fmt: skip


def mark(request: HttpRequest, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """Mark words as a decision that the reading missed."""
    found = one(request, sitting_id)
    item = next((each for each in found.items if UUID(each.id) == item_id), None)
    if item is None:
        raise NotFound(_("查無這個議案。請從紀錄頁選。"))
    above = [(d.id, f"{d.number}　{d.text[:30]}") for d in item.decisions]
    form = forms.MarkForm(request.POST or None, choices={"under": [("", _("不在任何一項底下")), *above]})

    def act(given: dict[str, Any]) -> None:
        under = given.pop("under")
        actions.mark_decision(
            item_id=item_id, under=UUID(under) if under else None, by=request.viewer, at=clock.now(), **given
        )

    lines = [each for each in queries.printed_lines(request.viewer, sitting_id) if each.line >= item.line][:40]
    return ask(request, found, form, _("標出一項決議"), _("標成決議"), _("標好了。"), act, lines=lines)


def series(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Which series the minutes belong to."""
    found = one(request, sitting_id)
    choices = queries.series_choices(request.viewer)
    form = forms.SeriesForm(
        request.POST or None, choices={"series_id": choices}, initial={"series_id": found.series_id}
    )

    def act(given: dict[str, Any]) -> None:
        actions.put_in_series(
            sitting_id=sitting_id, series_id=UUID(given["series_id"]), by=request.viewer, at=clock.now()
        )

    return ask(request, found, form, _("這是哪個系列的會議"), _("放進這個系列"), _("放好了。"), act,
               bodies=not choices)  # fmt: skip


@require_POST
def strike(request: HttpRequest, sitting_id: UUID, decision_id: UUID) -> HttpResponse:
    """It is no decision."""
    one(request, sitting_id)
    actions.strike_decision(decision_id=decision_id, by=request.viewer, at=clock.now())
    messages.success(request, _("不算決議了，文字還在原文裡。"))
    return redirect("minutes:sitting", sitting_id)


@require_POST
def split(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Several meetings in one file: each by itself."""
    one(request, sitting_id)
    made = actions.split_apart(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("分成%(n)d次會議了。") % {"n": len(made)})
    return redirect("minutes:index")


@require_POST
def throw(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """A draft brought by mistake."""
    one(request, sitting_id)
    actions.throw_away(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("草稿刪掉了。"))
    return redirect("minutes:index")


def _typed(value: Any) -> str:
    """A cleaned value as the action takes it: ISO days, HH:MM, figures."""
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
