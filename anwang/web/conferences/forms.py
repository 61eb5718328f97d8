"""What the desk of meetings asks. Choices come from the code lists of the day, set by the view."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.conferences.states import Answer, AnsweredHow, Side, Tracking
from anwang.web.shell import forms

Choices = list[tuple[str, str]]
NO_NAME = _("不要寫個案姓名；每位受邀的人都看得到。")


class Chosen(forms.Form):
    """A form whose choices the view brings: `choices` by the name of the field."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = found


class AsOfForm(forms.Form):
    """看到哪一天."""

    as_of = forms.RocDateField(label=_("看到哪一天"), partial=False)


class CallForm(Chosen):
    """What, when, where, who chairs."""

    sort = forms.OneOf(label=_("哪一種會議"), stacked=True)
    title = forms.TextField(label=_("會議名稱"), max_length=80, help_text=NO_NAME)
    meets_at = forms.InstantField(label=_("幾點開始"), future=True, help_text=_("寫年月日和時間。"))
    ends_at = forms.InstantField(label=_("幾點結束"), future=True, help_text=_("寫年月日和時間。"))
    place = forms.TextField(label=_("地點或視訊"), max_length=80, required=False)
    chair_id = forms.OneOfMany(label=_("主持人"))


class MoveForm(forms.Form):
    meets_at = forms.InstantField(label=_("改到幾點開始"), future=True, help_text=_("寫年月日和時間。"))
    ends_at = forms.InstantField(label=_("幾點結束"), future=True, help_text=_("寫年月日和時間。"))
    place = forms.TextField(label=_("地點或視訊"), max_length=80, required=False)


class InviteForm(Chosen):
    """A worker with an account, a unit without one, or a named guest; which side."""

    worker_id = forms.OneOfMany(label=_("有帳號的人"), required=False)
    unit_id = forms.OneOfMany(label=_("或沒有帳號的單位"), required=False)
    guest = forms.TextField(label=_("或機關、職稱、姓名"), max_length=80, required=False)
    side = forms.OneOf(label=_("他看哪一側"), choices=Side.choices, stacked=True)
    side_because = forms.TextField(
        label=_("為什麼看兩側"), max_length=120, required=False, help_text=_("選兩側才填。服務相對人的人不能看兩側。")
    )
    items = forms.SomeOf(label=_("只請他來這幾案"), required=False, help_text=_("都不勾就是整場。"))


class AnswerForm(forms.Form):
    says = forms.OneOf(label=_("你怎麼參加"), choices=[one for one in Answer.choices if one[0]], stacked=True)
    words = forms.TextField(label=_("要說的話"), max_length=200, required=False)


class ProxyForm(forms.Form):
    says = forms.OneOf(label=_("對方怎麼參加"), choices=[one for one in Answer.choices if one[0]], stacked=True)
    how = forms.OneOf(label=_("怎麼回覆的"), choices=[one for one in AnsweredHow.choices if one[0] != "system"])
    words = forms.TextField(label=_("誰回覆的、電話或文號"), max_length=200)


class ProposeForm(Chosen):
    sort = forms.OneOf(label=_("提到哪一種會議"), stacked=True)
    to_unit_id = forms.OneOfMany(label=_("由哪個單位召集"))
    because = forms.LongTextField(
        label=_("要討論什麼、希望誰做什麼"), rows=4, max_length=500, help_text=_("不要寫她現在的住處、學校或縣市。")
    )


class OwnForm(forms.Form):
    case = forms.TextField(label=_("案件編號"), max_length=20)
    because = forms.LongTextField(label=_("要討論什麼、希望誰做什麼"), rows=4, max_length=500)


class TopicForm(forms.Form):
    title = forms.TextField(label=_("案由"), max_length=120, help_text=NO_NAME)


