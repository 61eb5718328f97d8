"""The lead of a family: plan, list, hand-over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.access.states import Zone
from anwang.cases import actions, queries
from anwang.foundation import clock
from anwang.web.shell import forms

from .filling import Sheet, fill


class PlanForm(forms.Form):
    """The shared plan as it shall read from now on."""

    text = forms.LongTextField(label=gettext_lazy("共同計畫"), rows=12, max_length=12000)


class ListForm(forms.Form):
    """Who does what next: a line per unit."""

    marks_optional = False

    def __init__(self, *args: Any, units: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for key, name in units:
            what = forms.TextField(label=_("%(unit)s接下來做什麼") % {"unit": name}, required=False)
            due = forms.RocDateField(label=_("%(unit)s什麼時候前") % {"unit": name}, partial=False, required=False)
            for prefix, field in (("what", what), ("due", due)):
                field.template_name, field.is_marked_optional = "shell/parts/field.html", False
                self.fields[f"{prefix}_{key.hex}"] = field

    def lines(self) -> list[tuple[UUID, str, Any]]:
        """The lines that say something."""
        given = self.cleaned_data
        return [
            (key, given[f"what_{key.hex}"], given[f"due_{key.hex}"]) for key, _name in self.units
            if given[f"what_{key.hex}"]
        ]  # fmt: skip


class HandOverForm(forms.Form):
    """To which unit the lead is offered."""

    unit = forms.OneOf(stacked=True, label=gettext_lazy("交給哪個單位"))


def lead(request: HttpRequest, number: str) -> HttpResponse:
    """Who leads and why, the plan, the list."""
    page = queries.lead(request.viewer, number)
    context = {"lead": page, "reads": Zone.CASE in page.can, "here": "/families", "title": page.family or page.unit}
    return render(request, "cases/lead.html", context)


def plan(request: HttpRequest, number: str) -> HttpResponse:
    """A new version of the shared plan."""
    page = queries.lead(request.viewer, number)
    form = PlanForm(request.POST or None, initial={"text": page.plans[0][0] if page.plans else ""})

    def act(given: dict[str, Any]) -> None:
        actions.update_plan(coordination_id=page.id, text=given["text"], by=request.viewer, at=clock.now())

    return fill(request, form, _sheet(number, _("共同計畫"), _("存下新的計畫"), _("存好了，協力單位看得到。")), act)


def who_does_what(request: HttpRequest, number: str) -> HttpResponse:
    """A new list of who does what next."""
    page = queries.lead(request.viewer, number)
    form = ListForm(request.POST or None, units=page.units)

    def act(given: dict[str, Any]) -> None:
        actions.update_list(coordination_id=page.id, lines=form.lines(), by=request.viewer, at=clock.now())

    return fill(request, form, _sheet(number, _("分工清單"), _("存下新的清單"), _("存好了，協力單位看得到。")), act)


def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Offer the lead to another unit; until it accepts, the old one stays."""
    page = queries.lead(request.viewer, number)
    form = HandOverForm(request.POST or None)
    form.fields["unit"].choices = [(str(key), name) for key, name in page.units if key != page.unit_id]

    def act(given: dict[str, Any]) -> None:
        actions.hand_over_lead(coordination_id=page.id, to_unit_id=UUID(given["unit"]), by=request.viewer)

    return fill(
        request, form, _sheet(number, _("主責交接"), _("問對方接不接"), _("送出了。對方接受前仍由你們主責。")), act
    )


def _sheet(number: str, title: str, go: str, saved: str) -> Sheet:
    return Sheet(title, go, saved, reverse("cases:coordination", args=[number]))
