"""Searches for missing children: mine, one search with its steps, the lists exchanged with the police."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from anwang.access.proving import stepped_up
from anwang.access.roles import Permission, has
from anwang.cases import actions, queries, words
from anwang.cases.states import SearchEnd
from anwang.foundation import clock
from anwang.protection import actions as protection
from anwang.web.shell import forms

from .filling import Sheet, fill
from .police_sheet import sheet as police_sheet

LATELY = timedelta(days=90)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


class BeginForm(forms.Form):
    """Which child, since when nobody knows where he is, and what was known last."""

    who = forms.OneOf(choices=[], label=gettext_lazy("哪個孩子"))
    missing_since = forms.InstantField(label=gettext_lazy("最後知道行蹤的時間"))
    last_known = forms.LongTextField(
        label=gettext_lazy("最後知道的行蹤"), rows=4, max_length=2000, required=False,
        help_text=gettext_lazy("跟誰、往哪裡、穿什麼。不知道可以不填。"),
    )  # fmt: skip
    at = forms.InstantField(label=gettext_lazy("什麼時候發動協尋"))


class StepForm(forms.Form):
    """One step: which, what came of it, when."""

    step = forms.OneOf(choices=[], label=gettext_lazy("做了哪一步"))
    words = forms.LongTextField(
        label=gettext_lazy("查到什麼"), rows=4, max_length=2000, help_text=gettext_lazy("沒查到也寫，並寫問了誰。")
    )
    at = forms.InstantField(label=gettext_lazy("什麼時候"))


class EndForm(forms.Form):
    """How the search ended, by whom it was made sure, when."""

    how = forms.OneOf(choices=SearchEnd.choices, label=gettext_lazy("怎麼結束"))
    words = forms.LongTextField(label=gettext_lazy("誰、在什麼情形下確認"), rows=4, max_length=2000)
    at = forms.InstantField(label=gettext_lazy("什麼時候"))


class CheckForm(forms.Form):
    """What came of looking into a line of the police."""

    words = forms.LongTextField(label=gettext_lazy("查證結果"), rows=4, max_length=2000)
    at = forms.InstantField(label=gettext_lazy("什麼時候查證"))


class LinesForm(forms.Form):
    """A list of the police, a line each."""

    text = forms.LongTextField(
        label=gettext_lazy("警方的名單"), rows=10, max_length=200_000,
        help_text=gettext_lazy("一行一個人：姓名、生日或證號，用逗號分開。其他文字會照樣留著。"),
    )  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    """Searches in my files, and for whoever exchanges lists with the police, those lists."""
    found = queries.searches(request.viewer, lately=clock.now() - LATELY)
    context = {
        "title": _title(sum(not one.ended for one in found), sum(one.unchecked for one in found)),
        "searches": found,
        "lists": queries.police_lists(request.viewer),
        "exchanges": has(request.viewer, Permission.POLICE_LISTS),
    }
    return render(request, "cases/searches.html", context)


def _title(missing: int, unchecked: int) -> str:
    """The page's answer as a sentence: 有2個孩子還在協尋，警方有1則消息還沒查證。"""
    if not missing:
        return _("沒有協尋中的孩子。")
    said = [ngettext("有%(n)d個孩子還在協尋", "有%(n)d個孩子還在協尋", missing) % {"n": missing}]
    if unchecked:
        said.append(ngettext("警方有%(n)d則消息還沒查證", "警方有%(n)d則消息還沒查證", unchecked) % {"n": unchecked})
    return _("，").join(said) + _("。")


def search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """One search: what was done, what is still to do, what the police told."""
    return render(request, "cases/search.html", {"s": queries.search_page(request.viewer, search_id)})


