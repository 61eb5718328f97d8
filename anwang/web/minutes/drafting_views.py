"""Drafting minutes in the official form; onto paper; out; confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.documents.printing import ODT, PDF
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.minutes import actions, official, queries
from anwang.web.papers.letters import as_file

from . import forms
from .filling import ask
from .views import one


def item(request: HttpRequest, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """The words of one point."""
    page = one(request, sitting_id)
    found = next((each for each in page.items if UUID(each.id) == item_id), None)
    if found is None:
        raise NotFound(_("查無這個議案。請從會議頁選。"))
    decided = "\n".join([*filter(None, [found.lead]), *(official.printed(d.number, d.text) for d in found.decisions)])
    initial = {"title": found.title, "explanation": found.explanation, "decisions": decided}
    form = forms.ItemForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        if given["decisions"].strip() == decided.strip():
            given["decisions"] = None
        actions.write_item(item_id=item_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("寫這一案的紀錄"), _("存下這一案"), _("存好了。"), act)


def opening(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """What the chair said, and how the minutes before were confirmed."""
    page = one(request, sitting_id)
    initial = {"opening": page.text_of("主席致詞"), "before": page.text_of("確認前次會議紀錄")}
    form = forms.OpeningForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.write_section(sitting_id=sitting_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("寫致詞與確認紀錄"), _("存下"), _("存好了。"), act)


def amend(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Correct a decision of the minutes before."""
    page = one(request, sitting_id)
    choices = queries.earlier_decisions(request.viewer, sitting_id)
    form = forms.AmendForm(request.POST or None, choices={"decision_id": choices})

    def act(given: dict[str, Any]) -> None:
        actions.amend(
            sitting_id=sitting_id, decision_id=UUID(given["decision_id"]), text=given["text"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return ask(request, page, form, _("修正前次會議紀錄"), _("列入修正"), _("列入了。前次紀錄本身不變。"), act)


def adjourn(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """When it was over."""
    page = one(request, sitting_id)
    form = forms.AdjournForm(request.POST or None, initial={"adjourned_time": page.adjourned_time})

    def act(given: dict[str, Any]) -> None:
        actions.adjourn(sitting_id=sitting_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("散會時間"), _("記下散會"), _("記下了。"), act)


def send(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The minutes go out: from here on their words stay."""
    page = one(request, sitting_id)
    form = forms.SendForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.send(sitting_id=sitting_id, by=request.viewer, at=clock.now(), **given)

    aside = (_("發送以後內容不再改，要改請在下次會議提修正。"), _("各單位看得到紀錄，決議可以列管。"))
    return ask(request, page, form, _("發送會議紀錄"), _("發送，內容不再改"), _("發送了，各單位看得到。"), act,
               notes=aside)  # fmt: skip


def confirm(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The minutes were confirmed."""
    page = one(request, sitting_id)
    later = queries.later_sittings(request.viewer, sitting_id)
    form = forms.ConfirmForm(request.POST or None, choices={"confirmed_in": later})

    def act(given: dict[str, Any]) -> None:
        key = given["confirmed_in"]
        actions.confirm(
            sitting_id=sitting_id, confirmed_in=UUID(key) if key else None, by=request.viewer, at=clock.now()
        )

    return ask(request, page, form, _("紀錄確認了"), _("記為已確認"), _("確認好了。"), act)


@require_POST
def unamend(request: HttpRequest, sitting_id: UUID, amendment_id: UUID) -> HttpResponse:
    """A correction that was not decided after all."""
    one(request, sitting_id)
    actions.drop_amendment(amendment_id=amendment_id, by=request.viewer, at=clock.now())
    messages.success(request, _("拿掉了。"))
    return redirect("minutes:sitting", sitting_id)


@require_POST
def as_paper(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The minutes as ODT or PDF, in the official form."""
    one(request, sitting_id)
    form = request.POST.get("form", "")
    if form not in (ODT, PDF):
        raise BadInput(_("請選ODT或PDF。"), field="form")
    return as_file(actions.print_minutes(sitting_id=sitting_id, form=form, by=request.viewer))
