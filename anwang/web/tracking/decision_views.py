"""One tracked decision: its line, reports, rulings, and what it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.conferences.actions import Ruled
from anwang.foundation import clock
from anwang.tracking import actions, policies, queries
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .addresses import href
from .views import HERE

FORM = "tracking/form.html"


def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The sentence, what was done, what it changed."""
    found = _found(request, number)
    changes = [(one, href(one.end, request.viewer)) for one in found.changes]
    live = [(replace(one.end, name=one.end.name or one.words), led) for one, led in changes if not one.withdrawn]
    rules, numbers = ([pair for pair in live if pair[0].is_number is sort] for sort in (False, True))
    context = {"d": found, "changes": changes, "rules": rules, "numbers": numbers}
    return render(request, "tracking/decision.html", context)


def report(request: HttpRequest, number: str) -> HttpResponse:
    """What was done, with evidence and what the unit proposes."""
    found = _found(request, number)
    sheet = _sheet(found, _("回報辦理情形"), _("送出辦理情形"), _("回報了。等主席裁示。"))

    def act(given: dict[str, Any]) -> None:
        actions.report(decision_id=found.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.ReportForm(request.POST or None), sheet, act, here=HERE)


def rule(request: HttpRequest, number: str) -> HttpResponse:
    """Released, on a condition, goes on, or a special meeting."""
    found = _found(request, number)
    latest = tuple(f"{one.words}　{one.evidence}　{one.proposes}" for one in found.reports[:1])
    sheet = _sheet(found, _("列管裁示"), _("存下裁示"), _("裁示好了。"), *latest)
    choices = {"said_in": queries.sentences_of_rulings(request.viewer, found.line.sitting_id)}

    def act(given: dict[str, Any]) -> None:
        said = given.pop("said_in")
        actions.rule(decision_id=found.id, ruled=Ruled(**given), said_in=UUID(said) if said else None,
                     by=request.viewer, at=clock.now())  # fmt: skip

    return fill(request, forms.RuleForm(request.POST or None, choices=choices), sheet, act, here=HERE)


def link(request: HttpRequest, number: str) -> HttpResponse:
    """What the decision changed."""
    found = _found(request, number)
    sheet = _sheet(found, _("這句話改了什麼"), _("連到這裡"), _("連好了。"))
    pages, indicators = queries.link_choices(request.viewer)
    form = forms.LinkForm(request.POST or None, choices={"page": pages, "indicator": indicators})

    def act(given: dict[str, Any]) -> None:
        linked = actions.Linked(kind=given["kind"], ref=form.ref(), from_on=given["from_on"], words=given["words"])
        actions.link(decision_id=found.id, linked=linked, by=request.viewer, at=clock.now())

    return fill(request, form, sheet, act, here=HERE)


def unchanged(request: HttpRequest, number: str) -> HttpResponse:
    """Why nothing was changed although the sentence asked for it."""
    found = _found(request, number)
    sheet = _sheet(found, _("沒有改的原因"), _("存下原因"), _("記下原因，可以裁示解除。"))

    def act(given: dict[str, Any]) -> None:
        actions.say_unchanged(decision_id=found.id, because=given["because"], by=request.viewer, at=clock.now())

    return fill(request, forms.BecauseForm(request.POST or None), sheet, act, here=HERE)


def stop(request: HttpRequest, number: str) -> HttpResponse:
    """It recurs no more."""
    found = _found(request, number)
    sheet = _sheet(found, _("停止定期辦理"), _("停止"), _("停止了。這是最後一次。"))

    def act(given: dict[str, Any]) -> None:
        actions.stop_round(decision_id=found.id, because=given["because"], by=request.viewer, at=clock.now())

    return fill(request, forms.BecauseForm(request.POST or None), sheet, act, here=HERE)


def withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """It did not change that after all."""
    policies.may_see(request.viewer).enforce()
    sheet = Sheet(
        _("撤回連結"), _("撤回"), _("撤回了，原來的連結留在紀錄裡。"), reverse("tracking:index"), template=FORM
    )

    def act(given: dict[str, Any]) -> None:
        actions.withdraw_link(change_id=change_id, because=given["because"], by=request.viewer, at=clock.now())

    return fill(request, forms.BecauseForm(request.POST or None), sheet, act, here=HERE)


def _found(request: HttpRequest, number: str) -> queries.DecisionPage:
    policies.may_see(request.viewer).enforce()
    return queries.decision(request.viewer, number)


def _sheet(found: queries.DecisionPage, title: str, go: str, saved: str, *aside: str) -> Sheet:
    back = reverse("tracking:decision", args=[found.line.number])
    return Sheet(title, go, saved, back, template=FORM, aside=(found.line.text, found.line.due, *aside))
