"""Requests: the list, taking one, one request with its answer."""

from __future__ import annotations

from typing import Any  # template context

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.subjects import actions, desk, policies
from anwang.subjects.actions import Told
from anwang.web.shell import forms as shell_forms

from .forms import CopyForm, DisputeForm, ExtendForm, HandForm, OutcomeForm, TakeForm, TieForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Requests I take, write or let leave; the earliest term first."""
    found = desk.requests(request.viewer)
    return render(
        request,
        "subjects/index.html",
        {
            "found": found,
            "may_take": bool(policies.may_take(request.viewer)),
            "may_keep": bool(policies.may_keep(request.viewer)),
        },
    )


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Take a request at the counter."""
    policies.may_take(request.viewer).enforce()
    form = TakeForm(request.POST or None, initial={"at": clock.now()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        at = given.pop("at")
        try:
            row = actions.take_request(told=Told(**given), by=request.viewer, at=at)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("收件了：%(number)s。") % {"number": row.matter.number})
            return redirect("subjects:request", number=row.matter.number)
    return render(request, "subjects/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """One request: what was asked, the answer as it stands, what comes next."""
    return _page(request, number)


@require_POST
def tie(request: HttpRequest, number: str) -> HttpResponse:
    """Say which record it is about, or who the representative is."""
    found = desk.page(request.viewer, number)
    form = TieForm(request.POST)
    try:
        if request.POST.get("whose") == "asker":
            if not form.is_valid():
                return _page(request, number, tie_form=form)
            actions.tie_asker(request_id=found.id, number=form.cleaned_data["number"], by=request.viewer)
        else:
            actions.tie_person(request_id=found.id, by=request.viewer)
    except (BadInput, NotFound) as error:
        form.is_valid()
        form.add_error(None, str(error))
        return _page(request, number, tie_form=form)
    messages.success(request, _("認定好了。"))
    return redirect("subjects:request", number=number)


@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write the answer; it waits for a second person."""
    found = desk.page(request.viewer, number)
    form: Any = CopyForm(request.POST) if found.is_copy else OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, number, write_form=form)
    given = dict(form.cleaned_data)
    try:
        if found.is_copy:
            plain = bool(given.pop("plain"))
            actions.write_copy(request_id=found.id, refuse=given, plain=plain, by=request.viewer, at=clock.now())
        else:
            actions.write_answer(request_id=found.id, by=request.viewer, at=clock.now(), **given)
    except BadInput as error:
        form.refuse(error)
        return _page(request, number, write_form=form)
    messages.success(request, _("擬好了。請督導看過再交付。"))
    return redirect("subjects:request", number=number)


@require_POST
def look(request: HttpRequest, number: str) -> HttpResponse:
    """The second person's word."""
    found = desk.page(request.viewer, number)
    if found.answer_id is None:
        raise NotFound(_("查無這份答復。"))
    approve = request.POST.get("verdict") == "approve"
    actions.look(answer_id=found.answer_id, approve=approve, by=request.viewer)
    messages.success(request, _("可以交付了。") if approve else _("退回重寫了。"))
    return redirect("subjects:request", number=number)


@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    found = desk.page(request.viewer, number)
    form = HandForm(request.POST)
    if not form.is_valid():
        return _page(request, number, hand_form=form)
    given = form.cleaned_data
    actions.hand_over(request_id=found.id, how=given["how"], at=given["at"], by=request.viewer)
    messages.success(request, _("記下已交付，這件結束。"))
    return redirect("subjects:index")


@require_POST
def extend(request: HttpRequest, number: str) -> HttpResponse:
    found = desk.page(request.viewer, number)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _page(request, number, extend_form=form)
    actions.extend(request_id=found.id, because=form.cleaned_data["because"], by=request.viewer, at=clock.now())
    messages.success(request, _("延長了。請以書面把原因告訴申請人。"))
    return redirect("subjects:request", number=number)


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    found = desk.page(request.viewer, number)
    actions.withdraw(request_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("記下他撤回了。"))
    return redirect("subjects:index")


@require_POST
def dispute(request: HttpRequest, number: str) -> HttpResponse:
    """Mark a fact as disputed, wherever it is shown."""
    found = desk.page(request.viewer, number)
    form = DisputeForm(request.POST)
    if not form.is_valid():
        return _page(request, number, dispute_form=form)
    try:
        actions.dispute(request_id=found.id, by=request.viewer, at=clock.now(), **form.cleaned_data)
    except BadInput as error:
        form.refuse(error)
        return _page(request, number, dispute_form=form)
    messages.success(request, _("加註了。這一項會標示有爭執。"))
    return redirect("subjects:request", number=number)


@require_POST
def print_(request: HttpRequest, number: str) -> HttpResponse:
    """The answer as a file; its name says nothing of anybody."""
    found = desk.page(request.viewer, number)
    file = actions.print_answer(request_id=found.id, form=request.POST.get("form", ""), by=request.viewer)
    headers = {"Content-Disposition": content_disposition_header(True, file.name), "Cache-Control": "no-store"}
    return HttpResponse(file.body, content_type=file.media_type, headers=headers)


def _page(request: HttpRequest, number: str, **bound: Any) -> HttpResponse:
    found = desk.page(request.viewer, number)
    context = {
        "r": found,
        "tie_form": bound.get("tie_form") or shell_forms.blank(TieForm, "subjects.tie"),
        "write_form": bound.get("write_form") or (CopyForm() if found.is_copy else OutcomeForm()),
        "extend_form": bound.get("extend_form") or ExtendForm(),
        "hand_form": bound.get("hand_form") or HandForm(initial={"at": clock.now()}),
        "dispute_form": bound.get("dispute_form") or DisputeForm(),
        "here": "/requests",
    }
    return render(request, "subjects/request.html", context, status=422 if bound else 200)
