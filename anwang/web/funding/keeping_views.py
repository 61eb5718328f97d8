"""Lines, shares and tiers, kept by the ministry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.funding import actions, queries, standing
from anwang.funding.actions import LineGiven, TierGiven
from anwang.funding.states import TierStatus
from anwang.submissions.queries import counties
from anwang.web.shell import forms
from anwang.web.submissions.filling import fill, posted, sheet


class LineForm(forms.Form):
    """A grant line."""

    code = forms.TextField(label=gettext_lazy("代號"), max_length=24)
    name = forms.TextField(label=gettext_lazy("名稱"), max_length=80)
    plan = forms.TextField(label=gettext_lazy("計畫"), max_length=80)
    kind = forms.FewCodesField("grant.kind", stacked=True, label=gettext_lazy("經費來源"))
    from_year = forms.WholeNumberField(label=gettext_lazy("從哪一年度起（民國）"), least=107, most=189)
    to_year = forms.WholeNumberField(label=gettext_lazy("到哪一年度（民國）"), required=False, least=107, most=189)
    halves = forms.TickField(label=gettext_lazy("心衛中心業務費：沒有場地減半"))


class ShareForm(forms.Form):
    """Who bears it, for a tier, from a year; both empty: undecided."""

    level = forms.OneOfMany(label=gettext_lazy("財力級次"), required=False)
    from_year = forms.WholeNumberField(label=gettext_lazy("從哪一年度起（民國）"), least=107, most=189)
    central = forms.WholeNumberField(label=gettext_lazy("中央（%）"), required=False, least=0, most=100)
    local = forms.WholeNumberField(
        label=gettext_lazy("地方（%）"), required=False, least=0, most=100,
        help_text=gettext_lazy("兩個合計100；未定就兩個都不填。"),
    )  # fmt: skip
    source = forms.TextField(label=gettext_lazy("依據"), max_length=200)
    because = forms.TextField(label=gettext_lazy("更正的理由"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels(_("各級"))


class TierForm(forms.Form):
    """A tier as published."""

    county = forms.OneOfMany(label=gettext_lazy("縣市"))
    level = forms.OneOfMany(label=gettext_lazy("財力級次"))
    from_year = forms.WholeNumberField(label=gettext_lazy("從哪一年度起（民國）"), least=107, most=189)
    to_year = forms.WholeNumberField(label=gettext_lazy("到哪一年度（民國）"), required=False, least=107, most=189)
    status = forms.OneOf(choices=TierStatus.choices, label=gettext_lazy("怎麼知道的"), initial=TierStatus.PUBLISHED)
    source = forms.TextField(label=gettext_lazy("依據"), max_length=200)
    because = forms.TextField(label=gettext_lazy("更正的理由"), required=False, max_length=200)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = counties
        self.fields["level"].choices = levels("")[1:]


def levels(none: str) -> list[tuple[str, str]]:
    """Tier 1 to 5, with a first answer for none."""
    return [("", none), *((str(n), _("第%(n)s級") % {"n": n}) for n in range(1, 6))]


def line(request: HttpRequest) -> HttpResponse:
    """A new grant line."""
    standing.may_grant(request.viewer).enforce()
    form = LineForm(posted(request))

    def act(given: dict[str, Any]) -> str:
        told = LineGiven(
            code=given["code"], name=given["name"], plan=given["plan"], kind=given["kind"],
            from_year=given["from_year"] + 1911, to_year=ad(given["to_year"]), halves_without_premises=given["halves"],
        )  # fmt: skip
        return reverse("funding:line", args=[actions.open_line(given=told, by=request.viewer).id])

    page = sheet(_("登錄補助項目"), _("登錄這個補助項目"), _("登錄了。"), reverse("funding:lines"))
    return fill(request, form, page, act)


def share(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """分攤比率 of a line, dated and with its source."""
    standing.may_grant(request.viewer).enforce()
    found = queries.line_page(request.viewer, line_id)
    form = ShareForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        level = int(given["level"]) if given["level"] else None
        given = {**given, "level": level, "from_year": given["from_year"] + 1911}
        actions.set_share(line_id=line_id, by=request.viewer, **given)

    page = sheet(
        _("登錄分攤比率"), _("存下這個比率"), _("存好了。"), reverse("funding:line", args=[line_id]), found.row.name,
        _("已經核定的金額不會跟著改。"),
    )  # fmt: skip
    return fill(request, form, page, act)


def tier(request: HttpRequest) -> HttpResponse:
    """財力級次 of a county."""
    standing.may_grant(request.viewer).enforce()
    form = TierForm(posted(request), counties=counties(request.viewer))

    def act(given: dict[str, Any]) -> None:
        because = given.pop("because")
        told = TierGiven(**{**given, "level": int(given["level"]), "from_year": given["from_year"] + 1911,
                            "to_year": ad(given["to_year"])})  # fmt: skip
        actions.register_tier(given=told, by=request.viewer, because=because)

    back = reverse("funding:tiers")
    page = sheet(_("登錄財力級次"), _("登錄這個級次"), _("登錄了。"), back, _("每個年度依當年的級次。"))
    return fill(request, form, page, act)


def ad(year: int | None) -> int | None:
    """A ROC year as a year of the common era."""
    return year + 1911 if year else None