class HeldForm(forms.Form):
    """From when to when, and for everybody invited how he took part."""

    held_at = forms.InstantField(label=_("幾點開始的"))
    over_at = forms.InstantField(label=_("幾點散會的"))

    def __init__(self, *args: Any, asked: list[tuple[UUID, str]], ways: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for key, name in asked:
            came = forms.OneOf(label=gettext("%(name)s怎麼參加") % {"name": name}, choices=ways)
            sent = forms.TextField(label=gettext("%(name)s派誰來") % {"name": name}, max_length=60, required=False)
            self.fields[f"came_{key.hex}"], self.fields[f"sent_{key.hex}"] = came, sent

    def came(self) -> dict[UUID, tuple[str, str]]:
        """Invitation → how, and who came instead."""
        given = self.cleaned_data
        return {key: (given[f"came_{key.hex}"], given[f"sent_{key.hex}"]) for key, _name in self.asked}


class MinuteForm(Chosen):
    section = forms.OneOf(label=_("哪一節"), stacked=True)
    text = forms.LongTextField(label=_("紀錄"), rows=6, max_length=8000)


class CorrectForm(forms.Form):
    text = forms.LongTextField(label=_("更正後的文字"), rows=6, max_length=8000)
    because = forms.TextField(label=_("為什麼更正"), max_length=120)


class DecideForm(Chosen):
    """Words only, or tracked with unit and day."""

    word = forms.OneOf(label=_("用語"))
    number = forms.TextField(label=_("項次"), max_length=20, required=False, help_text=_("例如一、（一）。"))
    text = forms.LongTextField(label=_("內容"), rows=3, max_length=1000)
    parent_id = forms.OneOfMany(label=_("是哪一項的子項"), required=False)
    unit_id = forms.OneOfMany(label=_("主辦單位"), required=False, help_text=_("要列管就填單位和期限。"))
    worker_id = forms.OneOfMany(label=_("誰來辦"), required=False, help_text=_("不選就由單位督導接。"))
    helping = forms.SomeOf(label=_("協辦單位"), required=False)
    deliverable = forms.TextField(label=_("做到怎樣算完成"), max_length=120, required=False)
    due_on = forms.RocDateField(label=_("期限"), partial=False, required=False)
    due_words = forms.TextField(label=_("會議怎麼說期限"), max_length=40, required=False)


class HowForm(forms.Form):
    how = forms.TextField(label=_("怎麼轉知的：系統、電話或文號"), max_length=80)


class ReceivedForm(forms.Form):
    how = forms.TextField(label=_("誰說收到了、電話或文號"), max_length=80)


class ReportForm(forms.Form):
    words = forms.LongTextField(label=_("辦理情形"), rows=4, max_length=4000)
    evidence = forms.TextField(label=_("佐證：文號、訪視日期、檔案"), max_length=120)
    proposes = forms.OneOf(
        label=_("建議"), stacked=True,
        choices=[(one.value, one.label) for one in (Tracking.RELEASED, Tracking.CONDITION, Tracking.CONTINUED)],
    )  # fmt: skip


class RuleForm(forms.Form):
    state = forms.OneOf(
        label=_("裁示"), stacked=True,
        choices=[(one.value, one.label) for one in (Tracking.RELEASED, Tracking.CONDITION, Tracking.CONTINUED)],
    )  # fmt: skip
    because = forms.TextField(label=_("理由"), max_length=200, required=False, help_text=_("繼續列管要寫還要做什麼。"))
    condition = forms.TextField(label=_("附帶的條件"), max_length=200, required=False)
    next_on = forms.RocDateField(label=_("下一個期限"), partial=False, required=False)


YNU = [("yes", _("是")), ("no", _("不是")), ("", _("不詳"))]


class ListForm(Chosen):
    """Whom, why, and what is known for the rule."""

    person_id = forms.OneOf(label=_("列管誰"))
    danger_result = forms.OneOf(
        label=_("危險評估回報的結果"), required=False,
        choices=[("high", _("高")), ("attention", _("中（注意）")), ("potential", _("低（潛在）")), ("", _("不詳"))],
    )  # fmt: skip
    applies = forms.OneOf(label=_("量表適用於她"), required=False, choices=YNU)
    danger_now = forms.OneOf(label=_("現在有立即危險"), required=False, choices=YNU)
    ground = forms.OneOf(label=_("列管的依據"), stacked=True)
    because = forms.LongTextField(label=_("為什麼列管"), rows=4, max_length=500)
    to_unit_id = forms.OneOfMany(label=_("高危機會議由誰召集"))


class EndListingForm(Chosen):
    how = forms.OneOf(label=_("怎麼解除"), stacked=True)
    retest_id = forms.OneOf(label=_("列管後的重測"), required=False)
    decision_id = forms.OneOf(label=_("會議的決議"), required=False, stacked=True)
    because = forms.LongTextField(label=_("為什麼可以解除"), rows=3, max_length=500)


class RoomForm(Chosen):
    """What for, on what basis, until when, with whom."""

    purpose = forms.OneOf(label=_("為什麼要開"), stacked=True)
    words = forms.LongTextField(label=_("現在要一起解決什麼"), rows=3, max_length=300)
    basis = forms.OneOf(label=_("分享資料的法律依據"), stacked=True)
    ends_at = forms.InstantField(label=_("幾點結束"), future=True, help_text=_("時間到就自動封存，成員看不到。"))
    prosecutor = forms.TextField(label=_("檢察官：機關、姓名、電話"), max_length=80, required=False)


class MemberForm(Chosen):
    role = forms.OneOf(label=_("哪一個機關"), stacked=True)
    worker_id = forms.OneOfMany(label=_("有帳號的人"), required=False)
    guest = forms.TextField(label=_("或機關、職稱、姓名"), max_length=80, required=False)


class SayForm(Chosen):
    member_id = forms.OneOf(label=_("誰說的"), required=False)
    text = forms.LongTextField(label=_("訊息"), rows=3, max_length=4000)


class StepForm(Chosen):
    member_id = forms.OneOf(label=_("誰做的"), required=False)
    step = forms.OneOf(label=_("做了什麼"), stacked=True)
    text = forms.LongTextField(label=_("說明：案號、時間、結果"), rows=3, max_length=4000)


class ExtendForm(forms.Form):
    until = forms.InstantField(label=_("延到幾點"), future=True, help_text=_("在一次最長期間內。"))
    because = forms.TextField(label=_("為什麼要延長"), max_length=200)


class SealForm(forms.Form):
    outcome = forms.LongTextField(label=_("結果：人現在怎樣、誰接著做什麼"), rows=3, max_length=500)


class ReviewForm(Chosen):
    """What happened, which files, who reviews."""

    kind = forms.OneOf(label=_("哪一種事件"), stacked=True)
    happened_at = forms.InstantField(label=_("什麼時候發生"))
    known_at = forms.InstantField(label=_("什麼時候知道"))
    because = forms.LongTextField(label=_("發生什麼事、要釐清什麼"), rows=4, max_length=4000)
    numbers = forms.LongTextField(label=_("要看哪些案件，一行一個編號"), rows=4, max_length=600)
    reviewers = forms.SomeOf(label=_("誰來檢討"), stacked=True, help_text=_("沒有經手過的人。第一位主辦。"))


class FindingForm(Chosen):
    kind = forms.OneOf(label=_("哪一種發現"), stacked=True)
    text = forms.LongTextField(label=_("發現了什麼，對事不對人"), rows=4, max_length=4000)
    on = forms.RocDateField(label=_("和哪一天有關"), partial=False, required=False)


class ReviewerForm(Chosen):
    worker_id = forms.OneOfMany(label=_("再加誰來檢討"))
