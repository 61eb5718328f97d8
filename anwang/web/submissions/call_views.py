"""Calls: drafting, publishing, extending for all, answering one county's wish, publishing results."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.submissions import actions, queries, standing
from anwang.submissions.actions import CallGiven
from anwang.web.shell import forms

from .filling import SureForm, fill, posted, sheet


class CallForm(forms.Form):
    """What is called for: a part a line, optional ones in brackets."""

    title = forms.TextField(label=gettext_lazy("名稱"), max_length=80)
    year = forms.WholeNumberField(label=gettext_lazy("會計年度（民國）"), least=107, most=189)
    due_on = forms.RocDateField(label=gettext_lazy("截止日"), partial=False)
    parts = forms.LongTextField(
        label=gettext_lazy("要附的文件"), max_length=2000,
        help_text=gettext_lazy("一行一份。不一定要的，前後加括號，例如（附錄）。"),
    )  # fmt: skip
    lines = forms.SomeOf(label=gettext_lazy("可以申請的補助項目"), required=False, stacked=True)
    basis = forms.TextField(label=gettext_lazy("依據"), required=False, max_length=120)
    words = forms.LongTextField(label=gettext_lazy("說明"), required=False, max_length=2000)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = lines


class CountiesForm(forms.Form):
    """To which counties it goes."""

    counties = forms.SomeOf(label=gettext_lazy("通知哪些縣市"), stacked=True)

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counties"].choices = counties


class ExtendForm(forms.Form):
    """A later day for everybody, as a meeting granted it."""

    new_due_on = forms.RocDateField(label=gettext_lazy("展延到哪一天"), partial=False)
    asked_by = forms.TextField(label=gettext_lazy("誰請求的"), max_length=80)
    asked_at = forms.InstantField(label=gettext_lazy("什麼時候請求的"))
    reason = forms.TextField(label=gettext_lazy("事由"), max_length=200)
    answer = forms.TextField(label=gettext_lazy("同意的會議或文號"), max_length=200)


class AnswerForm(forms.Form):
    """Granted or not, and by what or why."""

    granted = forms.OneOf(
        choices=[("yes", gettext_lazy("同意展延")), ("no", gettext_lazy("不同意"))], label=gettext_lazy("怎麼答覆")
    )
    answer = forms.TextField(label=gettext_lazy("文號、會議或理由"), max_length=200)


def draft(request: HttpRequest) -> HttpResponse:
    """A new call, seen by nobody but the ministry until it is published."""
    standing.may_call(request.viewer).enforce()
    form = CallForm(request.POST or None, lines=queries.lines_of(request.viewer))

    def act(given: dict[str, Any]) -> str:
        told = CallGiven(
            title=given["title"], year=given["year"] + 1911, due_on=given["due_on"], parts=_parts(given["parts"]),
            lines=[UUID(one) for one in given["lines"]], basis=given["basis"], words=given["words"],
        )  # fmt: skip
        return reverse("submissions:call", args=[actions.draft_call(given=told, by=request.viewer).id])

    page = sheet(
        _("擬提報通知"), _("存下草稿"), _("存好了，還沒通知。"), reverse("submissions:index"),
        _("存下後再選縣市通知。"), _("原訂期限一直看得到，展延另外記。"),
    )  # fmt: skip
    return fill(request, form, page, act)


def publish(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """To counties: each gets its submission and the day on its list."""
    standing.may_call(request.viewer).enforce()
    call = queries.call_page(request.viewer, call_id)
    form = CountiesForm(request.POST or None, counties=queries.counties(request.viewer))

    def act(given: dict[str, Any]) -> None:
        actions.publish_call(call_id=call_id, counties=given["counties"], by=request.viewer)

    page = sheet(
        _("通知縣市提報"), _("通知這些縣市"), _("通知了。各縣市的今日清單上看得到。"), _of(call_id),
        _("%(title)s，%(due)s截止") % {"title": call.title, "due": call.due}, _("不在系統上的縣市，由你代登。"),
    )  # fmt: skip
    return fill(request, form, page, act)


def extend(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """A later day for every county that has not sent."""
    standing.may_decide(request.viewer).enforce()
    call = queries.call_page(request.viewer, call_id)
    form = ExtendForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.extend_all(call_id=call_id, by=request.viewer, **given)

    page = sheet(
        _("全部縣市展延"), _("展延全部縣市"), _("展延了，原訂期限仍看得到。"), _of(call_id),
        _("原訂%(due)s截止") % {"due": call.due},
    )  # fmt: skip
    return fill(request, form, page, act)


def results(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Every county sees what every county was granted."""
    standing.may_call(request.viewer).enforce()
    call = queries.call_page(request.viewer, call_id)
    form = SureForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.publish_results(call_id=call_id, by=request.viewer)

    page = sheet(
        _("公布核定結果"), _("公布給全部縣市"), _("公布了。"), _of(call_id),
        _("公布後各縣市互相看得到核定內容：%(title)s") % {"title": call.title},
    )  # fmt: skip
    return fill(request, form, page, act)


def answer(request: HttpRequest, extension_id: UUID) -> HttpResponse:
    """A county asked for a later day: granted or not."""
    standing.may_decide(request.viewer).enforce()
    asked = next((one for one in queries.desk(request.viewer).waiting if one.extension_id == extension_id), None)
    form = AnswerForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.decide_extension(
            extension_id=extension_id, granted=given["granted"] == "yes", answer=given["answer"], by=request.viewer
        )

    aside = (asked.county_text, asked.asked) if asked else (_("這件展延已經答覆，或不存在。"),)
    page = sheet(_("答覆展延"), _("答覆這件展延"), _("答覆了，對方看得到。"), reverse("submissions:index"), *aside)
    return fill(request, form, page, act)


def _parts(text: str) -> list[tuple[str, bool]]:
    """(name, whether required) of each line; a name in brackets is optional."""
    found = []
    for line in text.splitlines():
        name = line.strip()
        optional = name[:1] in "（(" and name[-1:] in "）)"
        name = name[1:-1].strip() if optional and name else name
        if name:
            found.append((name[:80], not optional))
    return found


def _of(call_id: UUID) -> str:
    return reverse("submissions:call", args=[call_id])
