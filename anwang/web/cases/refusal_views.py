"""Somebody does not want us: which of the four rules answers, what is done next; and people no criteria fit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.cases import actions, policies, queries
from anwang.cases.actions import NoCriteria, RefusalTold
from anwang.cases.states import Capacity, UnfittedLookAt
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.shell import forms

from .filling import Sheet, fill, known

WHOLE = "family"
TOLD = [
    ("risk_assessed", gettext_lazy("危險評估和安全計畫都做了")),
    ("rights_told", gettext_lazy("告知權利、救濟和服務")),
    ("way_back_told", gettext_lazy("告知怎麼回來")),
]


class RefusalForm(forms.Form):
    """Who said no, how, and what is known: capacity, danger to others, what was done before."""

    person = forms.OneOf(label=gettext_lazy("誰拒絕"), stacked=True)
    words = forms.LongTextField(label=gettext_lazy("怎麼說的"), rows=4, max_length=2000)
    method = forms.CodeField("visit.method", label=gettext_lazy("怎麼聯繫的"))
    capacity = forms.OneOf(
        choices=Capacity.choices, initial=Capacity.UNKNOWN.value, label=gettext_lazy("本人能不能自己決定")
    )
    public_danger = forms.YesNoUnknownField(label=gettext_lazy("會不會危及別人或公共安全"))
    told = forms.SomeOf(choices=TOLD, required=False, stacked=True, label=gettext_lazy("已經做的"))
    at = forms.InstantField(label=gettext_lazy("什麼時候的事"))


class StepForm(forms.Form):
    """What was done after it."""

    step = forms.OneOf(label=gettext_lazy("做了什麼"), stacked=True)
    words = forms.LongTextField(label=gettext_lazy("經過和結果"), rows=4, max_length=2000)
    at = forms.InstantField(label=gettext_lazy("什麼時候"))


class UnfittedForm(forms.Form):
    """Whom no criteria fit, why, who said 'not ours', who cares for him."""

    person = forms.OneOf(label=gettext_lazy("哪一位"), stacked=True)
    why = forms.FewCodesField("unfitted.why", stacked=True, label=gettext_lazy("為什麼沒有單位符合"))
    not_ours = forms.LongTextField(
        label=gettext_lazy("哪些單位說不是他們的，理由是什麼"), required=False, rows=3, max_length=2000
    )
    has_carer = forms.YesNoUnknownField(label=gettext_lazy("有沒有照顧者"))


class LookForm(forms.Form):
    """A review of the service, or what was arranged for the carer."""

    what = forms.OneOf(choices=UnfittedLookAt.choices, label=gettext_lazy("記哪一件"))
    words = forms.LongTextField(label=gettext_lazy("做了什麼、接下來怎麼辦"), rows=4, max_length=2000)


class UnfittedEndForm(forms.Form):
    """A receiver, a diagnosis, or settled."""

    how = forms.FewCodesField("unfitted.ended", stacked=True, label=gettext_lazy("後來怎麼了"))
    words = forms.LongTextField(label=gettext_lazy("由誰接手，或怎麼確認的"), rows=3, max_length=2000)


def refusals(request: HttpRequest, number: str) -> HttpResponse:
    """The refusals of a case, each with the rule that answered it, and the log of what was tried."""
    case = queries.page(request.viewer, number)
    rows, efforts = queries.refusals(request.viewer, case.id)
    n = len(rows)
    title = ngettext("拒絕過%(n)d次。", "拒絕過%(n)d次。", n) % {"n": n} if n else _("還沒有登錄過拒絕。")
    if rows:
        title = title[:-1] + _("，最近一次：") + rows[0].outcome_text + _("。")
    context = {
        "case": case, "rows": rows, "efforts": efforts, "title": title, "here": "/cases",
        "may_work": bool(policies.may_work(request.viewer, case.id)) and not case.is_over,
        "subjects": case.subjects,
    }  # fmt: skip
    return render(request, "cases/refusals.html", context)


def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Write a refusal down; the page then says which rule answers."""
    case = queries.page(request.viewer, number)
    form = RefusalForm(request.POST or None)
    named = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
    form.fields["person"].choices = [*named, (WHOLE, _("整個家庭"))]

    def act(given: dict[str, Any]) -> None:
        person, told, at = given.pop("person"), given.pop("told"), given.pop("at")
        given["public_danger"] = known(given["public_danger"])
        refusal = RefusalTold(
            person_id=None if person == WHOLE else UUID(person), **given, **{key: key in told for key, _label in TOLD}
        )
        actions.log_refusal(case_id=case.id, told=refusal, by=request.viewer, at=at)

    aside = (_("拒絕本身不結案。"), _("兒少、不能決定的人、有公共危險的，服務繼續；成年人說清楚後可以尊重。"))
    back = reverse("cases:refusals", args=[number])
    sheet = Sheet(_("登錄拒絕"), _("存下並看怎麼辦"), _("記下了。"), back, aside=aside)
    return fill(request, form, sheet, act, case=case)


