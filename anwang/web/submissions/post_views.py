"""Approved posts, and changing them by letter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.deployment.queries import requests_that_changed
from anwang.foundation.errors import BadInput
from anwang.submissions import actions, queries, standing
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .filling import HERE, fill, posted, sheet


class DayForm(forms.Form):
    """On which day."""

    on = forms.RocDateField(label=gettext_lazy("哪一天"), required=False, partial=False)


class ChangeForm(forms.Form):
    """Whose posts, which, how many more or fewer, from when, by which letter."""

    county = forms.OneOfMany(label=gettext_lazy("縣市"))
    kind = forms.OneOfMany(label=gettext_lazy("職務"))
    change = forms.TextField(label=gettext_lazy("增減幾名"), max_length=6, help_text=gettext_lazy("減少的前面加減號。"))
    from_on = forms.RocDateField(label=gettext_lazy("從哪一天起"), partial=False)
    letter = forms.TextField(label=gettext_lazy("哪一封函"), max_length=60)
    dated_on = forms.RocDateField(label=gettext_lazy("發文日期"), partial=False)
    because = forms.TextField(label=gettext_lazy("事由"), max_length=200)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = counties
        self.fields["kind"].choices = codes("post.kind")


def posts(request: HttpRequest) -> HttpResponse:
    """Posts of a day with the letters that made them."""
    form = DayForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    table = queries.post_table(request.viewer, on)
    requests = requests_that_changed(request.viewer, [one.id for one in table.log])
    log = [(one, requests.get(one.id)) for one in table.log]
    context = {"p": table, "log": log, "form": form, "here": HERE}
    return render(request, "submissions/posts.html", context)


def change(request: HttpRequest) -> HttpResponse:
    """員額調整 by a letter."""
    standing.may_call(request.viewer).enforce()
    form = ChangeForm(posted(request), counties=queries.counties(request.viewer))

    def act(given: dict[str, Any]) -> None:
        actions.change_posts(**{**given, "change": _signed(given["change"])}, by=request.viewer)

    page = sheet(
        _("員額調整"), _("登錄這封函的調整"), _("登錄了。"), reverse("submissions:posts"),
        _("核定員額只能以函調整，寫明從哪一天起。"), _("換職務時分兩筆，一增一減。"),
    )  # fmt: skip
    return fill(request, form, page, act)


def _signed(text: str) -> int:
    """+2, -1, －1, 2. Raises BadInput."""
    plain = text.strip().replace("－", "-").replace("+", "").replace("＋", "").removesuffix("名")
    if not plain.removeprefix("-").isascii() or not plain.removeprefix("-").isdigit():
        raise BadInput(_("請填增減幾名，例如2或-1。"), field="change")
    return int(plain)
