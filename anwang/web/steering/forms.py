"""What the desk of steering asks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.foundation import clock
from anwang.indicators.definitions import definitions
from anwang.indicators.queries import FIGURES
from anwang.web.shell import forms, words

Listed = list[tuple[str, str]]
DUE = _("期限")
SETTLED = [("yes", _("同意，到期回報成效")), ("no", _("退回，請補"))]


class _Choosing(forms.Form):
    """Fills the choices of its fields from keyword arguments of their names."""

    def __init__(self, *args: Any, lists: dict[str, Listed] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (lists or {}).items():
            field: Any = self.fields[name]
            field.choices = [("", _("請選一項")), *listed] if isinstance(field, forms.OneOfMany) else listed


class QuestionForm(forms.Form):
    """寫提問."""

    topic = forms.CodeField("steering.topic", label=_("主題"))
    title = forms.TextField(label=_("問題"), max_length=80)
    text = forms.LongTextField(label=_("說明"), max_length=4000, help_text=_("寫情形和想請中央做什麼，不要寫個案。"))
    source = forms.TextField(label=_("在哪裡提過"), max_length=120, required=False)


class SendForm(_Choosing):
    """送出提問."""

    units = forms.SomeOf(label=_("請誰答覆"), stacked=True, help_text=_("可以選好幾個，各自答覆。"))
    due_on = forms.RocDateField(label=DUE, partial=False)


class BackForm(_Choosing):
    """追問."""

    unit_id = forms.OneOfMany(label=_("請誰答覆"))
    words = forms.LongTextField(label=_("還要問什麼"), max_length=4000)
    due_on = forms.RocDateField(label=DUE, partial=False)


class LinkForm(_Choosing):
    """連到之前問過的."""

    earlier_id = forms.OneOfMany(label=_("之前問過的"))


class AnswerForm(forms.Form):
    """答覆."""

    answer = forms.LongTextField(label=_("答覆"), max_length=8000)
    promise = forms.TextField(
        label=_("答應做什麼"), max_length=200, required=False, help_text=_("寫了就列入追蹤，期限到了要回報。")
    )
    promise_due_on = forms.RocDateField(label=_("什麼時候做完"), partial=False, required=False)


class KeepForm(forms.Form):
    """做完了."""

    words = forms.LongTextField(label=_("做了什麼"), max_length=4000)
    evidence = forms.TextField(label=_("佐證"), max_length=200, help_text=_("例如文號、頁面或會議紀錄。"))


class MoveForm(forms.Form):
    """展延."""

    due_on = forms.RocDateField(label=_("新的期限"), partial=False)
    because = forms.TextField(label=_("為什麼展延"), max_length=200)


class DropForm(forms.Form):
    """不再辦理."""

    because = forms.TextField(label=_("為什麼不再辦理"), max_length=200)


class LoopholeForm(forms.Form):
    """登記漏洞."""

    title = forms.TextField(label=_("漏洞在哪裡"), max_length=80)
    text = forms.LongTextField(label=_("怎麼沒有接上"), max_length=4000, help_text=_("對事不對人，不要寫個案。"))
    source = forms.TextField(label=_("從哪裡發現"), max_length=120)


class MeasureForm(_Choosing):
    """訂措施."""

    text = forms.TextField(label=_("要做什麼"), max_length=200)
    unit_id = forms.OneOfMany(label=_("由誰做"))
    due_on = forms.RocDateField(label=DUE, partial=False)


class EffectForm(forms.Form):
    """說有什麼改變."""

    effect = forms.LongTextField(label=_("有什麼改變"), max_length=4000)


class PlanForm(_Choosing):
    """請縣市提計畫."""

    unit_id = forms.OneOfMany(label=_("請哪個單位提"))
    threshold = forms.OneOfMany(label=_("哪個門檻"))
    since_on = forms.RocDateField(label=_("期間第一天"), partial=False)
    last_on = forms.RocDateField(label=_("期間最後一天"), partial=False)
    due_on = forms.RocDateField(label=_("計畫期限"), partial=False)


class HandInForm(forms.Form):
    """提計畫."""

    causes = forms.LongTextField(label=_("查到的原因"), max_length=4000)
    measures = forms.LongTextField(label=_("要怎麼改善、由誰做"), max_length=4000)


class SettleForm(forms.Form):
    """看計畫."""

    agreed = forms.OneOf(
        label=_("怎麼辦"), choices=[("yes", _("同意，到期回報成效")), ("no", _("退回，請補"))], stacked=True
    )
    remarks = forms.LongTextField(label=_("意見"), max_length=2000, required=False)
    due_on = forms.RocDateField(label=DUE, partial=False)


class AssessmentForm(_Choosing):
    """通知考核."""

    unit_id = forms.OneOfMany(label=_("受考核的單位"))
    year = forms.WholeNumberField(label=_("年度"), least=113, most=199, help_text=_("民國年，例如115。"))
    due_on = forms.RocDateField(label=_("自評期限"), partial=False)


class ScoreForm(forms.Form):
    """Scores and words of every item; the fields are named after the items."""

    def __init__(self, *args: Any, items: Any = (), reviewing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            told = {"item": item.label, "most": item.most}
            score: Any = forms.WholeNumberField(label=_("%(item)s：幾分（滿分%(most)d）") % told, most=item.most)
            said: Any = forms.LongTextField(
                label=(_("%(item)s：和自評不同的理由") if reviewing else _("%(item)s：說明和佐證")) % told,
                max_length=2000, required=not reviewing, rows=3,
            )  # fmt: skip
            for name, field in ((f"score_{item.code}", score), (f"words_{item.code}", said)):
                field.template_name = "shell/parts/field.html"
                field.is_marked_optional = not field.required
                self.fields[name] = field

    def scores(self) -> dict[str, tuple[int | None, str]]:
        """Item → (score, words)."""
        names = [name.removeprefix("score_") for name in self.fields if name.startswith("score_")]
        return {name: (self.cleaned_data[f"score_{name}"], self.cleaned_data[f"words_{name}"]) for name in names}


class CardForm(forms.Form):
    """寫實務卡."""

    title = forms.TextField(label=_("標題"), max_length=80)
    did = forms.LongTextField(label=_("做了什麼"), max_length=4000, help_text=_("不要寫個案。"))
    for_whom = forms.TextField(label=_("為誰做"), max_length=200)
    begun_on = forms.RocDateField(label=_("從哪一天開始"), partial=False, required=False, future=False)
    cost = forms.WholeNumberField(
        label=_("一年花多少元"), most=999_999_999, required=False, help_text=_("不知道就留空白，會寫不詳。")
    )
    cost_words = forms.TextField(label=_("經費說明"), max_length=200, required=False)
    learned = forms.LongTextField(label=_("哪裡不順、要注意什麼"), max_length=4000, required=False)


class TrialForm(forms.Form):
    """我們也試了."""

    tried_on = forms.RocDateField(label=_("從哪一天開始"), partial=False, future=False)
    words = forms.LongTextField(label=_("試了什麼、結果怎樣"), max_length=4000)


def _figures() -> Listed:
    told = definitions(clock.today())
    return [(name, told[name].title.to(words.lang())) for name in FIGURES if name in told]


class FigureForm(forms.Form):
    """帶出統計."""

    figure = forms.OneOfMany(label=_("統計項目"), choices=_figures)
    when = forms.OneOf(label=_("這是"), choices=[("before", _("之前")), ("after", _("之後")), ("evidence", _("佐證"))])
    since_on = forms.RocDateField(label=_("期間第一天"), partial=False)
    last_on = forms.RocDateField(label=_("期間最後一天"), partial=False)
