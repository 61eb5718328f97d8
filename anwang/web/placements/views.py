"""Supply of places on a day, who waits, and one provider of the register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.foundation import clock
from anwang.placements import queries, standing
from anwang.placements.states import Room
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

HERE = "/cases"


class SupplyForm(forms.Form):
    """Which day, county and kind."""

    day = forms.RocDateField(label=gettext_lazy("哪一天"), required=False, partial=False)
    county = forms.OneOfMany(label=gettext_lazy("縣市"), required=False)
    kind = forms.OneOfMany(label=gettext_lazy("類型"), required=False)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [("", _("全部縣市")), *counties]
        self.fields["kind"].choices = [("", _("全部類型")), *codes("placement.kind")]


def index(request: HttpRequest) -> HttpResponse:
    """Which places are free on a day, by kind and county; who waits for one."""
    form = SupplyForm(request.GET or None, counties=queries.counties(request.viewer))
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = given.get("day") or clock.today()
    rows = queries.supply(request.viewer, day, given.get("county") or "", given.get("kind") or "")
    waits = queries.waiting(request.viewer)
    free = sum(1 for one in rows if one.room == Room.FREE)
    title = ngettext("有%(n)d個處所還有空位", "有%(n)d個處所還有空位", free) % {"n": free}
    if waits:
        title += ngettext("，%(n)d位在等。", "，%(n)d位在等。", len(waits)) % {"n": len(waits)}
    else:
        title += _("。")
    context = {
        "title": title, "form": form, "day": day, "rows": rows, "waits": waits, "here": HERE,
        "kinds": queries.by_kind(request.viewer, rows),
        "may_keep": bool(standing.may_keep_places(request.viewer, request.viewer.county)),
    }  # fmt: skip
    return render(request, "placements/index.html", context)


def provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """One provider: how many places since when, what is closed. Never who is there."""
    found = queries.provider_page(request.viewer, provider_id)
    return render(request, "placements/provider.html", {"p": found, "here": HERE})
