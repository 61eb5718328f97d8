"""Practice cards: published ones are for everybody who works in the network."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.steering import actions, policies, queries

from .acting import DESK, act, given
from .forms import CardForm, TrialForm

TAB = "cards"


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = queries.cards(request.viewer)
    context = {"cards": found, "tab": TAB, "here": DESK, "steers": bool(policies.may_see(request.viewer)),
               "may_write": bool(policies.may_act_for_county(request.viewer))}  # fmt: skip
    return render(request, "steering/cards.html", context)


@require_safe
@never_cache
def card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """One card."""
    page = queries.card(request.viewer, card_id)
    context = {
        "page": page,
        "one": page.line,
        "tab": TAB,
        "here": DESK,
        "steers": bool(policies.may_see(request.viewer)),
    }
    return render(request, "steering/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Write one: a draft first."""
    policies.may_act_for_county(request.viewer).enforce()

    def do(told: dict[str, Any]) -> str:
        written = actions.write_card(given=actions.CardGiven(**told), by=request.viewer, at=clock.now())
        return reverse("steering:card", args=[written.id])

    return act(
        request,
        CardForm(given(request)),
        do,
        title=_("寫一張實務卡"),
        button=_("存成草稿"),
        tab=TAB,
        back=reverse("steering:cards"),
        done=_("草稿存好了。看過再公布。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Write a draft over."""
    policies.may_act_for_county(request.viewer).enforce()
    page = queries.card(request.viewer, card_id)
    if not page.may_edit:
        raise Refused(_("公布的實務卡不能改。有新的做法請再寫一張。"))
    first = {"title": page.line.title, "did": page.did, "for_whom": page.line.for_whom, "begun_on": page.begun_on,
             "cost": page.cost, "cost_words": page.cost_words, "learned": page.learned}  # fmt: skip

    def do(told: dict[str, Any]) -> str:
        actions.write_card(given=actions.CardGiven(**told), card_id=card_id, by=request.viewer, at=clock.now())
        return ""

    return act(
        request,
        CardForm(given(request), initial=first),
        do,
        title=_("改實務卡草稿"),
        button=_("存成草稿"),
        tab=TAB,
        back=reverse("steering:card", args=[card_id]),
        done=_("草稿存好了。看過再公布。"),
    )


@require_POST
@never_cache
def publish(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Everybody reads it from now on."""
    actions.publish_card(card_id=card_id, by=request.viewer, at=clock.now())
    messages.success(request, _("公布了。網絡裡每個人都看得到。"))
    return redirect("steering:card", card_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tried(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Another county tried it."""
    policies.may_act_for_county(request.viewer).enforce()
    page = queries.card(request.viewer, card_id)
    if not page.may_try:
        raise Refused(_("試辦結果由別的縣市在實務卡公布後回報。"))

    def do(told: dict[str, Any]) -> str:
        actions.tell_trial(card_id=card_id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        TrialForm(given(request)),
        do,
        title=_("我們也試了"),
        button=_("登記試辦結果"),
        tab=TAB,
        back=reverse("steering:card", args=[card_id]),
        done=_("登記了。"),
    )
