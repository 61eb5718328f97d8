"""A unit is about to leave: telling the lead, the lead's answer; the conference of the units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.shell import forms

from .filling import Sheet, fill


class TellForm(forms.Form):
    """Nothing to fill in: the button says what happens."""


class AnswerForm(forms.Form):
    """Whether the lead agrees; if not, why the unit should stay."""

    agrees = forms.OneOf(
        choices=[("yes", gettext_lazy("沒有意見")), ("no", gettext_lazy("希望對方留下"))],
        label=gettext_lazy("主責的意見"),
    )  # fmt: skip
    words = forms.TextField(label=gettext_lazy("為什麼希望對方留下"), required=False, max_length=300)


class ConferenceForm(forms.Form):
    """When the units met."""

    at = forms.InstantField(label=gettext_lazy("什麼時候開的"))


def tell(request: HttpRequest, number: str) -> HttpResponse:
    """The family's lead learns that this unit is about to leave."""
    page = queries.page(request.viewer, number)
    form = TellForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        actions.tell_of_leaving(case_id=page.id, by=request.viewer, at=clock.now())

    notes = (_("主責可以提一次意見，不能擋。"), _("送結案時也會自動告知。"))
    back = reverse("cases:case", args=[number])
    sheet = Sheet(_("告訴主責我們要退出"), _("告訴主責"), _("告訴主責了。"), back, aside=notes)
    return fill(request, form, sheet, act, case=page)


def answer(request: HttpRequest, number: str, leaving_id: UUID) -> HttpResponse:
    """The lead's one answer to a unit that is about to leave."""
    lead = queries.lead(request.viewer, number)
    unit = next((name for key, name, _when, _said in lead.leaving if key == leaving_id), None)
    if unit is None:
        raise NotFound(_("查無這個退出告知。"))
    form = AnswerForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        if given["agrees"] == "yes":
            actions.answer_leaving(leaving_id=leaving_id, by=request.viewer, at=clock.now())
        else:
            actions.object_to_leaving(leaving_id=leaving_id, words=given["words"], by=request.viewer, at=clock.now())

    notes = (_("這不是否決。決定結案的督導會看到你的意見。"),)
    title = _("%(unit)s要退出") % {"unit": unit}
    return fill(request, form, Sheet(title, _("送出意見"), _("送出了。"), _lead(number), aside=notes), act, lead=lead)


def confer(request: HttpRequest, number: str) -> HttpResponse:
    """The units met; what they decided becomes the next list."""
    page = queries.lead(request.viewer, number)
    form = ConferenceForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.confer(coordination_id=page.id, by=request.viewer, at=given["at"])

    sheet = Sheet(
        _("聯繫會議開過了"), _("記下會議"), _("記下了。請把決定寫進分工清單。"), reverse("cases:list", args=[number])
    )
    return fill(request, form, sheet, act, lead=page)


def _lead(number: str) -> str:
    return reverse("cases:coordination", args=[number])
