"""Forms of a programme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.people.states import Sex
from anwang.treatment.states import Came
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes


class RegisterForm(forms.Form):
    """Who, as the letter has him; what was ordered, by whom, until when."""

    person = forms.OneOf(label=_("哪一位"), stacked=True)
    name = forms.PersonNameField(label=_("新的人，姓名照來文"), required=False)
    sex = forms.OneOf(choices=Sex.choices, initial=Sex.MALE.value, required=False, label=_("性別"))
    birth = forms.RocDateField(label=_("出生日"), required=False, future=False)
    number_id = forms.NationalIdField(label=_("身分證統一編號"), required=False)
    ground = forms.FewCodesField("treatment.ground", stacked=True, label=_("依據"))
    court = forms.TextField(label=_("法院或檢察署"), required=False, max_length=60)
    number = forms.TextField(
        label=_("裁定或處分的字號"), required=False, max_length=60, help_text=_("照來文，例如：115年度家護字第9001號。")
    )
    items = forms.SomeOf(choices=lambda: codes("treatment.item"), stacked=True, label=_("處遇項目"))
    hours = forms.WholeNumberField(label=_("命完成幾小時"), required=False, least=1, most=500)
    complete_by = forms.RocDateField(label=_("完成期限"), required=False, partial=False)
    received_at = forms.InstantField(label=_("什麼時候收到"))

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("new", _("還沒登錄的人")), *known]


class PlanForm(forms.Form):
    """Where, from when, how."""

    provider = forms.TextField(label=_("由哪裡執行"), max_length=80)
    begins_on = forms.RocDateField(label=_("哪一天報到"), partial=False)
    plan = forms.LongTextField(
        label=_("怎麼進行"), rows=6, max_length=4000,
        help_text=_("只寫他的處遇。不寫被害人在哪裡、和誰住、誰通報。"),
    )  # fmt: skip


class SessionsForm(forms.Form):
    """Weekly appointments."""

    item = forms.OneOf(label=_("項目"), stacked=True)
    first_at = forms.InstantField(label=_("第一次什麼時候"), future=True)
    minutes = forms.WholeNumberField(label=_("每次幾分鐘"), least=10, most=480, initial=120)
    times = forms.WholeNumberField(label=_("每週一次，共幾次"), least=1, most=52, initial=12)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items


class CameForm(forms.Form):
    """Whether he came."""

    came = forms.OneOf(choices=[(one.value, one.label) for one in Came if one is not Came.UNKNOWN], label=_("有沒有來"))
    words = forms.LongTextField(label=_("這次的紀錄"), required=False, rows=5, max_length=4000)


class MissedForm(forms.Form):
    """How he stayed away from the plan."""

    how = forms.FewCodesField("treatment.missed", stacked=True, label=_("怎麼沒有依計畫"))
    words = forms.TextField(label=_("情形"), required=False, max_length=300)
    at = forms.InstantField(label=_("什麼時候的事"))


class ToldForm(forms.Form):
    """Whom the provider told, how, when."""

    to_whom = forms.TextField(label=_("告知哪個機關、哪一位"), max_length=120)
    how = forms.TextField(label=_("怎麼告知"), required=False, max_length=60, help_text=_("公文字號或電話。"))
    at = forms.InstantField(label=_("什麼時候告知"))


class ThenForm(forms.Form):
    """What the authority decided."""

    then = forms.FewCodesField("treatment.then", stacked=True, label=_("怎麼處理"))
    words = forms.TextField(label=_("理由"), required=False, max_length=300)


class ThreatForm(forms.Form):
    """What he said or did."""

    words = forms.LongTextField(label=_("他說了什麼、做了什麼"), rows=5, max_length=4000)
    happened_at = forms.InstantField(label=_("什麼時候的事"))


class WarnedForm(forms.Form):
    """Who was warned."""

    whom = forms.TextField(label=_("告知了哪些機關、哪些人"), max_length=120)
    at = forms.InstantField(label=_("什麼時候告知"))


class EndForm(forms.Form):
    """How it ended."""

    outcome = forms.FewCodesField("treatment.outcome", stacked=True, label=_("結果"))
    words = forms.LongTextField(label=_("處遇摘要和結束時的情形"), rows=6, max_length=4000)
    at = forms.InstantField(label=_("什麼時候結束"))


class ReportedForm(forms.Form):
    """Who has the outcome."""

    to_whom = forms.TextField(label=_("回復哪個機關、文號"), max_length=120)
    at = forms.InstantField(label=_("什麼時候回復"))
