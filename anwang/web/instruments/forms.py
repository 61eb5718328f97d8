"""The questions of an instrument as a form of the house; nothing is preselected, and silence is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any  # a form's clean data

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases.actions import Safety
from anwang.instruments.actions import Form, Judged, Reported
from anwang.instruments.queries import FormSheet, Question, Result, Whom
from anwang.instruments.states import Direction
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

SAFETY = "safety"
DIRECTIONS = [(Direction.UP.value, Direction.UP.label), (Direction.DOWN.value, Direction.DOWN.label)]


class EventForm(forms.Form):
    """The day that decides which version of a form holds."""

    on = forms.RocDateField(label=gettext_lazy("事件是哪一天"), partial=False, future=False)


class FillForm(forms.Form):
    """One instrument. Item fields are named `q_` and the item."""

    marks_optional = False

    def __init__(self, *args: Any, sheet: FormSheet, people: Iterable[Whom], replaces: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sheet, self.people = sheet, tuple(people)
        whom = [(key_of(one), one.name or _("保密")) for one in self.people]
        label = _("填的是哪個家庭") if sheet.about == "family" else _("填的是誰")
        self._put("about", forms.OneOf(choices=whom, label=label, initial=whom[0][0] if len(whom) == 1 else None))
        self._put("at", forms.InstantField(label=_("什麼時候填的")))
        network = forms.OneOfMany(choices=lambda: codes("instrument.network"), label=_("哪個體系填的"))
        self._put("network", network)
        if sheet.is_reported:
            self._ask_reported()
        for question in sheet.questions:
            self._ask(question)
        if sheet.kept_as == SAFETY:
            ask_safety(self)
        if replaces:
            self._put("because", forms.TextField(label=_("為什麼更正"), max_length=300))

    def _put(self, name: str, field: Any) -> None:
        field.template_name, field.is_marked_optional = "shell/parts/field.html", False
        self.fields[name] = field

    def _ask_reported(self) -> None:
        self._put("result", forms.OneOf(choices=self.sheet.results, label=_("回報的結果")))
        self._put("reported_by", forms.TextField(
            label=_("誰回報的"), max_length=80, help_text=_("寫單位和職稱就好，例如望潮分局家防官。")))  # fmt: skip
        self._put("reported_version", forms.TextField(
            label=_("對方用的版本"), required=False, max_length=40, help_text=_("照對方表上寫的。")))  # fmt: skip

    def _ask(self, question: Question) -> None:
        name, wanted = f"q_{question.id}", question.required
        if question.kind == "rated":
            answers = [(code, f"{code}　{text}" if code.isdigit() else text) for code, text in self.sheet.answers]
            choices = [*answers, *codes("instrument.silence")]
            self._put(name, forms.OneOf(choices=choices, label=question.ask, required=False))
        elif question.kind == "date":
            self._put(name, forms.RocDateField(label=question.ask, partial=False, required=wanted))
        elif question.kind == "number":
            self._put(name, forms.WholeNumberField(label=question.ask, required=wanted))
        else:
            self._put(name, forms.LongTextField(label=question.ask, required=wanted, max_length=20000))

    def head(self) -> list[BoundField]:
        """Fields that are no items, above them."""
        names = ("about", "at", "network", "result", "reported_by", "reported_version")
        return [self[name] for name in names if name in self.fields]

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Items under their headings, in the order of the form."""
        heading, found = None, []
        for question in self.sheet.questions:
            if heading is not None and question.group != heading:
                yield heading, found
                found = []
            heading = question.group
            found.append(self[f"q_{question.id}"])
        if found:
            yield heading or "", found

    def foot(self) -> list[BoundField]:
        """Fields below the items: the safety plan, why it is corrected."""
        return [self[name] for name in (*SAFETY_FIELDS, "because") if name in self.fields]

    def filled(self, matter_id: Any, event_on: date | None, replaces: Any = None) -> Form:
        """What was typed, as the room takes it."""
        given, sheet = self.cleaned_data, self.sheet
        whom = next(one for one in self.people if key_of(one) == given["about"])
        answers = {q.id: given[f"q_{q.id}"] for q in sheet.questions if given.get(f"q_{q.id}") not in (None, "")}
        told = Reported(given["reported_by"], given["result"], given["reported_version"]) if sheet.is_reported else None
        return Form(
            instrument=sheet.instrument, matter_id=matter_id, person_id=whom.person_id, family_id=whom.family_id,
            answers=answers, event_on=event_on, network=given["network"], reported=told, safety=safety_of(given),
            replaces=replaces, because=given.get("because", ""),
        )  # fmt: skip

    def refuse(self, error: Any) -> None:
        """A refused item is shown at its own field."""
        if error.field and f"q_{error.field}" in self.fields:
            self.add_error(f"q_{error.field}", str(error))
        else:
            super().refuse(error)


SAFETY_FIELDS = ("plan", "signature_refused", "instead")


def ask_safety(form: FillForm | JudgeForm) -> None:
    """The plan and the signature that go with a child's safety result."""
    form._put("plan", forms.LongTextField(
        label=_("安全計畫"), required=False, rows=3, help_text=_("有計畫才安全時要寫。")))  # fmt: skip
    form._put("signature_refused", forms.TickField(label=_("照顧者不肯簽安全計畫")))
    form._put("instead", forms.TextField(
        label=_("沒簽時由誰看顧"), required=False, help_text=_("沒簽也能存，寫替代的看顧方式。")))  # fmt: skip


def safety_of(given: dict[str, Any]) -> Safety | None:
    """Plan and signature; the result itself is the form's."""
    if "plan" not in given:
        return None
    return Safety("", given["plan"], given["signature_refused"], given["instead"])


def key_of(one: Whom) -> str:
    return str(one.person_id or one.family_id)


class JudgeForm(forms.Form):
    """A value of one's own: level, and where it differs direction, reason and words."""

    marks_optional = False

    def __init__(self, *args: Any, result: Result, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._put("level", forms.OneOf(choices=result.levels, label=_("你認為是")))
        self._put("direction", forms.OneOf(
            choices=DIRECTIONS, required=False, label=_("和系統不同時：調高還是調低"),
            help_text=_("調高是往較需要保護的一邊。")))  # fmt: skip
        self._put("reason", forms.FewCodesField(
            "instrument.adjust_reason", required=False, stacked=True, label=_("理由")))  # fmt: skip
        self._put("words", forms.TextField(label=_("一句話說明"), required=False, max_length=300))
        if result.questions:
            self._put("items", forms.SomeOf(
                choices=result.questions, required=False, stacked=True, label=_("哪幾題和實情不符"),
                help_text=_("半年報會統計，幫忙改量表。")))  # fmt: skip
        if result.kept_as == SAFETY:
            ask_safety(self)

    def _put(self, name: str, field: Any) -> None:
        field.template_name, field.is_marked_optional = "shell/parts/field.html", False
        self.fields[name] = field

    def judged(self) -> Judged:
        given = self.cleaned_data
        return Judged(
            given["level"], given["direction"], given["reason"], given["words"], tuple(given.get("items") or ())
        )


class FollowUpForm(forms.Form):
    """What was done about a result."""

    did = forms.FewCodesField("instrument.followed_up", stacked=True, label=gettext_lazy("怎麼處理"))
    words = forms.TextField(label=gettext_lazy("說明"), required=False, max_length=300)
