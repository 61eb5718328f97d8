"""What the desk of oversight asks."""

from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms


class AskForm(forms.Form):
    """請讀取者說明."""

    text = forms.LongTextField(label=_("想請他說明什麼"), max_length=2000, help_text=_("不要寫個案內容。"))


class AnswerForm(forms.Form):
    """讀取者說明."""

    text = forms.LongTextField(label=_("為什麼看這一件"), max_length=2000, help_text=_("寫事由就好，不要寫個案內容。"))


class SettleForm(forms.Form):
    """結案."""

    outcome = forms.FewCodesField("oversight.outcome", label=_("結果"), stacked=True)
    text = forms.LongTextField(label=_("理由"), max_length=2000)


class RelativeForm(forms.Form):
    """申報本人或親屬."""

    relation = forms.CodeField("oversight.relation", label=_("是你的什麼人"))
    name = forms.TextField(label=_("姓名"), max_length=120)
    number = forms.TextField(
        label=_("證號"), max_length=20, required=False, help_text=_("只留加密後的比對值，誰都看不到號碼。")
    )
    born_on = forms.RocDateField(label=_("出生日期"), partial=False, future=False, required=False)
    address = forms.TextField(
        label=_("本人住址"), max_length=200, required=False, help_text=_("申報本人才填，也只留比對值。")
    )