def step(request: HttpRequest, number: str, refusal_id: UUID) -> HttpResponse:
    """What was done after a refusal."""
    case = queries.page(request.viewer, number)
    rows, _efforts = queries.refusals(request.viewer, case.id)
    one = next((one for one in rows if one.id == refusal_id), None)
    if one is None:
        raise NotFound(_("查無這筆拒絕紀錄。"))
    form = StepForm(request.POST or None)
    form.fields["step"].choices = queries.steps_for(request.viewer, one.outcome)

    def act(given: dict[str, Any]) -> None:
        actions.answer_refusal(refusal_id=refusal_id, by=request.viewer, **given)

    back = reverse("cases:refusals", args=[number])
    aside = tuple(text for text in (one.outcome_text, one.why, *one.asks) if text)
    return fill(request, form, Sheet(_("拒絕之後"), _("記下這一步"), _("記下了。"), back, aside=aside), act, case=case)


def unfitted(request: HttpRequest, number: str) -> HttpResponse:
    """People of a case no criteria fit; a lead first, a diagnosis later."""
    case = queries.page(request.viewer, number)
    rows = queries.unfitted(request.viewer, case.id)
    form = UnfittedForm(request.POST or None)
    named = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
    others = queries.may_become_subject(request.viewer, case.id)
    form.fields["person"].choices = [*named, *((id_.hex, name) for id_, name in others)]

    def act(given: dict[str, Any]) -> None:
        told = NoCriteria(given["why"], given["not_ours"], known(given["has_carer"]))
        actions.take_unfitted(
            case_id=case.id, person_id=UUID(given["person"]), told=told, by=request.viewer, at=clock.now()
        )

    back = reverse("cases:unfitted", args=[number])
    sheet = Sheet(
        _("沒有單位符合的人"), _("由我們先主責"), _("記下了，由你們先主責。"), back, template="cases/unfitted.html",
        aside=(_("先有主責，診斷在後。"), _("沒有單位接受之前，不能以不符標準結束。"), _("照顧者也要有支持。")),
    )  # fmt: skip
    may_work = bool(policies.may_work(request.viewer, case.id)) and not case.is_over
    return fill(request, form, sheet, act, case=case, rows=rows, may_work=may_work)


def look(request: HttpRequest, number: str, unfitted_id: UUID) -> HttpResponse:
    """The service was looked at, or support of the carer arranged."""
    case = queries.page(request.viewer, number)
    form = LookForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.look_at_unfitted(unfitted_id=unfitted_id, by=request.viewer, at=clock.now(), **given)

    back = reverse("cases:unfitted", args=[number])
    return fill(request, form, Sheet(_("檢視服務、照顧者支持"), _("記下來"), _("記下了。"), back), act, case=case)


def end_unfitted(request: HttpRequest, number: str, unfitted_id: UUID) -> HttpResponse:
    """Somebody accepted, a diagnosis was found, or a supervisor says that it is settled."""
    case = queries.page(request.viewer, number)
    form = UnfittedEndForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.end_unfitted(unfitted_id=unfitted_id, by=request.viewer, at=clock.now(), **given)

    back = reverse("cases:unfitted", args=[number])
    aside = (_("「不屬本單位」不是結果。要有單位接受。"),)
    sheet = Sheet(_("有單位接手或已確認"), _("存下結果"), _("記下了。"), back, aside=aside)
    return fill(request, form, sheet, act, case=case)
