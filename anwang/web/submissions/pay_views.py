"""薪點試算: hiring and pay of a protection post on a day, by the rules of that day. Nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases.words import lang
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput
from anwang.foundation.money import Twd
from anwang.funding.standing import may_see
from anwang.rulebook.problems import NotInForce
from anwang.submissions import pay as rules
from anwang.web.shell import forms

from .filling import HERE

SCHEMES = [
    ("protection", gettext_lazy("公部門約聘，保護性")), ("general", gettext_lazy("公部門約聘，一般（上限）")),
    ("private", gettext_lazy("受補助民間單位")),
]  # fmt: skip


class PayForm(forms.Form):
    """Since when, with which earlier period, on which day, how often recruitment failed."""

    since_on = forms.RocDateField(label=gettext_lazy("保護性工作從哪一天起"), required=False, partial=False)
    until_on = forms.RocDateField(label=gettext_lazy("到哪一天（還在做就不填）"), required=False, partial=False)
    earlier_since_on = forms.RocDateField(label=gettext_lazy("更早的一段從哪一天起"), required=False, partial=False)
    earlier_until_on = forms.RocDateField(label=gettext_lazy("更早的一段到哪一天"), required=False, partial=False)
    on = forms.RocDateField(label=gettext_lazy("算哪一天"), required=False, partial=False)
    failed = forms.WholeNumberField(label=gettext_lazy("召募未果幾次"), required=False, least=0, most=50)
    scheme = forms.OneOf(choices=SCHEMES, label=gettext_lazy("哪一種支給"), initial="protection", stacked=True)
    points = forms.WholeNumberField(label=gettext_lazy("約定薪點（未滿三年時）"), required=False, least=200, most=500)


def pay(request: HttpRequest) -> HttpResponse:
    """The form, and what the rules of the day say."""
    may_see(request.viewer).enforce()
    form = PayForm(request.GET or None)
    found = _told(form) if form.is_bound and form.is_valid() else None
    return render(request, "submissions/pay.html", {"form": form, "t": found, "here": HERE})


def _told(form: PayForm) -> dict[str, Any] | None:
    given = form.cleaned_data
    on = given["on"] or clock.today()
    try:
        periods = _periods(given, on)
        told = rules.hiring(periods, on, failed_recruitments=given["failed"] or 0)
    except NotInForce:
        form.add_error("on", _("這一天還沒有規定。"))
        return None
    except BadInput as error:
        form.refuse(error)
        return None
    points = told.points or rules.fewer(given["points"], on)
    amount = rules.monthly(points, given["scheme"], on) if points else None
    return {
        "on": _day(on), "outcome": told.outcome_text, "months": told.months, "points": points,
        "full": rules.full(on), "raised": _day(told.raised_on) if told.raised_on else "",
        "why": told.why, "cite": told.cite,
        "amount": Twd(amount).text(lang()) if amount is not None else _("未定"),
    }  # fmt: skip


def _periods(given: dict[str, Any], on: date) -> list[rules.Period] | None:
    """The periods as given; None when nothing was said. Raises BadInput for an end before its beginning."""
    pairs = [(given["earlier_since_on"], given["earlier_until_on"]), (given["since_on"], given["until_on"])]
    told = [(first, last) for first, last in pairs if first]
    if any(last and last < first for first, last in told):
        raise BadInput(_("結束的日期不能早於開始。"), field="until_on")
    if given["earlier_since_on"] and not given["earlier_until_on"]:
        raise BadInput(_("更早的一段要填到哪一天。"), field="earlier_until_on")
    return told or None


def _day(day: date) -> str:
    return roc.roc_long(day, lang())
