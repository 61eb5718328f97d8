"""What the desk of tracked decisions asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.conferences.states import Tracking
from anwang.tracking.queries.status import StatusRow
from anwang.tracking.states import Changed, HowTold
from anwang.web.shell import forms

Choices = list[tuple[str, str]]
PROPOSED = (Tracking.RELEASED, Tracking.CONDITION, Tracking.CONTINUED, Tracking.SPECIAL)


class Chosen(forms.Form):
    """A form whose choices the view brings: `choices` by the name of the field."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            is_long = isinstance(self.fields[name], forms.OneOfMany)
            self.fields[name].choices = [("", gettext("請選一項")), *found] if is_long else found


class TrackForm(Chosen):
    """Who answers, who helps, until when, what shows it, whether a change was asked for."""

    unit_id = forms.OneOfMany(label=_("主辦單位"))
    helping = forms.SomeOf(label=_("協辦單位"), required=False, help_text=_("每個協辦單位都要自己回報。"))
    due_on = forms.RocDateField(label=_("期限"), partial=False)
    deliverable = forms.TextField(label=_("做到怎樣算完成"), max_length=120, required=False)
    asks_change = forms.TickField(
        label=_("這句話要求改變規則、量表、指標、課程、職位或補助"), required=False,
        help_text=_("勾了，解除列管前要連到改了什麼，或寫沒有改的原因。"),
    )  # fmt: skip
    every_months = forms.WholeNumberField(
        label=_("每幾個月再辦一次"), required=False, help_text=_("只辦一次就不填。每半年填6。")
    )


class ReportForm(forms.Form):
    words = forms.LongTextField(label=_("辦理情形"), rows=4, max_length=4000)
    evidence = forms.TextField(label=_("佐證：文號、檔案、網址"), max_length=120)
    proposes = forms.OneOf(label=_("建議"), stacked=True, choices=[(one.value, one.label) for one in PROPOSED])


class RuleForm(Chosen):
    """The chair's ruling, and the sentence of later minutes in which it stands."""

    state = forms.OneOf(label=_("主席裁示"), stacked=True, choices=[(one.value, one.label) for one in PROPOSED])
    because = forms.TextField(
        label=_("理由"), max_length=200, required=False, help_text=_("繼續列管或另開會議要寫還要做什麼。")
    )
    condition = forms.TextField(label=_("附帶的條件"), max_length=200, required=False)
    next_on = forms.RocDateField(label=_("下一個期限"), partial=False, required=False, help_text=_("解除列管不用填。"))
    said_in = forms.OneOfMany(label=_("裁示在哪一句"), required=False, help_text=_("後來的紀錄裡那一句，可不選。"))


class RuleTogetherForm(Chosen):
    """One sentence on several cases: each with its own state, the words once."""

    because = forms.TextField(label=_("裁示的話"), max_length=200, help_text=_("照紀錄抄一次，記到選的每一案。"))
    condition = forms.TextField(
        label=_("附帶的條件"), max_length=200, required=False, help_text=_("有附條件解除的案才填。")
    )
    next_on = forms.RocDateField(
        label=_("下一個期限"), partial=False, required=False, help_text=_("有繼續列管的案才填。")
    )
    said_in = forms.OneOfMany(label=_("裁示在哪一句"), required=False, help_text=_("後來的紀錄裡那一句，可不選。"))

    def __init__(self, *args: Any, cases: Sequence[StatusRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cases = {f"case_{one.case}": one.decision_id for one in cases}
        states = [("", gettext("這次不裁示")), *((one.value, one.label) for one in PROPOSED)]
        asked = {
            f"case_{one.case}": forms.OneOfMany(
                label=gettext("第%(n)d案　%(unit)s") % {"n": one.case, "unit": one.unit}, required=False,
                choices=states, help_text=" ".join(filter(None, [one.text[:60], one.proposes])),
            )
            for one in cases
        }  # fmt: skip
        self.fields = {**asked, **self.fields}

    def states(self) -> dict[UUID, str]:
        """What was chosen, by decision; those left out are not there."""
        return {key: self.cleaned_data[name] for name, key in self._cases.items() if self.cleaned_data[name]}


class SearchForm(Chosen):
    """What is looked for in minutes; everything may be left open."""

    words = forms.TextField(label=_("字詞"), max_length=60, required=False, help_text=_("決議、案由、說明裡的字。"))
    body_id = forms.OneOfMany(label=_("會議體"), required=False)
    unit = forms.TextField(label=_("單位"), max_length=40, required=False, help_text=_("紀錄請誰辦，或列管由誰主辦。"))
    state = forms.OneOfMany(label=_("列管狀態"), required=False)
    since = forms.RocDateField(label=_("從哪天開的會"), partial=False, required=False)
    until = forms.RocDateField(label=_("到哪天開的會"), partial=False, required=False)


class LinkForm(Chosen):
    """What changed: a rule or form by its code, an indicator or page from a list, the rest in words."""

    kind = forms.OneOf(label=_("改了哪一種"), stacked=True, choices=Changed.choices)
    rule = forms.TextField(
        label=_("規則或量表的代碼"), max_length=120, required=False, help_text=_("規則頁右側的「規則代碼」。")
    )
    from_on = forms.RocDateField(
        label=_("從哪一天起的版本"), partial=False, required=False, help_text=_("照規則頁歷來版本的起日。")
    )
    indicator = forms.OneOfMany(label=_("指標"), required=False)
    page = forms.OneOfMany(label=_("系統頁面"), required=False)
    words = forms.TextField(label=_("改了什麼，一句話"), max_length=200)

    def ref(self) -> str:
        """The id that belongs to the kind that was chosen."""
        given = self.cleaned_data
        return str(given.get({"indicator": "indicator", "page": "page"}.get(given["kind"], "rule")) or "")


class BecauseForm(forms.Form):
    because = forms.TextField(label=_("原因"), max_length=200)


class TellForm(Chosen):
    unit_ids = forms.SomeOf(label=_("布達給誰"))
    how = forms.OneOf(label=_("怎麼布達"), choices=HowTold.choices)
    words = forms.TextField(
        label=_("文號，或打給誰"), max_length=120, required=False, help_text=_("系統內布達不用填。")
    )


class ReceiveForm(forms.Form):
    how = forms.OneOf(label=_("怎麼確認的"), choices=HowTold.choices)
    words = forms.TextField(
        label=_("誰說收到，或文號"), max_length=120, required=False, help_text=_("自己單位在系統內確認不用填。")
    )
