"""What is done at the desk. Each act comes back to the night; a form with a fault comes back filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.intake import actions
from anwang.intake.queries import night as nights
from anwang.intake.queries.numbers import named
from anwang.matters.actions import change_shift, sign_shift
from anwang.web.shell import forms as shell_forms

from . import forms, views

Act = Callable[[dict[str, Any]], object]


def _do(
    request: HttpRequest, name: str, form: shell_forms.Form, act: Act, said: str, row: UUID | None = None
) -> HttpResponse:
    """Act on a filled form, or give the page back with the form as it was typed. `row` is the line it stands in."""
    if form.is_valid():
        try:
            with transaction.atomic():
                act(dict(form.cleaned_data))
        except (BadInput, Conflict, Refused) as error:
            _refuse(request, form, error)
        else:
            messages.success(request, said)
            return redirect("duty_desk:night")
    return views.night(request, **{name: form, "fault": form, "again": str(row or "")})


def _refuse(request: HttpRequest, form: shell_forms.Form, error: BadInput | Conflict | Refused) -> None:
    """The sentence goes onto the form; nothing was done and nothing typed is lost."""
    form.refuse(error if isinstance(error, BadInput) else BadInput(error.message))
    request.undone = True


def _workers(request: HttpRequest) -> list[tuple[str, str]]:
    return [(row["id"], row["name"]) for row in nights.night(request.viewer).rows["workers"]]


@require_POST
def log_call(request: HttpRequest) -> HttpResponse:
    form = forms.LogCall(request.POST, prefix="call")
    if not form.is_valid():
        return views.night(request, log_form=form, fault=form)
    try:
        call = actions.log_call(by=request.viewer, **form.cleaned_data)
    except (BadInput, Conflict, Refused) as error:
        _refuse(request, form, error)
        return views.night(request, log_form=form, fault=form)
    messages.success(request, _("來電記下了，臨時案號%(number)s。") % {"number": call.number})
    if "report" in request.POST:
        return redirect(f"/reports/new?call={call.id}")
    return redirect("duty_desk:night")


@require_POST
def settle_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    form = forms.SettleCall(request.POST)

    def act(given: dict[str, Any]) -> None:
        actions.settle_call(call_id=call_id, by=request.viewer, at=clock.now(), **given)

    return _do(request, "settle_form", form, act, _("來電的結果記下了。"), row=call_id)


@require_POST
def caller(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Who called: one traced click."""
    said = actions.read_caller(call_id=call_id, by=request.viewer)
    return render(request, "duty_desk/caller.html", {"said": said})


@require_POST
def call_out(request: HttpRequest) -> HttpResponse:
    form = forms.CallOutForm(request.POST, prefix="go", workers=_workers(request))

    def act(given: dict[str, Any]) -> None:
        matter_id, call_id = named(request.viewer, given["number"])
        actions.note_call_out(worker_id=UUID(given["worker"]), called_at=given["called_at"], matter_id=matter_id,
                              call_id=call_id, by=request.viewer)  # fmt: skip

    return _do(request, "call_out_form", form, act, _("出勤記下了。"))


@require_POST
def went_on(request: HttpRequest, call_out_id: UUID) -> HttpResponse:
    """Answered, left, arrived or returned: now."""
    step = request.POST.get("step", "")
    if step not in ("answered_at", "left_at", "arrived_at", "returned_at"):
        raise BadInput(_("請選接到、出發、到達或返回。"))
    actions.note_on_the_way(call_out_id=call_out_id, by=request.viewer, **{step: clock.now()})
    messages.success(request, _("出勤記下了。"))
    return redirect("duty_desk:night")


@require_POST
def go_out(request: HttpRequest) -> HttpResponse:
    form = forms.GoOut(request.POST, prefix="out")

    def act(given: dict[str, Any]) -> None:
        number = given.pop("number")
        matter_id = named(request.viewer, number)[0] if number else None
        actions.check_out(by=request.viewer, at=clock.now(), matter_id=matter_id, **given)

    return _do(request, "out_form", form, act, _("外出記下了。回來時請回報。"))


@require_POST
def back(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    actions.check_in(check_in_id=check_in_id, by=request.viewer, at=clock.now())
    messages.success(request, _("平安回報記下了。"))
    return redirect("duty_desk:night")


@require_POST
def hand_in(request: HttpRequest) -> HttpResponse:
    form = forms.HandIn(request.POST, prefix="in")

    def act(given: dict[str, Any]) -> None:
        matter_id = named(request.viewer, given.pop("number"))[0]
        if matter_id is None:
            raise BadInput(_("來電不能放進名單，請先成為通報。"), field="number")
        actions.watch_tonight(matter_id=matter_id, by=request.viewer, at=clock.now(), **given)

    return _do(request, "hand_in_form", form, act, _("已放進關注名單。"))


@require_POST
def watched(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    form = forms.Watched(request.POST)

    def act(given: dict[str, Any]) -> None:
        actions.say_how_the_night_was(watch_id=watch_id, by=request.viewer, at=clock.now(), **given)

    return _do(request, "watched_form", form, act, _("這一夜的結果記下了。"), row=watch_id)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    form = forms.Note(request.POST, prefix="note")
    desk_id = nights.night(request.viewer).desk_id

    def act(given: dict[str, Any]) -> None:
        if desk_id is None:
            raise BadInput(_("交接單由當班人員填寫。請洽值班督導。"))
        actions.note_for_next_shift(desk_id=desk_id, by=request.viewer, **given)

    return _do(request, "note_form", form, act, _("寫上交接單了。"))


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    found = nights.night(request.viewer)
    workers = [(row["id"], row["name"]) for row in found.rows["workers"]]
    form = forms.HandOver(request.POST, prefix="shift", workers=workers)

    def act(given: dict[str, Any]) -> None:
        if found.desk_id is None:
            raise BadInput(_("交接單由當班人員填寫。請洽值班督導。"))
        change_shift(
            desk_id=found.desk_id,
            from_worker_id=UUID(given["from_worker"]),
            to_worker_id=UUID(given["to_worker"]),
            effective_at=given["effective_at"],
            by=request.viewer,
        )

    return _do(request, "hand_over_form", form, act, _("交接單寫好，你這一邊簽了。"))


@require_POST
def sign(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    sign_shift(handover_id=handover_id, at=clock.now(), by=request.viewer)
    messages.success(request, _("交接單簽了。"))
    return redirect("duty_desk:night")
