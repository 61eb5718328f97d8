"""Forms about compulsory treatment: placed, granted, steps, ended."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anwang.care import actions, queries, rules, words
from anwang.cases.queries import page
from anwang.foundation import clock

from . import forms
from .serving_views import about


def place(request: HttpRequest, number: str) -> HttpResponse:
    """緊急安置 began."""
    case = page(request.viewer, number)
    form = forms.PlaceForm(request.POST or None)
    aside = (*rules_of_today(request), _("始日算一日，期滿那天是假日也照算。"))

    def act(given: dict[str, Any]) -> None:
        actions.place(matter_id=case.id, by=request.viewer, at=clock.now(), **given)

    return about(request, case, form, _("記緊急安置"), _("存下緊急安置"), act, aside, _("記下了。請盯鑑定與期滿。"))


def grant(request: HttpRequest, number: str) -> HttpResponse:
    """A permit or ruling came."""
    case = page(request.viewer, number)
    form = forms.GrantForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.grant_measure(matter_id=case.id, granted=actions.Granted(**given), by=request.viewer, at=clock.now())

    aside = (*rules_of_today(request), _("接著前一項的，前一項會自動記為接續。"))
    return about(request, case, form, _("記許可或裁定"), _("存下許可或裁定"), act, aside)


def step(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Something happened to a measure."""
    found = queries.measure(request.viewer, measure_id)
    case = page(request.viewer, found.number)
    form = forms.StepForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.note_step(measure_id=measure_id, by=request.viewer, **given)

    aside = (found.says, found.rules)
    return about(request, case, form, _("記強制處置的進度"), _("存下進度"), act, aside)


def end(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """It stopped."""
    found = queries.measure(request.viewer, measure_id)
    case = page(request.viewer, found.number)
    form = forms.EndForm(request.POST or None, choices={"how": words.choices(rules.MEASURE_END, but=["passed_on"])})

    def act(given: dict[str, Any]) -> None:
        actions.end_measure(measure_id=measure_id, by=request.viewer, **given)

    aside = (found.says, _("停止後若離開醫院，請另記離開的通知，才會排訪視、告訴該知道的人。"))
    return about(request, case, form, _("強制處置停止"), _("存下停止"), act, aside)


def rules_of_today(request: HttpRequest) -> tuple[str, ...]:
    """Which rules hold now, and that their day is an assumption."""
    held = rules.rule_set(clock.today(), request.viewer.county)
    return (_("現在適用：%(rules)s") % {"rules": held.label}, _("新舊制的分界日是假設，縣市可以更正。"))
