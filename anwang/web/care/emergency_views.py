"""An emergency: reported, answered, escorted, dealt with, told, handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.care import actions, queries, rules, words
from anwang.care.queries import EmergencyPage
from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE

EscortRow = actions.EscortGiven


def report(request: HttpRequest, number: str = "") -> HttpResponse:
    """Somebody is in danger: of somebody served here, or of whoever it may be."""
    case = page(request.viewer, number) if number else None
    form = forms.NewEmergencyForm(request.POST or None, choices={"found_by": words.choices(rules.FOUND_BY)})
    if case:
        for known_already in ("name", "number", "birth"):
            del form.fields[known_already]
    sheet = Sheet(
        _("登錄緊急處置"), _("登錄，開始處理"), _("登錄了。由我們處理，戶籍地接手前也由我們追蹤。"),
        reverse("care:index"),
        aside=(
            _("正在發生的危險，請先打110或119。"), _("人在哪裡，就由哪裡處理；戶籍在別縣市，之後再交接。"),
            _("不用先確定他是不是病人。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        made = actions.report_emergency(
            found=actions.Found(**given), by=request.viewer, at=clock.now(), matter_id=case.id if case else None
        )
        return reverse("care:emergency", args=[made.id])

    return fill(request, form, sheet, act, case=case, here=HERE)


def emergency(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """One emergency, its form, and who follows."""
    found = queries.emergency_page(request.viewer, emergency_id)
    may = {"works": has(request.viewer, Permission.CASEWORK), "assigns": has(request.viewer, Permission.ASSIGN)}
    return render(request, "care/emergency.html", {"e": found, "here": HERE, **may})


def known(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """查明回覆."""
    form = forms.KnownForm(request.POST or None, choices={"known": words.choices(rules.KNOWN)})
    aside = (_("查精神照護名冊和病歷資料；查不到就回查不到。"), _("身分不明或查不到，要派員到場或用視訊共同處理。"))
    return _about(request, emergency_id, form, _("回覆警消：是不是病人"), _("存下回覆"), actions.answer_check, aside)


def escort(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """護送就醫單."""
    form = forms.EscortForm(request.POST or None)

    def act(*, emergency_id: UUID, by: Any, **given: Any) -> None:
        actions.fill_escort(emergency_id=emergency_id, given=EscortRow(**given), by=by, at=clock.now())

    aside = (_("填錯了就再填一張，後填的算；先前的也留著。"),)
    return _about(request, emergency_id, form, _("護送就醫單"), _("存下護送就醫單"), act, aside)


def done(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """告一段落."""
    form = forms.DoneForm(
        request.POST or None,
        choices={
            "on_scene": words.choices(rules.ON_SCENE), "done": words.choices(rules.DONE),
            "registered": [("", _("還不知道")), *queries.counties(request.viewer)],
        },
    )  # fmt: skip

    def act(*, emergency_id: UUID, by: Any, **given: Any) -> None:
        actions.settle(emergency_id=emergency_id, settled=actions.Settled(**given), by=by, at=clock.now())

    aside = (_("護送就醫的，要先填護送就醫單。"), _("戶籍在別縣市，接著通知並交接；對方接受前仍由我們追蹤。"))
    return _about(request, emergency_id, form, _("緊急處置告一段落"), _("存下結果"), act, aside)


def county(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """Protector and county of registration are told."""
    form = forms.CountyForm(request.POST or None)
    aside = (_("戶籍地已經在服務他的，他的承辦人會收到，由那裡追蹤。"),)
    title, go = _("通知保護人與戶籍地"), _("存下通知")
    return _about(request, emergency_id, form, title, go, actions.tell_county, aside)


def hand_over(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """後續交給戶籍地, a transfer."""
    units = queries.health_units_of(request.viewer, emergency_id)
    form = forms.HandOverForm(request.POST or None, choices={"to_unit": units})

    def act(*, emergency_id: UUID, by: Any, to_unit: str, words: str) -> None:
        actions.hand_over_follow_up(
            emergency_id=emergency_id, to_unit_id=UUID(to_unit), words=words, by=by, at=clock.now()
        )

    aside = (_("對方接受前仍由我們追蹤，責任不會中斷。"), _("對方不在系統上，收到回覆後由承辦人代登。"))
    return _about(request, emergency_id, form, _("後續交給戶籍地"), _("請戶籍地接手"), act, aside)


def _about(
    request: HttpRequest, emergency_id: UUID, form: Form, title: str, go: str, act: Callable[..., object],
    aside: tuple[str, ...] = (), found: EmergencyPage | None = None,
) -> HttpResponse:  # fmt: skip
    found = found or queries.emergency_page(request.viewer, emergency_id)
    back = reverse("care:emergency", args=[emergency_id])
    sheet = Sheet(title, go, _("記下了。"), back, aside=(f"{found.person}　{found.received}", *aside))

    def save(given: dict[str, Any]) -> None:
        act(emergency_id=emergency_id, by=request.viewer, **given)

    return fill(request, form, sheet, save, here=HERE)
