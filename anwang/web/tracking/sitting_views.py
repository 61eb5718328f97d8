"""The decisions of one sitting: tracking them, telling units, the status table for the next meeting."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.documents.actions import print_sheet
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.tracking import actions, policies, queries
from anwang.tracking.sheet import status_sheet
from anwang.web.cases.filling import Sheet, fill
from anwang.web.minutes.tabs import tabs
from anwang.web.papers.letters import as_file

from . import forms
from .views import HERE

FORM = "tracking/form.html"


def sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Sentence by sentence, with what is tracked and who was told."""
    policies.may_see(request.viewer).enforce()
    return render(
        request,
        "tracking/sitting.html",
        {"tabs": tabs("tracking:index"), "s": queries.sitting(request.viewer, sitting_id)},
    )


def track(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """A sentence becomes a tracked decision; the day is the product's reading, a person's word."""
    policies.may_see(request.viewer).enforce()
    found = queries.sentence(request.viewer, text_id)
    units = queries.units_to_ask(request.viewer)
    back = reverse("tracking:sitting", args=[found.sitting.id])
    said = _("紀錄寫的期限：%(due)s") % {"due": found.text.due} if found.text.due else ""
    aside = tuple(one for one in (found.where, found.text.text, said, found.proposed.why) if one)
    sheet = Sheet(_("列管這項決議"), _("列管"), _("列管了。"), back, template=FORM, aside=aside)
    first = {"due_on": found.proposed.on, "every_months": found.every, "unit_id": next(map(str, found.units), None),
             "helping": [str(one) for one in found.units[1:]]}  # fmt: skip
    form = forms.TrackForm(request.POST or None, choices={"unit_id": units, "helping": units}, initial=first)

    def act(given: dict[str, Any]) -> None:
        wanted = actions.Wanted(
            unit_id=UUID(given["unit_id"]), due_on=given["due_on"], helping=[UUID(one) for one in given["helping"]],
            deliverable=given["deliverable"], asks_change=given["asks_change"], every_months=given["every_months"],
        )  # fmt: skip
        actions.track(text_id=text_id, wanted=wanted, by=request.viewer, at=clock.now())

    return fill(request, form, sheet, act, here=HERE)


def tell(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """布達 to units."""
    policies.may_see(request.viewer).enforce()
    found = queries.sitting(request.viewer, sitting_id)
    if not found.may_track:
        raise NotFound(_("查無這場會議，或不歸你布達。"))
    back, saved = reverse("tracking:sitting", args=[sitting_id]), _("布達了。等各單位確認收到。")
    sheet = Sheet(_("布達決議"), _("布達"), saved, back, template=FORM, aside=(found.title,))
    choices = {"unit_ids": queries.units_to_tell(request.viewer, sitting_id)}

    def act(given: dict[str, Any]) -> None:
        actions.tell(sitting_id=sitting_id, unit_ids=[UUID(one) for one in given["unit_ids"]], how=given["how"],
                     words=given["words"], by=request.viewer, at=clock.now())  # fmt: skip

    return fill(request, forms.TellForm(request.POST or None, choices=choices), sheet, act, here=HERE)


def receive(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """A unit has the decisions."""
    policies.may_see(request.viewer).enforce()
    title, sitting_id, own = queries.relay(request.viewer, relay_id)
    sheet = Sheet(_("確認收到布達"), _("確認收到"), _("記下收到了。"), reverse("tracking:sitting", args=[sitting_id]),
                  template=FORM, aside=(title,))  # fmt: skip
    form = forms.ReceiveForm(request.POST or None, initial={"how": "system"} if own else {})

    def act(given: dict[str, Any]) -> None:
        actions.receive(relay_id=relay_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, form, sheet, act, here=HERE)


def status(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """前次會議決議辦理情形, as far as units have reported."""
    policies.may_see(request.viewer).enforce()
    table = queries.status(request.viewer, sitting_id)
    return render(
        request, "tracking/status.html", {"tabs": tabs("tracking:index"), "t": table, "sitting_id": sitting_id}
    )


@require_POST
def fill_again(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The standing first report of a draft anew, as units have reported by now."""
    policies.may_see(request.viewer).enforce()
    actions.fill_again(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("照現在的回報重寫了。你可以再改。"))
    return redirect("minutes:sitting", sitting_id)


@require_POST
def print_status(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The table on paper: ODT for the agenda, PDF for the file."""
    policies.may_see(request.viewer).enforce()
    table = queries.status(request.viewer, sitting_id)
    form = request.POST.get("form", "odt")
    if form not in ("odt", "pdf"):
        return redirect("tracking:status", sitting_id)
    file = print_sheet(sheet=status_sheet(table, request.viewer.unit_name), form=form, file_id=table.file_id,
                       what="decision_status", by=request.viewer)  # fmt: skip
    return as_file(file)
