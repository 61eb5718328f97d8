"""Forms about who must know of an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.protection import actions, queries, rules, words
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .order_views import about
from .views import HERE, show_order


@require_POST
def places(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Which stations and schools were told: one traced click, shown once."""
    told = queries.told_places(request.viewer, order_id)
    found = queries.order_page(request.viewer, order_id)
    lines = [(line, told.get(line.id, "")) for line in found.relays]
    return show_order(request, found, opened=lines)


def receiver(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Somebody more must know."""
    form = forms.ReceiverForm(request.POST or None, receivers=words.choices(rules.RECEIVER, clock.today()))

    def act(**given: Any) -> None:
        actions.add_receiver(at=clock.now(), **given)

    return about(request, order_id, form, _("還要讓誰知道"), _("加到清單"), act)


def tell(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Somebody was told."""
    form = forms.TellForm(request.POST or None)
    aside = (_("除了警察，都不給住處、學校和縣市。"), _("給相對人那一側的，只有款項和聯繫窗口。"))
    return _fill(request, form, _("轉知保護令"), _("存下轉知"), actions.tell, relay_id, aside)


def received(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """He has it."""
    form = forms.ReceivedForm(request.POST or None)
    return _fill(request, form, _("對方收到了"), _("存下收到"), actions.acknowledge, relay_id)


def left(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Nobody of this kind need be told."""
    form = forms.LeftForm(request.POST or None)
    return _fill(request, form, _("這一個不用轉知"), _("存下原因"), actions.not_needed, relay_id)


def _fill(
    request: HttpRequest, form: Form, title: str, go: str, act: Callable[..., object], relay_id: UUID,
    aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    sheet = Sheet(title, go, _("記下了。"), reverse("protection:index"), aside=aside)

    def done(given: dict[str, Any]) -> None:
        act(relay_id=relay_id, by=request.viewer, **given)

    return fill(request, form, sheet, done, here=HERE)
