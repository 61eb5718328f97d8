"""People of a case: another subject, a witness child, somebody who does not want us; who got a notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries
from anwang.cases.actions import NewSubject
from anwang.cases.states import SubjectRole
from anwang.foundation.errors import NotFound
from anwang.people import actions as people
from anwang.people.states import NameKind, Sex
from anwang.web.shell import forms

from .filling import Sheet, fill

NOBODY_YET = "new"
ROLES = [(role.value, role.label) for role in SubjectRole if role is not SubjectRole.FAMILY]


class SubjectForm(forms.Form):
    """Who, as what, since when."""

    person = forms.OneOf(label=gettext_lazy("加哪一位"), stacked=True)
    name = forms.PersonNameField(
        label=gettext_lazy("還沒登錄的人，姓名或稱呼"), required=False, help_text=gettext_lazy("不知道就留空白。")
    )  # fmt: skip
    sex = forms.OneOf(choices=Sex.choices, initial=Sex.UNKNOWN.value, required=False, label=gettext_lazy("性別"))
    birth = forms.RocDateField(label=gettext_lazy("出生日"), required=False, future=False)
    role = forms.OneOf(choices=ROLES, label=gettext_lazy("在案件裡是"))
    at = forms.InstantField(label=gettext_lazy("什麼時候知道的"))


class WitnessForm(forms.Form):
    """What the assessment found, in words; and when it was done."""

    text = forms.LongTextField(label=gettext_lazy("評估到什麼"), rows=8, max_length=8000)
    at = forms.InstantField(label=gettext_lazy("什麼時候評估的"))


class EffortForm(forms.Form):
    """With whom, how, whether he refused, what he said."""

    person = forms.OneOf(label=gettext_lazy("對誰"), stacked=True)
    method = forms.CodeField("visit.method", label=gettext_lazy("怎麼聯繫"))
    refused = forms.OneOf(
        choices=[("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))], label=gettext_lazy("這次拒絕了")
    )  # fmt: skip
    words = forms.TextField(label=gettext_lazy("他怎麼說、還試了什麼"), required=False, max_length=300)
    at = forms.InstantField(label=gettext_lazy("什麼時候的事"))


class ConfirmedForm(forms.Form):
    """Who confirmed, and when."""

    name = forms.TextField(label=gettext_lazy("誰確認收到"), max_length=60)
    at = forms.InstantField(label=gettext_lazy("什麼時候確認的"))


def add_subject(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody of the case's reports or family becomes a subject, with clocks of his own."""
    page = queries.page(request.viewer, number)
    form = SubjectForm(request.POST or None)
    found = queries.may_become_subject(request.viewer, page.id)
    form.fields["person"].choices = [*((key.hex, name) for key, name in found), (NOBODY_YET, _("還沒登錄的人"))]

    def act(given: dict[str, Any]) -> None:
        if given["person"] == NOBODY_YET:
            person_id = people.add_person(
                name=given["name"], name_kind=NameKind.FULL, sex=given["sex"] or Sex.UNKNOWN, birth=given["birth"],
                by=request.viewer, at=given["at"], file_id=page.id, circle=page.circle,
            ).id  # fmt: skip
        else:
            person_id = UUID(given["person"])
        new = NewSubject(person_id, given["role"])
        actions.add_subject(case_id=page.id, new=new, by=request.viewer, at=given["at"])

    notes = (
        _("從知道的那一刻起算他自己的期限。"), _("新登錄的人，之後請到他的頁面看是不是認識的人。")
    )  # fmt: skip
    sheet = Sheet(_("再加一位案件對象"), _("加進這個案件"), _("加進來了。請看他的期限。"), _home(number), aside=notes)
    return fill(request, form, sheet, act, case=page)


def witness(request: HttpRequest, number: str, subject_id: UUID) -> HttpResponse:
    """The assessment of a witness child: a note of what was found, and the duty is done."""
    page = queries.page(request.viewer, number)
    one = next((one for one in page.subjects if one.id == subject_id and one.person_id), None)
    if one is None:
        raise NotFound(_("查無這位案件對象。"))
    form = WitnessForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        text = _("目睹兒少評估：%(name)s") % {"name": one.name} + "\n" + given["text"]
        actions.write_note(matter_id=page.id, text=text, zone="case", at=given["at"], by=request.viewer)
        actions.assess_witness(subject_id=subject_id, by=request.viewer, at=given["at"])

    title = _("%(name)s的目睹兒少評估") % {"name": one.name}
    return fill(request, form, Sheet(title, _("存下評估"), _("評估完成。"), _home(number)), act, case=page)


def effort(request: HttpRequest, number: str) -> HttpResponse:
    """What was tried with somebody who does not want us; the four rules of refusal count these lines."""
    page = queries.page(request.viewer, number)
    form = EffortForm(request.POST or None)
    named = [(one.person_id.hex, one.name) for one in page.subjects if one.person_id]
    form.fields["person"].choices = [*named, ("family", _("整個家庭"))]

    def act(given: dict[str, Any]) -> None:
        whom = None if given["person"] == "family" else UUID(given["person"])
        actions.log_effort(
            case_id=page.id, person_id=whom, method=given["method"], refused=given["refused"] == "yes",
            words=given["words"], by=request.viewer, at=given["at"],
        )  # fmt: skip

    notes = (_("拒絕本身不結案。要看是誰、能不能自己決定、試了幾次。"),)
    sheet = Sheet(_("記一次努力"), _("記下這一次"), _("記下了。"), _home(number), aside=notes)
    return fill(request, form, sheet, act, case=page)


def acknowledge(request: HttpRequest, number: str, notice_id: UUID) -> HttpResponse:
    """The addressee confirmed a notice."""
    page = queries.page(request.viewer, number)
    sent = next((one for one in page.notices if one["id"] == str(notice_id)), None)
    if sent is None:
        raise NotFound(_("查無這則通知。"))
    form = ConfirmedForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.acknowledge_notice(notice_id=notice_id, name=given["name"], by=request.viewer, at=given["at"])

    notes = (
        _("%(kind)s：%(to)s") % {"kind": sent["kind"], "to": sent["to"]},
        _("%(when)s發出") % {"when": sent["sent"]},
    )
    sheet = Sheet(_("對方確認收到通知"), _("記下確認"), _("記下了。"), _home(number), aside=notes)
    return fill(request, form, sheet, act, case=page)


def _home(number: str) -> str:
    return reverse("cases:case", args=[number])
