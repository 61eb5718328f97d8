"""What the tab of deployment asks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms

Listed = list[tuple[str, str]]
DECIDED = [("granted", _("同意縣市提的")), ("otherwise", _("另定配置")), ("kept", _("維持原配置"))]
FIRST_YEAR, LAST_YEAR = 100, 150


class _Choosing(forms.Form):
    """Fills the choices of its fields from keyword arguments of their names."""

    def __init__(self, *args: Any, lists: dict[str, Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in lists.items():
            field: Any = self.fields[name]
            field.choices = [("", _("請選一項")), *listed] if isinstance(field, forms.OneOfMany) else listed


class FigureForm(_Choosing):
    """填一個數字."""

    county = forms.OneOfMany(label=_("縣市"))
    kind = forms.CodeField("deployment.kind", label=_("種類"))
    year = forms.WholeNumberField(label=_("年度"), least=FIRST_YEAR, most=LAST_YEAR, help_text=_("民國年，例如115。"))
    says = forms.FewCodesField("deployment.says", label=_("這是"))
    number = forms.WholeNumberField(label=_("幾處"), required=False, help_text=_("來源還沒定就留空白，會寫未定。"))
    source = forms.TextField(label=_("來源文件"), max_length=120)
    source_on = forms.RocDateField(label=_("文件日期"), partial=False, future=False)
    reach = forms.OneOf(label=_("給誰看"), stacked=True)


class ImportForm(_Choosing):
    """匯入表格."""

    table = forms.LongTextField(
        label=_("表格內容（CSV）"), max_length=400_000, rows=12,
        help_text=_("第一行：縣市,種類,年度,數字別,數字,來源,來源日期"),
    )  # fmt: skip
    reach = forms.OneOf(label=_("給誰看"), stacked=True)


class WithdrawForm(forms.Form):
    """撤回."""

    because = forms.TextField(label=_("為什麼撤回"), max_length=200)


class PostsForm(_Choosing):
    """請中央重新配置人力."""

    kind = forms.CodeField("deployment.kind", label=_("種類"), only=frozenset({"welfare_centre"}))
    year = forms.WholeNumberField(label=_("年度"), least=FIRST_YEAR, most=LAST_YEAR, help_text=_("民國年，例如115。"))
    centres_before = forms.WholeNumberField(label=_("原來幾處"), most=999)
    centres_after = forms.WholeNumberField(label=_("現在幾處"), most=999)
    supervisors_before = forms.WholeNumberField(label=_("原來督導幾人"))
    workers_before = forms.WholeNumberField(label=_("原來社工幾人"))
    supervisors = forms.WholeNumberField(label=_("想要督導幾人"))
    workers = forms.WholeNumberField(label=_("想要社工幾人"))
    because = forms.LongTextField(label=_("理由"), max_length=2000)
    decides_id = forms.OneOfMany(label=_("請哪個單位決定"))
    due_on = forms.RocDateField(label=_("希望哪一天前決定"), partial=False)


class DecideForm(forms.Form):
    """決定人力配置."""

    state = forms.OneOf(label=_("決定"), choices=DECIDED, stacked=True)
    supervisors = forms.WholeNumberField(label=_("督導幾人"))
    workers = forms.WholeNumberField(label=_("社工幾人"))
    letter = forms.TextField(label=_("核定函文號"), max_length=60)
    dated_on = forms.RocDateField(
        label=_("發文日期"), partial=False, required=False, help_text=_("維持原配置不用填日期。")
    )
    from_on = forms.RocDateField(label=_("新的員額從哪一天起"), partial=False, required=False)
    answer = forms.LongTextField(label=_("理由"), max_length=2000)
