"""The register of places, kept by a supervisor of the county."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.foundation import clock
from anwang.placements import actions, queries, standing
from anwang.placements.actions import ProviderGiven
from anwang.placements.states import Takes
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .views import HERE


class ProviderForm(forms.Form):
    """What a place is, whom it takes in, how many places it has."""

    kind = forms.CodeField("placement.kind", label=gettext_lazy("類型"))
    handle = forms.TextField(
        label=gettext_lazy("代號"), max_length=24, help_text=gettext_lazy("清單上只出現代號，例如：寄養-012。")
    )
    is_secret = forms.TickField(label=gettext_lazy("隱密處所，只用代號"))
    name = forms.TextField(
        label=gettext_lazy("名稱"), required=False, max_length=80, help_text=gettext_lazy("家庭和隱密處所不填。")
    )
    phone = forms.PhoneField(label=gettext_lazy("電話"), required=False)
    takes = forms.OneOf(choices=Takes.choices, label=gettext_lazy("收住對象"))
    age_from = forms.WholeNumberField(label=gettext_lazy("幾歲起"), least=0, most=120, initial=0)
    age_to = forms.WholeNumberField(label=gettext_lazy("到幾歲"), required=False, least=0, most=120)
    suited = forms.SomeOf(
        choices=lambda: codes("place.suited"), required=False, stacked=True, label=gettext_lazy("適合")
    )
    places = forms.WholeNumberField(label=gettext_lazy("核定幾床"), least=0, most=500)


class LicenceForm(forms.Form):
    """How many places from which day."""

    places = forms.WholeNumberField(label=gettext_lazy("核定幾床"), least=0, most=500)
    from_on = forms.RocDateField(label=gettext_lazy("哪一天起"), partial=False)


class ClosureForm(forms.Form):
    """How many places cannot be used, from when to when, why."""

    places = forms.WholeNumberField(label=gettext_lazy("暫停幾床"), least=1, most=500)
    because = forms.FewCodesField("place.closed_because", stacked=True, label=gettext_lazy("為什麼"))
    from_on = forms.RocDateField(label=gettext_lazy("哪一天起"), partial=False)
    until_on = forms.RocDateField(label=gettext_lazy("到哪一天"), required=False, partial=False)


class LastDayForm(forms.Form):
    """The last day of a closure, or of a provider."""

    day = forms.RocDateField(label=gettext_lazy("最後一天"), partial=False)


def register(request: HttpRequest) -> HttpResponse:
    """A new provider."""
    standing.may_keep_places(request.viewer, request.viewer.county).enforce()
    form = ProviderForm(request.POST or None)

    def act(given: dict[str, Any]) -> str:
        places = given.pop("places")
        told = ProviderGiven(county=request.viewer.county, **given)
        done = actions.register_provider(given=told, places=places, by=request.viewer, at=clock.now())
        return reverse("placements:provider", args=[done.id])

    aside = (_("這裡不寫地址。安置時的地址只存在安全區。"), _("家庭、親屬和隱密處所只用代號。"))
    back = reverse("placements:index")
    sheet = Sheet(_("登錄處所"), _("登錄這個處所"), _("登錄好了。"), back, aside=aside)
    return fill(request, form, sheet, act, here=HERE)


def licence(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Another number of places from a day on."""
    form = LicenceForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.license_places(provider_id=provider_id, by=request.viewer, **given)

    return fill(request, form, _sheet(request, provider_id, _("核定床位"), _("存下床位")), act, here=HERE)


def close(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Places that cannot be used for a while."""
    form = ClosureForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.close_places(provider_id=provider_id, by=request.viewer, **given)

    return fill(request, form, _sheet(request, provider_id, _("暫停收住"), _("存下暫停")), act, here=HERE)


def reopen(request: HttpRequest, provider_id: UUID, closure_id: UUID) -> HttpResponse:
    """The last day of a closure."""
    form = LastDayForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.reopen_places(closure_id=closure_id, last_on=given["day"], by=request.viewer)

    return fill(request, form, _sheet(request, provider_id, _("恢復收住"), _("存下最後一天")), act, here=HERE)


def end(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """It takes nobody any more."""
    form = LastDayForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.close_provider(provider_id=provider_id, on=given["day"], by=request.viewer)

    return fill(request, form, _sheet(request, provider_id, _("不再收住"), _("存下最後一天")), act, here=HERE)


def _sheet(request: HttpRequest, provider_id: UUID, title: str, go: str) -> Sheet:
    found = queries.provider_page(request.viewer, provider_id)
    back = reverse("placements:provider", args=[provider_id])
    return Sheet(title, go, _("記下了。"), back, aside=(f"{found.line.handle}　{found.line.kind_text}",))
