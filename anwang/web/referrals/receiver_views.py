"""Who receives what: published indicators, capacity; and a unit says what it can take."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access.roles import Permission, has
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.referrals import actions, queries
from anwang.web.shell import forms

from .sheets import sheet


class PublishForm(forms.Form):
    """How many more, how long they wait, what else."""

    unit = forms.OneOfMany(label=gettext_lazy("哪個單位"))
    kind = forms.CodeField("referral.kinds", label=gettext_lazy("收哪一種轉介"))
    places = forms.WholeNumberField(label=gettext_lazy("還能收幾件"), least=0, most=999, required=False)
    waiting_days = forms.WholeNumberField(label=gettext_lazy("大約等幾天"), least=0, most=999, required=False)
    says = forms.TextField(label=gettext_lazy("還要讓人知道的"), max_length=200, required=False)
    phone = forms.PhoneField(label=gettext_lazy("窗口電話"), required=False)


@require_safe
@never_cache
def receivers(request: HttpRequest) -> HttpResponse:
    """Kinds of receiver with indicators and units."""
    with held():
        context = {
            "kinds": queries.kinds(request.viewer), "here": "/referrals",
            "may_say": has(request.viewer, Permission.ASSIGN),
        }  # fmt: skip
        return render(request, "referrals/receivers.html", context)


def publish(request: HttpRequest) -> HttpResponse:
    """服務量能."""
    with held():
        form = PublishForm(request.POST or None)
        units = queries.units_in_county(request.viewer)
        form.fields["unit"].choices = [("", _("請選一項")), *((str(key), name) for key, name in units)]

        def act(given: dict[str, Any]) -> None:
            actions.publish(
                unit_id=UUID(given["unit"]), kind=given["kind"], places=given["places"],
                waiting_days=given["waiting_days"], says=given["says"], phone=given["phone"], by=request.viewer,
                at=clock.now(),
            )  # fmt: skip

        return sheet(
            request, form, _("登錄服務量能"), _("公布"), _("公布了，各單位轉介時看得到。"),
            reverse("referrals:receivers"), act, _("自己的單位由督導登錄。"), _("不在系統上的單位，問到再登。"),
        )  # fmt: skip