def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Nobody knows where a child of this case is."""
    page = queries.page(request.viewer, number)
    form = BeginForm(request.POST or None)
    form.fields["who"].choices = [
        (str(id_), name) for id_, name in queries.may_be_searched_for(request.viewer, page.id)
    ]
    sheet = Sheet(
        _("發動協尋"),
        _("開始協尋"),
        _("協尋開始了。請照步驟查找，每一步都記下來。"),
        reverse("cases:case", args=[number]),
        aside=(
            _("行方不明不是結案或不開案的理由。"),
            _("有保護註記的孩子只在系統內比對，不會出現在給警方的名單上。"),
            _("有立即危險，請先打110。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        given["person_id"] = UUID(str(given.pop("who")))
        begun = actions.begin_search(case_id=page.id, by=request.viewer, **given)
        return reverse("cases:search", args=[begun.id])

    return fill(request, form, sheet, act, case=page)


def step(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Write down one step."""
    page = queries.search_page(request.viewer, search_id)
    form = StepForm(request.POST or None)
    form.fields["step"].choices = words.labels("search.step")
    return _fill(request, page, form, _("記一步查找"), _("存下這一步"), actions.take_step, search_id=search_id)


def end(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The search is over."""
    page = queries.search_page(request.viewer, search_id)
    form = EndForm(request.POST or None)
    return _fill(request, page, form, _("結束協尋"), _("結束協尋"), actions.end_search, search_id=search_id)


def check(request: HttpRequest, sighting_id: UUID) -> HttpResponse:
    """What the police told was looked into."""
    form = CheckForm(request.POST or None)
    sheet = Sheet(_("查證警方消息"), _("存下查證結果"), _("記下了。"), reverse("cases:searches"))

    def act(given: dict[str, object]) -> None:
        actions.check_sighting(sighting_id=sighting_id, by=request.viewer, **given)  # type: ignore[arg-type]

    return fill(request, form, sheet, act, here="/searches")


def lines(request: HttpRequest) -> HttpResponse:
    """A list of the police is compared here; whoever brings it learns only how many lines were read."""
    form = LinesForm(request.POST or None)
    sheet = Sheet(
        _("比對警方的名單"), _("拿去比對"), "", reverse("cases:searches"),
        aside=(
            _("相符的只告訴承辦人，這裡不會顯示有沒有相符。"),
            _("有保護註記的孩子也會比對，消息不會出去。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, object]) -> None:
        text, now = str(given["text"]), clock.now()
        read = actions.take_police_lines(text=text, by=request.viewer, at=now)
        protection.tell_of_search(text=text, by=request.viewer, at=now)
        messages.success(request, _("讀了%(n)d行。相符的已經告訴承辦人。") % {"n": read})

    return fill(request, form, sheet, act, here="/searches")


@require_POST
def make_list(request: HttpRequest) -> HttpResponse:
    """A list for the police as it stands now."""
    made = actions.make_police_list(by=request.viewer, at=clock.now())
    messages.success(request, _("名單做好了。下載是一次有紀錄的閱覽。"))
    return redirect(reverse("cases:searches") + f"#list-{made.id}")


@require_POST
def take_back(request: HttpRequest, listed_id: UUID) -> HttpResponse:
    """The police were told that a line holds no more."""
    actions.take_back(listed_id=listed_id, by=request.viewer, at=clock.now())
    messages.success(request, _("記下了：已請警方撤回。"))
    return redirect("cases:searches")


def list_ods(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """One list as a spreadsheet, with the lines that hold now, after a proof. The file's name says nothing."""
    stepped_up(request.viewer).enforce()
    body = police_sheet(queries.police_list(request.viewer, list_id), unit=request.viewer.unit_name)
    headers = {"Content-Disposition": 'attachment; filename="list.ods"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=ODS, headers=headers)


def _fill(
    request: HttpRequest, page: queries.SearchPage, form: forms.Form, title: str, go: str,
    act: Callable[..., object], search_id: UUID,
) -> HttpResponse:  # fmt: skip
    """One form about one search, whom it is about beside it; afterwards back to the search."""
    sheet = Sheet(
        title, go, _("記下了。"), reverse("cases:search", args=[search_id]), aside=(f"{page.name}　{page.number}",)
    )

    def done(given: dict[str, Any]) -> None:
        act(search_id=search_id, by=request.viewer, **given)

    return fill(request, form, sheet, done, here="/searches")
