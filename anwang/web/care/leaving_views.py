"""He leaves hospital, prison or court; and the call to whom he may hurt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.care import actions, queries, rules, words
from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .serving_views import about
from .views import HERE


def announce(request: HttpRequest, number: str) -> HttpResponse:
    """A notice came."""
    case = page(request.viewer, number)
    form = forms.LeavingForm(request.POST or None, choices={"from_what": words.choices(rules.LEAVING)})
    aside = (
        _("出院：嚴重病人要派員參與出院準備；出院日起三日內要收到計畫。"),
        _("存下以後，該知道的單位會收到通知。"),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.announce_leaving(matter_id=case.id, notice=actions.Notice(**given), by=request.viewer, at=clock.now())

    saved = _("記下了。該知道的單位會收到通知。")
    return about(request, case, form, _("接到離開醫院或監所的通知"), _("存下通知"), act, aside, saved)


def moved(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """Another day."""
    form = forms.MovedForm(request.POST or None)
    return _about(request, departure_id, form, _("改預定離開的時間"), _("存下新的時間"), _now(actions.move_leaving))


def planned(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """The plan was worked on."""
    form = forms.PlannedForm(request.POST or None)
    return _about(request, departure_id, form, _("參與出院準備"), _("存下出院準備"), actions.join_planning)


def left(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """He left."""
    form = forms.LeftForm(request.POST or None)
    return _about(request, departure_id, form, _("他離開了"), _("存下離開的時間"), _now(actions.note_left))


def plan(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """The discharge plan arrived."""
    form = forms.WhenForm(request.POST or None)
    return _about(request, departure_id, form, _("收到出院準備計畫"), _("存下收到的時間"), actions.receive_plan)


def off(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """He stays."""
    form = forms.OffForm(request.POST or None)
    return _about(request, departure_id, form, _("不離開了"), _("取消這則通知"), _now(actions.call_off_leaving))


def homecoming(request: HttpRequest, homecoming_id: UUID) -> HttpResponse:
    """Her worker: she was reached."""
    found = queries.homecoming(request.viewer, homecoming_id)
    if found.now and request.method == "GET":
        return redirect("care:homecoming", found.now)
    case = page(request.viewer, found.case)
    form = forms.ToldForm(request.POST or None)
    sheet = Sheet(
        _("他要回來了，先聯絡她"), _("存下，她知道了"), _("記下了。"), reverse("cases:case", args=[found.case]),
        aside=(
            _("%(who)s預計%(at)s回到住處附近。") % {"who": found.who, "at": found.expected},
            *(
                _("日期改了：先前說%(day)s，%(told)s已告訴她。請告訴她新的時間。") % {"day": day, "told": told}
                if told
                else _("日期改了：先前說%(day)s，還沒告訴她。") % {"day": day}
                for day, told in found.former
            ),
            _("最晚%(at)s前聯絡到她。") % {"at": found.call_by},
            _("沒聯絡到也先寫聯繫紀錄，這件事會一直在。"), _("不要告訴她消息是哪裡來的。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.told_her(homecoming_id=homecoming_id, by=request.viewer, **given)

    return fill(request, form, sheet, act, case=case, here="/cases")


def _now(action: Callable[..., object]) -> Callable[..., object]:
    def act(**given: Any) -> object:
        return action(at=clock.now(), **given)

    return act


def _about(
    request: HttpRequest, departure_id: UUID, form: Form, title: str, go: str, act: Callable[..., object]
) -> HttpResponse:
    found = queries.departure(request.viewer, departure_id)
    back = reverse("care:of_case", args=[found.number])
    sheet = Sheet(title, go, _("記下了。該知道的單位會收到通知。"), back, aside=(found.people, found.says))

    def save(given: dict[str, Any]) -> None:
        act(departure_id=departure_id, by=request.viewer, **given)

    return fill(request, form, sheet, save, here=HERE)
