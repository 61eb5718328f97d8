"""A grant: given and changed by letter, reported by quarter, reminded, settled, paid back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.foundation.errors import BadInput
from anwang.foundation.money import Twd
from anwang.funding import actions, queries, standing
from anwang.funding.actions import Granted, Spent
from anwang.funding.states import QUARTERS, Premises
from anwang.submissions.queries import counties
from anwang.web.shell import forms
from anwang.web.submissions.filling import SureForm, fill, posted, sheet

QUARTER_CHOICES = [(str(n), n) for n in QUARTERS]


class AmountForm(forms.Form):
    """An amount by a letter; empty: undecided, at least so much."""

    total = forms.TextField(
        label=gettext_lazy("核定金額（元）"), required=False, max_length=20,
        help_text=gettext_lazy("未定就不填，下面填至少多少。"),
    )  # fmt: skip
    least = forms.TextField(label=gettext_lazy("至少多少（元）"), required=False, max_length=20)
    letter = forms.TextField(label=gettext_lazy("核定函文號"), max_length=60)
    dated_on = forms.RocDateField(label=gettext_lazy("發文日期"), partial=False)


class ChangeForm(AmountForm):
    """Another amount, and why."""

    because = forms.TextField(label=gettext_lazy("為什麼變更"), max_length=200)


class GrantForm(AmountForm):
    """Whose, on which line, for which year, what for."""

    line = forms.OneOfMany(label=gettext_lazy("補助項目"))
    county = forms.OneOfMany(label=gettext_lazy("縣市"))
    year = forms.WholeNumberField(label=gettext_lazy("會計年度（民國）"), least=107, most=189)
    what = forms.TextField(label=gettext_lazy("核定項目"), max_length=80)
    premises = forms.OneOf(
        choices=[("", gettext_lazy("不問場地")), *(one for one in Premises.choices if one[0])], required=False,
        label=gettext_lazy("心衛中心有沒有場地"),
    )  # fmt: skip
    field_order = ("line", "county", "year", "what", "premises")

    def __init__(
        self, *args: Any, lines: list[tuple[str, str]], counties: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices, self.fields["county"].choices = lines, counties


class QuarterForm(forms.Form):
    """What was spent in a quarter."""

    quarter = forms.OneOf(choices=QUARTER_CHOICES, label=gettext_lazy("第幾季"))
    spent = forms.TextField(
        label=gettext_lazy("這一季實際支用（元）"), max_length=20, help_text=gettext_lazy("只填這一季，不是累計。")
    )
    reason = forms.TextField(label=gettext_lazy("執行率偏低的原因"), required=False, max_length=200)
    over_because = forms.TextField(label=gettext_lazy("超過核定金額的理由"), required=False, max_length=200)
    because = forms.TextField(label=gettext_lazy("更正的理由"), required=False, max_length=200)


class RemindForm(forms.Form):
    """Which quarter, and how it was said."""

    quarter = forms.OneOf(choices=QUARTER_CHOICES, label=gettext_lazy("催哪一季"))
    words = forms.TextField(label=gettext_lazy("怎麼催的"), max_length=200)


class ReturnedForm(forms.Form):
    """How much went back, when, by which paper."""

    amount = forms.TextField(label=gettext_lazy("繳回多少（元）"), max_length=20)
    on = forms.RocDateField(label=gettext_lazy("繳回日期"), partial=False)
    paper = forms.TextField(label=gettext_lazy("公文文號"), max_length=60)


def give(request: HttpRequest) -> HttpResponse:
    """核定補助 outside a call: lottery feedback and other letters."""
    standing.may_grant(request.viewer).enforce()
    lines = [(str(one.id), one.name) for one in queries.lines(request.viewer)]
    form = GrantForm(posted(request), lines=lines, counties=counties(request.viewer))

    def act(given: dict[str, Any]) -> str:
        told = Granted(
            line_id=UUID(given["line"]), county=given["county"], year=given["year"] + 1911, what=given["what"],
            letter=given["letter"], dated_on=given["dated_on"], total=dollars(given["total"], "total"),
            least=dollars(given["least"], "least") or 0, premises=given["premises"],
        )  # fmt: skip
        return reverse("funding:grant", args=[actions.give_grant(given=told, by=request.viewer).id])

    page = sheet(
        _("登錄核定補助"), _("登錄這筆核定"), _("登錄了。"), reverse("funding:index"),
        _("分攤依當年財力級次；未定的不推算。"), _("心衛中心業務費不填金額，依場地算。"),
    )  # fmt: skip
    return fill(request, form, page, act)


def change(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """變更核定 by another letter."""
    standing.may_grant(request.viewer).enforce()
    found = queries.grant_page(request.viewer, grant_id)
    form = ChangeForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.change_award(
            grant_id=grant_id, total=dollars(given["total"], "total"), least=dollars(given["least"], "least") or 0,
            letter=given["letter"], dated_on=given["dated_on"], because=given["because"], by=request.viewer,
        )  # fmt: skip

    back, aside = _of(grant_id), (found.what, found.now.total)
    page = sheet(_("變更核定"), _("存下變更"), _("存好了，原核定仍看得到。"), back, *aside)
    return fill(request, form, page, act)


def quarter(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """執行情形 of a quarter."""
    found = queries.grant_page(request.viewer, grant_id)
    standing.may_report(request.viewer, found.county).enforce()
    form = QuarterForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        spent = dollars(given["spent"], "spent")
        told = Spent(**{**given, "quarter": int(given["quarter"]), "spent": spent or 0})
        actions.report_execution(grant_id=grant_id, given=told, by=request.viewer)

    page = sheet(_("填報執行情形"), _("存下這一季"), _("存好了。"), _of(grant_id), found.what, found.now.total)
    return fill(request, form, page, act)


def remind(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """催報, logged."""
    standing.may_grant(request.viewer).enforce()
    found = queries.grant_page(request.viewer, grant_id)
    form = RemindForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.remind(grant_id=grant_id, quarter=int(given["quarter"]), words=given["words"], by=request.viewer)

    page = sheet(_("催報"), _("記下催報"), _("記下了。"), _of(grant_id), found.county_text, found.what)
    return fill(request, form, page, act)


def settle(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """年度結算: what goes back."""
    standing.may_grant(request.viewer).enforce()
    found = queries.grant_page(request.viewer, grant_id)
    form = SureForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.settle_year(grant_id=grant_id, by=request.viewer)

    page = sheet(
        _("年度結算"), _("結算這筆補助"), _("結算了。"), _of(grant_id), found.what, _("四季都填報後才能結算。")
    )
    return fill(request, form, page, act)


def returned(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """賸餘款繳回."""
    found = queries.grant_page(request.viewer, grant_id)
    standing.may_report(request.viewer, found.county).enforce()
    form = ReturnedForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        amount = dollars(given.pop("amount"), "amount") or 0
        actions.report_returned(grant_id=grant_id, amount=amount, by=request.viewer, **given)

    page = sheet(_("登錄繳回"), _("登錄這筆繳回"), _("登錄了。"), _of(grant_id), found.what, found.surplus)
    return fill(request, form, page, act)


def dollars(text: str, field: str) -> int | None:
    """Whole dollars as typed, None when empty. Raises BadInput beside its field."""
    if not text.strip():
        return None
    try:
        return Twd.parse(text).dollars
    except BadInput as error:
        raise BadInput(str(error), field=field) from error


def _of(grant_id: UUID) -> str:
    return reverse("funding:grant", args=[grant_id])
