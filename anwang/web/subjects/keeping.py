"""How long records are kept: what is due, what must stay, what two persons erase."""

from __future__ import annotations

from typing import Any  # template context
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.subjects import actions, desk, policies

from .forms import HoldForm, ProposeForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """The first person."""
    policies.may_keep(request.viewer).enforce()
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            actions.propose_erasure(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("提出了。要另一個人確認才會刪除。"))
            return redirect("subjects:keeping")
    return _page(request, propose_form=form)


@require_POST
def confirm(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """The second person: it is gone for good."""
    gone = actions.confirm_erasure(erasure_id=erasure_id, by=request.viewer, at=clock.now())
    messages.success(request, _("刪除了，共%(n)d筆。內容不能復原。") % {"n": gone})
    return redirect("subjects:keeping")


@require_POST
def withdraw(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    actions.withdraw_erasure(erasure_id=erasure_id, by=request.viewer, at=clock.now())
    messages.success(request, _("撤回了，資料都還在。"))
    return redirect("subjects:keeping")


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    policies.may_keep(request.viewer).enforce()
    form = HoldForm(request.POST, auto_id="hold_%s")
    if form.is_valid():
        try:
            actions.hold(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("記下了，這件暫不刪除。"))
            return redirect("subjects:keeping")
    return _page(request, hold_form=form)


@require_POST
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    actions.release(hold_id=hold_id, by=request.viewer, at=clock.now())
    messages.success(request, _("解除了，期限照算。"))
    return redirect("subjects:keeping")


def _page(request: HttpRequest, **bound: Any) -> HttpResponse:
    number = request.GET.get("number", "")[:20]
    context = {
        "found": desk.keeping(request.viewer),
        "propose_form": bound.get("propose_form") or ProposeForm(prefix=None, initial={"number": number}),
        "hold_form": bound.get("hold_form") or HoldForm(auto_id="hold_%s"),
        "here": "/requests",
    }
    return render(request, "subjects/keeping.html", context, status=422 if bound else 200)
