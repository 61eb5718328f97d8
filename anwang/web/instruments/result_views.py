"""One filled form: its result, a value of one's own, what was done; its repeats and the other networks."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.instruments import actions, policies, queries
from anwang.web.shell import forms

from .forms import FollowUpForm, JudgeForm, safety_of
from .pictures import picture


@require_safe
@never_cache
def result(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """The result with its version, who filled it, and what stands."""
    with held():
        return _page(request, queries.result(request.viewer, fill_id))


@require_POST
def judge(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """Give it a value of one's own."""
    with held():
        found = queries.result(request.viewer, fill_id)
        form = JudgeForm(request.POST, result=found)
        if form.is_valid():
            try:
                with transaction.atomic():
                    actions.judge(fill_id=fill_id, judged=form.judged(), by=request.viewer, at=clock.now(),
                                  safety=safety_of(form.cleaned_data))  # fmt: skip
            except (BadInput, Refused) as error:
                _refuse(form, error)
            else:
                messages.success(request, _("記下了，兩個值都會留著。"))
                return redirect("instruments:result", fill_id=fill_id)
        return _page(request, found, judging=form)


@require_POST
def follow_up(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """Say what was done about it."""
    with held():
        found = queries.result(request.viewer, fill_id)
        form = FollowUpForm(request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    actions.follow_up(fill_id=fill_id, by=request.viewer, at=clock.now(), **form.cleaned_data)
            except (BadInput, Refused) as error:
                _refuse(form, error)
            else:
                messages.success(request, _("記下了怎麼處理。"))
                return redirect("instruments:result", fill_id=fill_id)
        return _page(request, found, following=form)


@require_safe
@never_cache
def chart(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """Repeats of this form about the same person."""
    with held():
        line = queries.result(request.viewer, fill_id).line
        found = queries.chart(
            request.viewer, instrument=line.instrument, person_id=line.person_id, family_id=line.family_id
        )
        return render(request, "instruments/chart.html", {
            "chart": found, "line": line, "here": "/cases", "picture": picture(found),
        })  # fmt: skip


@require_safe
@never_cache
def compare(request: HttpRequest, fill_id: UUID) -> HttpResponse:
    """The same form as each network filled it."""
    with held():
        line = queries.result(request.viewer, fill_id).line
        found = queries.compare(request.viewer, instrument=line.instrument, person_id=line.person_id,
                                family_id=line.family_id)  # fmt: skip
        return render(request, "instruments/compare.html", {"found": found, "line": line, "here": "/cases"})


def _refuse(form: forms.Form, error: BadInput | Refused) -> None:
    if isinstance(error, BadInput):
        form.refuse(error)
    else:
        form.add_error(None, str(error))


def _page(
    request: HttpRequest, found: queries.Result, judging: JudgeForm | None = None,
    following: FollowUpForm | None = None,
) -> HttpResponse:  # fmt: skip
    line, viewer = found.line, request.viewer
    may = bool(policies.may_fill(viewer, line.matter_id, found.zone)) and not (line.is_replaced or line.is_over)
    context = {
        "r": found, "line": line, "here": "/cases", "may_write": may,
        "judging": (judging or JudgeForm(result=found)) if may and found.levels else None,
        "following": (following or FollowUpForm()) if may else None,
        "may_replace": may and bool(policies.may_replace(viewer, line, clock.now())),
    }  # fmt: skip
    bad = (judging and judging.errors) or (following and following.errors)
    return render(request, "instruments/result.html", context, status=422 if bad else 200)
