"""The review of a grave incident: begun, its chronology as of a day, findings, improvements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.conferences import actions, queries, rules, words
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .minute_views import decide_choices, decided_of
from .views import HERE

BACK = timedelta(days=1)


def new(request: HttpRequest) -> HttpResponse:
    """Begin a review."""
    choices = {
        "kind": words.choices(rules.INCIDENT), "reviewers": queries.workers_to_ask(request.viewer, public=True),
    }  # fmt: skip
    sheet = Sheet(
        _("開始重大事件檢討"), _("開始檢討"), _("開始了。檢討人員看得到時序。"), reverse("conferences:index"),
        aside=(_("經手過的人和單位不能檢討。"), _("你不是檢討人員，就看不到內容。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        numbers = given.pop("numbers").split()
        given |= {"files": queries.files_numbered(request.viewer, numbers)}
        given |= {"reviewers": [UUID(one) for one in given["reviewers"]]}
        actions.open_review(incident=actions.Incident(**given), by=request.viewer, at=clock.now())

    return fill(request, forms.ReviewForm(request.POST or None, choices=choices), sheet, act, here=HERE)


def review(request: HttpRequest, number: str) -> HttpResponse:
    """The review; beside it what the files knew at the end of a day (`as_of`, the day of the incident at first)."""
    found = queries.review(request.viewer, number)
    day = forms.AsOfForm(request.GET if "as_of" in request.GET else None)
    as_of = (day.cleaned_data["as_of"] if day.is_bound and day.is_valid() else None) or found.happened_on
    context = {
        "here": HERE, "r": found, "facts": queries.chronology(request.viewer, found.id, as_of), "as_of": as_of,
        "day": day if day.errors else forms.AsOfForm(initial={"as_of": as_of}),
        "before": as_of - BACK, "after": as_of + BACK, "today": clock.today(),
    }  # fmt: skip
    return render(request, "conferences/review.html", context)


def finding(request: HttpRequest, number: str) -> HttpResponse:
    """A finding."""
    found = queries.review(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.find(review_id=found.id, by=request.viewer, at=clock.now(), **given)

    form = forms.FindingForm(request.POST or None, choices={"kind": words.choices(rules.FINDING)})
    return _of(request, found, form, _("寫一項發現"), _("存下發現"), act, (_("對事不對人；不寫誰錯了。"),))


def improve(request: HttpRequest, number: str) -> HttpResponse:
    """An improvement, tracked like a decision."""
    found = queries.review(request.viewer, number)
    form = forms.DecideForm(request.POST or None, choices=decide_choices(request, found.improvements),
                            initial={"word": "conclusion"})  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.decide(source_id=found.id, decided=decided_of(given), by=request.viewer, at=clock.now())

    return _of(request, found, form, _("寫一項改善"), _("列管這項改善"), act,
               (_("主辦單位看得到這一項，看不到檢討內容。不要寫個案姓名。"),))  # fmt: skip


def reviewer(request: HttpRequest, number: str) -> HttpResponse:
    """One reviewer more."""
    found = queries.review(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.add_reviewer(review_id=found.id, worker_id=UUID(given["worker_id"]), by=request.viewer, at=clock.now())

    choices = {"worker_id": queries.workers_to_ask(request.viewer, public=True)}
    return _of(request, found, forms.ReviewerForm(request.POST or None, choices=choices), _("加一位檢討人員"),
               _("請他一起檢討"), act)  # fmt: skip


@require_POST
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """The findings are complete."""
    actions.hand_in(review_id=queries.review(request.viewer, number).id, by=request.viewer, at=clock.now())
    messages.success(request, _("發現提出了。改善事項已列管。"))
    return redirect("conferences:review", number)


@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Over: the files are closed to the reviewers."""
    actions.close_review(review_id=queries.review(request.viewer, number).id, by=request.viewer, at=clock.now())
    messages.success(request, _("檢討結束了，改善事項繼續列管。"))
    return redirect("conferences:review", number)


def _of(
    request: HttpRequest, found: queries.ReviewPage, form: Form, title: str, go: str, act: Callable[..., object],
    aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    back = reverse("conferences:review", args=[found.number])
    sheet = Sheet(title, go, _("記下了。"), back, aside=(found.kind, *aside))
    return fill(request, form, sheet, act, here=HERE)
