"""What the desk of rosters asks."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms


class LoadForm(forms.Form):
    """A file and what its letter says of it: count and hash are copied from the letter, never counted here."""

    file = django_forms.FileField(
        label=_("名冊檔案"), allow_empty_file=True, help_text=_("CSV或ODS，UTF-8或Big5，最多20MB。")
    )
    kind = forms.OneOf(label=_("哪一種名冊"))
    sender = forms.TextField(label=_("哪個機關送的"), max_length=60, help_text=_("照公文上的機關名稱。"))
    declared = forms.WholeNumberField(
        label=_("對方說有幾筆"), required=False, help_text=_("照公文抄，不要自己數；檔案有控制列可不填。")
    )
    sha256 = forms.TextField(label=_("對方給的雜湊值"), max_length=80, required=False, help_text=_("SHA-256，64個字。"))
    period = forms.TextField(label=_("期別"), max_length=20, required=False, help_text=_("例如115-04。"))
    about = forms.TextField(
        label=_("補送哪一份"), max_length=20, required=False, help_text=_("只送退件或缺漏時，填原回條編號。")
    )
    received_at = forms.InstantField(label=_("收到的時間"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class ExpectForm(forms.Form):
    """A roster that will come again and again."""

    kind = forms.OneOf(label=_("哪一種名冊"))
    sender = forms.TextField(label=_("哪個機關會送"), max_length=60)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class EndForm(forms.Form):
    because = forms.TextField(label=_("為什麼不再送"), max_length=200)


class SettleForm(forms.Form):
    """What the sender says of a wrong count or hash: a code, and what the code asks for."""

    outcome = forms.OneOf(label=_("結果是什麼"), stacked=True)
    resent = forms.TextField(
        label=_("重送那一份的回條編號"), max_length=20, required=False, help_text=_("選「重送或補送」才要填。")
    )
    asked = forms.TextField(
        label=_("問了哪個單位，電話幾號"), max_length=60, required=False, help_text=_("選「機關確認」要填。")
    )
    answered_by = forms.TextField(
        label=_("誰確認的"), max_length=60, required=False, help_text=_("選「機關確認」要填：單位和姓名。")
    )
    words = forms.LongTextField(
        label=_("補充說明"), max_length=300, rows=3, required=False,
        help_text=_("選「別處找到」要填在哪裡。不要寫孩子的姓名和住址。"),
    )  # fmt: skip
    at = forms.InstantField(label=_("對方什麼時候答覆的"))

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes
        for name in ("resent", "asked", "answered_by", "words"):
            self.fields[name].is_marked_optional = False


class WithdrawForm(forms.Form):
    """Why the sender takes a row back; another person decides."""

    because = forms.FewCodesField("roster.withdrawal", label=_("為什麼撤回"), stacked=True)
    words = forms.LongTextField(
        label=_("機關哪一位、怎麼說的"), max_length=300, rows=2, help_text=_("不要寫孩子的姓名和住址。")
    )


class DecideForm(forms.Form):
    """What the second person says."""

    words = forms.LongTextField(
        label=_("寫一句"), max_length=300, rows=2, required=False, help_text=_("不同意撤回才要寫為什麼。")
    )


class MendForm(forms.Form):
    """The columns of a rejected row as they came; those that are wrong have the reason beside them."""

    def __init__(
        self, *args: Any, columns: tuple[tuple[str, str, str], ...], checks: tuple[tuple[str, str], ...], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for code, label, value in columns:
            if code == "pre_check":
                choices = [("", _("請選一項")), *checks]
                initial = value if value in dict(checks) else ""
                field: Any = forms.OneOfMany(label=label, choices=choices, required=False, initial=initial)
                if value and not initial:
                    field.help_text = _("名冊寫的是：%(value)s") % {"value": value[:60]}
            else:
                field = forms.TextField(label=label, max_length=300, required=False, initial=value)
            field.template_name, field.is_marked_optional = "shell/parts/field.html", False
            self.fields[code] = field
