"""The lead of a family: plan, list, hand-over."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.cases import actions, queries
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.matters.holder import Holder
from anwang.matters.queries import asked_of
from anwang.matters.states import OfferState
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


class OpenLeadForm(forms.Form):
    """Whether there are minors at home, and why another unit than proposed leads."""

    minors_home = forms.OneOf(
        choices=[("yes", gettext_lazy("是")), ("no", gettext_lazy("否")), ("unknown", gettext_lazy("不詳"))],
        label=gettext_lazy("家中有未成年人"),
    )  # fmt: skip
    differs_because = forms.TextField(
        required=False, label=gettext_lazy("和規則建議不同的原因"), max_length=300
    )  # fmt: skip


class PersonLeadForm(forms.Form):
    """For whom, whether he is a youth at risk, and why another unit than the council leads."""

    person = forms.OneOf(label=gettext_lazy("為哪一位設統籌"), stacked=True)
    at_risk_youth = forms.OneOf(
        choices=[("yes", gettext_lazy("是")), ("no", gettext_lazy("否")), ("unknown", gettext_lazy("不詳"))],
        label=gettext_lazy("他是曝險少年"),
    )  # fmt: skip
    differs_because = forms.TextField(
        required=False, label=gettext_lazy("不由少輔會統籌的原因"), max_length=300
    )  # fmt: skip


class HandOverForm(forms.Form):
    """To which unit the lead is offered."""

    unit = forms.OneOf(stacked=True, label=gettext_lazy("交給哪個單位"))


def open_lead(request: HttpRequest, number: str) -> HttpResponse:
    """The family's lead: shown when there is one, else opened with the viewer leading."""
    case, viewer = queries.page(request.viewer, number), request.viewer
    if case.family_id is None:
        raise NotFound(_("這個案件還沒有掛上案家。請先在家庭頁建立。"))
    if there := queries.lead_number(viewer, case.family_id):
        return redirect("cases:coordination", there)
    kinds = queries.open_kinds(viewer, case.family_id)
    form = OpenLeadForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.open_coordination(
            family_id=case.family_id, county=case.county, accountable_id=viewer.unit_id,
            lead=Holder(viewer.unit_id, viewer.worker_id), by=viewer, at=clock.now(), kinds=kinds,
            minors_home=given["minors_home"], differs_because=given["differs_because"],
        )  # fmt: skip

    proposed = queries.lead_proposal(viewer, kinds, "unknown")
    notes = (_("規則建議：%(who)s") % {"who": proposed}, _("主責不接手別人的法定職責，也不因此看得到別人的案件。"))
    back = reverse("cases:case", args=[number])
    sheet = Sheet(_("家庭主責"), _("由我們單位主責"), _("成立了，請接著寫分工清單。"), back, aside=notes)
    return fill(request, form, sheet, act, case=case)


def open_person_lead(request: HttpRequest, number: str) -> HttpResponse:
    """One person's own lead, with the viewer's unit leading."""
    case, viewer = queries.page(request.viewer, number), request.viewer
    form = PersonLeadForm(request.POST or None)
    form.fields["person"].choices = [(str(one.person_id), one.name) for one in case.subjects if one.person_id]

    def act(given: dict[str, Any]) -> None:
        actions.open_person_lead(
            person_id=UUID(given["person"]), county=case.county, accountable_id=viewer.unit_id,
            lead=Holder(viewer.unit_id, viewer.worker_id), by=viewer, at=clock.now(),
            at_risk_youth=given["at_risk_youth"], differs_because=given["differs_because"],
        )  # fmt: skip

    notes = (_("曝險少年和別的單位共案時，由少輔會統籌。"), _("統籌不接手別人的法定職責，也不因此看得到別人的案件。"))
    back = reverse("referrals:of_case", args=[number])
    return fill(request, form, Sheet(_("統籌"), _("由我們單位統籌"), _("成立了。"), back, aside=notes), act, case=case)


def lead(request: HttpRequest, number: str) -> HttpResponse:
    """Who leads and why, the plan, the list."""
    page = queries.lead(request.viewer, number)
    asked = asked_of(request.viewer, page.id, answered=True)
    reasons = dict(forms.CodeField("offer.decline_reasons").choices)
    context = {
        "lead": page, "reads": Zone.CASE in page.can, "here": "/families", "title": page.family or page.unit,
        "asked": [one for one in asked if not one.is_done],
        "declined": [(one, reasons.get(one.reason, "")) for one in asked if one.state == OfferState.DECLINED],
        "may_hand_over": has(request.viewer, Permission.ASSIGN),
    }  # fmt: skip
    return render(request, "cases/lead.html", context)


def plan(request: HttpRequest, number: str) -> HttpResponse:
    """A new version of the shared plan."""
    page = queries.lead(request.viewer, number)
    form = PlanForm(request.POST or None, initial={"text": page.plans[0][0] if page.plans else ""})

    def act(given: dict[str, Any]) -> None:
        actions.update_plan(coordination_id=page.id, text=given["text"], by=request.viewer, at=clock.now())

    sheet = _sheet(number, _("共同計畫"), _("存下新的計畫"), _("存好了，協力單位看得到。"))
    return fill(request, form, sheet, act, lead=page)


def who_does_what(request: HttpRequest, number: str) -> HttpResponse:
    """A new list of who does what next."""
    page = queries.lead(request.viewer, number)
    units = dict(page.units) | {key: name for key, name, _what, _due in page.listed}
    start: dict[str, Any] = {}
    for key, _name, what, due in page.listed:
        start |= {f"what_{key.hex}": what, f"due_{key.hex}": date.fromisoformat(due) if due else None}
    form = ListForm(request.POST or None, units=tuple(units.items()), initial=start)

    def act(given: dict[str, Any]) -> None:
        actions.update_list(coordination_id=page.id, lines=form.lines(), by=request.viewer, at=clock.now())

    sheet = _sheet(number, _("分工清單"), _("存下新的清單"), _("存好了，協力單位看得到。"))
    return fill(request, form, sheet, act, lead=page)


def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Offer the lead to another unit; until it accepts, the old one stays."""
    page = queries.lead(request.viewer, number)
    asked = {one.to_unit_id for one in asked_of(request.viewer, page.id)}
    form = HandOverForm(request.POST or None)
    form.fields["unit"].choices = [
        (str(key), name) for key, name in page.units if key != page.unit_id and key not in asked
    ]
    if not form.fields["unit"].choices:
        raise Refused(_("能接的單位都問過了，請等回覆或先撤回。"))

    def act(given: dict[str, Any]) -> None:
        actions.hand_over_lead(coordination_id=page.id, to_unit_id=UUID(given["unit"]), by=request.viewer)

    sheet = _sheet(number, _("主責交接"), _("問對方接不接"), _("送出了。對方接受前仍由你們主責。"))
    return fill(request, form, sheet, act, lead=page)


def _sheet(number: str, title: str, go: str, saved: str) -> Sheet:
    return Sheet(title, go, saved, reverse("cases:coordination", args=[number]))
