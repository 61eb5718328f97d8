"""From the investigator to treatment, within the same case; and attaching a case to its family."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries
from anwang.cases.queries import CasePage, Hand
from anwang.foundation import clock
from anwang.matters.holder import Holder
from anwang.web.shell import forms

from .filling import Sheet, fill


class SinceField(forms.OnceToken):
    """Hidden: since when the page showed the present holder, so that whoever is second learns it."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        try:
            return datetime.fromisoformat(str(value)) if value else None
        except ValueError:
            raise ValidationError(_("這一頁放太久了。請重新整理後再送。"), code="since") from None


class TreatmentForm(forms.Form):
    """To whom, and from when."""

    hand = forms.OneOfMany(label=gettext_lazy("交給哪位處遇社工"))
    at = forms.InstantField(label=gettext_lazy("從什麼時候起"))
    since = SinceField()

    def __init__(self, *args: Any, case: CasePage, hands: tuple[Hand, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hand"].choices = [
            ("", _("請選一項")), *((one.worker_id.hex, f"{one.unit}　{one.name}") for one in hands)
        ]  # fmt: skip
        self.fields["since"].initial = case.acting_since.isoformat()


class JoinForm(forms.Form):
    """Which family: by its number, or a new one; and who of the case counts in."""

    number = forms.TextField(
        label=gettext_lazy("案家編號"), required=False, max_length=20, help_text=gettext_lazy("已經有這一家時填。")
    )  # fmt: skip
    label = forms.TextField(
        label=gettext_lazy("新開一家，怎麼稱呼"), required=False, max_length=60, help_text=gettext_lazy("例如高玉蘭家")
    )  # fmt: skip
    people = forms.SomeOf(label=gettext_lazy("案件裡誰算進這一家"), stacked=True, required=False)

    def __init__(self, *args: Any, case: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
        self.fields["people"].choices = named
        self.fields["people"].initial = [key for key, _name in named]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("number")) == bool(given.get("label")):
            self.add_error(None, _("請填案家編號，或填新開一家的稱呼，擇一。"))
        return given


def to_treatment(request: HttpRequest, number: str) -> HttpResponse:
    """調查 → 處遇: the same case, another worker; he signs for it."""
    page = queries.page(request.viewer, number)
    hands = queries.treatment_hands(request.viewer, page.county)
    form = TreatmentForm(request.POST or None, case=page, hands=hands)

    def act(given: dict[str, Any]) -> None:
        to = next(one for one in hands if one.worker_id.hex == given["hand"])
        actions.hand_over_to_treatment(
            case_id=page.id, to=Holder(to.unit_id, to.worker_id), accountable_id=to.unit_id, effective_at=given["at"],
            expected_since=given["since"] or page.acting_since, by=request.viewer,
        )  # fmt: skip

    notes = (_("同一個案件，不另外開案，也不再通報一次。"), _("安置跟著一起交。對方要簽收。"))
    back = reverse("cases:index")
    sheet = Sheet(_("交給處遇社工"), _("交給他"), _("交出去了，等對方簽收。"), back, aside=notes)
    return fill(request, form, sheet, act, case=page)


def join(request: HttpRequest, number: str) -> HttpResponse:
    """Attach the case to a family: an existing one by number, or one opened now."""
    page = queries.page(request.viewer, number)
    start = {"number": request.GET.get("family", "")[:20]}
    form = JoinForm(request.POST or None, case=page, initial=start)

    def act(given: dict[str, Any]) -> None:
        told = {"case_id": page.id, "people": [UUID(one) for one in given["people"]], "by": request.viewer}
        if given["number"]:
            actions.join_family(number=given["number"], at=clock.now(), **told)
        else:
            actions.join_new_family(label=given["label"], at=clock.now(), **told)

    notes = (_("案家是服務時算在一起的人，由你決定。"), _("掛上以後，別人能讀的內容不變。"))
    back = reverse("cases:case", args=[number])
    sheet = Sheet(_("掛上哪一家"), _("掛上這一家"), _("掛上了。從「家庭」可以看到這一家。"), back, aside=notes)
    return fill(request, form, sheet, act, case=page)
