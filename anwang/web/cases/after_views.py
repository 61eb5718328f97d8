"""Closing per subject, after-care, opening again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries, rules, words
from anwang.cases.actions import Ending, NewSubject
from anwang.cases.states import Capacity
from anwang.foundation import clock
from anwang.matters.holder import Holder
from anwang.web.shell import forms

from .filling import Sheet, fill, known

DONE = [
    ("risk_assessed", gettext_lazy("完成危險評估")),
    ("safety_plan", gettext_lazy("訂了安全計畫")),
    ("rights_told", gettext_lazy("告知權利和救濟")),
    ("way_back_told", gettext_lazy("告知怎麼回來")),
    ("case_discussed", gettext_lazy("做了個案討論")),
]


class ClosingForm(forms.Form):
    """Why, what became of it, and what was done before a refusal is respected."""

    reason = forms.OneOf(stacked=True, label=gettext_lazy("結案理由"))
    summary = forms.LongTextField(label=gettext_lazy("服務摘要和結案時的情形"), rows=8, max_length=8000)
    capacity = forms.OneOf(
        choices=Capacity.choices, required=False, initial=Capacity.UNKNOWN.value,
        label=gettext_lazy("本人能不能自己決定（拒絕時才問）"),
    )  # fmt: skip
    public_danger = forms.YesNoUnknownField(
        required=False, initial="no", label=gettext_lazy("會不會危及別人（拒絕時才問）")
    )
    done = forms.SomeOf(choices=DONE, required=False, stacked=True, label=gettext_lazy("結案前已經做的"))
    after_care = forms.OneOf(
        choices=[("yes", gettext_lazy("要")), ("no", gettext_lazy("不用"))], required=False,
        label=gettext_lazy("結案後要不要後追"),
    )  # fmt: skip
    words = forms.TextField(label=gettext_lazy("給督導的話"), required=False)


class ReopenForm(forms.Form):
    """Whom the new case is about, and why."""

    people = forms.SomeOf(label=gettext_lazy("這次是誰"), stacked=True)


class SureForm(forms.Form):
    """Nothing to fill in: the button says what happens."""


def close(request: HttpRequest, number: str, subject_id: UUID) -> HttpResponse:
    """Send the ending of one subject to the supervisor."""
    page = queries.page(request.viewer, number)
    one = next((one for one in page.subjects if one.id == subject_id), None)
    form = ClosingForm(request.POST or None)
    form.fields["reason"].choices = words.labels(f"closing.{page.kind}")

    def act(given: dict[str, Any]) -> None:
        ending = Ending(
            given["reason"], given["summary"], given["capacity"] or Capacity.UNKNOWN.value,
            public_danger=known(given["public_danger"]), after_care=given["after_care"] == "yes",
            **{key: key in given["done"] for key, _label in DONE},
        )  # fmt: skip
        target = subject_id if one and one.person_id else None
        actions.ask_to_close(
            case_id=page.id, subject_id=target, ending=ending, by=request.viewer, at=clock.now(), words=given["words"]
        )

    title = _("%(name)s結案") % {"name": one.name if one else page.kind_text}
    notes = (
        _("沒有當面見到本人，不能結案。"),
        _("家裡還有別人在案時，這個案件會繼續。"),
        *_followed(page.kind, page.county),
    )
    sheet = Sheet(
        title, _("送督導審核"), _("送審了。主責也會知道。"), reverse("cases:case", args=[number]), aside=notes
    )
    return fill(request, form, sheet, act, case=page)


def _followed(kind: str, county: str) -> tuple[str, ...]:
    """What the law wants after some reasons, whatever is ticked."""
    today = clock.today()
    listed = rules.codes(f"closing.{kind}", today, county)
    found = {str(one.marks["after_care"]) for one in listed if "after_care" in one.marks}
    return tuple(
        _("目標達成結案後，依法追蹤%(months)d個月或到滿18歲，選「不用」也要。")
        % {"months": rules.whole_number(one, today, county)}
        for one in sorted(found)
    )


def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """A new case arises from the ended one; the viewer acts on it."""
    page = queries.page(request.viewer, number)
    people = {str(one.person_id): one for one in (*page.subjects, *page.past) if one.person_id}
    form = ReopenForm(request.POST or None)
    form.fields["people"].choices = [(key, one.name) for key, one in people.items()]

    def act(given: dict[str, Any]) -> None:
        again = [NewSubject(UUID(key), people[key].role) for key in given["people"]]
        viewer = request.viewer
        actions.reopen(
            case_id=page.id, acting=Holder(viewer.unit_id, viewer.worker_id), accountable_id=viewer.unit_id,
            subjects=again, by=viewer, at=clock.now(),
        )  # fmt: skip

    sheet = Sheet(_("再開案"), _("再開一件"), _("開了新案件，由你承辦。"), reverse("cases:index"))
    return fill(request, form, sheet, act, case=page)


def end_after_care(request: HttpRequest, number: str) -> HttpResponse:
    """The follow-up is over."""
    page = queries.page(request.viewer, number)
    form = SureForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.end_after_care(case_id=page.id, by=request.viewer, at=clock.now())

    sheet = Sheet(_("結束後追"), _("結束後追"), _("後追結束，案件已結案。"), reverse("cases:case", args=[number]))
    return fill(request, form, sheet, act, case=page)
