"""What the desk of disclosure asks. No field names a person whom another field could not name as well."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes


def contents() -> list[tuple[str, str]]:
    """What can be asked for today."""
    return codes("disclosure.contents")


class LookForm(forms.Form):
    """跨機關查詢: for what, on what basis, for which case or call, and whom."""

    purpose = forms.FewCodesField("disclosure.purposes", label=_("目的"), stacked=True)
    basis = forms.FewCodesField("disclosure.bases", label=_("依據"), stacked=True)
    for_number = forms.TextField(
        label=_("為了哪一件"), max_length=20, help_text=_("你承辦的案號、通報或來電編號，例如C115-4829-1307。")
    )
    number = forms.NationalIdField(label=_("證號"), required=False)
    name = forms.PersonNameField(label=_("全名"), required=False, help_text=_("沒有證號才填；要一字不差。"))
    born_on = forms.RocDateField(label=_("出生日"), partial=False, future=False, required=False)
    read_rules = forms.TickField(
        label=_("我看過旁邊的使用規範"), required=True,
        error_messages={"required": _("請先看旁邊的使用規範，再打勾。")},
    )  # fmt: skip


class TalkForm(forms.Form):
    """聯繫紀錄: with whom, when, and what was agreed."""

    spoke_with = forms.TextField(label=_("和誰談"), max_length=80, help_text=_("單位和職稱就好。"))
    spoke_at = forms.InstantField(label=_("什麼時候談的"))
    agreed = forms.FewCodesField("disclosure.agreed", label=_("約定"), stacked=True)
    words = forms.LongTextField(label=_("說明"), max_length=500, required=False)


class RequestForm(forms.Form):
    """資料請求: kind, contents, why, until when."""

    kind = forms.FewCodesField("disclosure.kinds", label=_("種類"))
    contents = forms.SomeOf(label=_("要哪些內容"), choices=contents, stacked=True)
    reason = forms.LongTextField(label=_("為什麼需要"), max_length=500)
    until_on = forms.RocDateField(label=_("用到哪一天"), partial=False)


class LetterForm(RequestForm):
    """代登來函: an agency without accounts asks by letter."""

    matter_number = forms.TextField(label=_("哪一個案件"), max_length=20)
    agency = forms.TextField(label=_("來函機關"), max_length=80)
    letter_number = forms.TextField(label=_("文號"), max_length=60)
    purpose = forms.FewCodesField("disclosure.purposes", label=_("目的"), stacked=True)
    basis = forms.FewCodesField("disclosure.bases", label=_("依據"), stacked=True)
    field_order = ("matter_number", "agency", "letter_number", "purpose", "basis")


class DecideForm(forms.Form):
    """核可請求: what of it, or why not."""

    granted = forms.SomeOf(label=_("核可哪些"), required=False, stacked=True, help_text=_("一項都不勾就是不提供。"))
    refusal = forms.CodeField("disclosure.refusals", label=_("沒有核可的，理由是"), required=False)
    answer = forms.LongTextField(label=_("給對方的話"), max_length=500, required=False)

    def __init__(self, *args: Any, contents: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["granted"].choices = contents  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """緊急調閱: whose files, and why now."""

    reason = forms.FewCodesField("break_glass.reasons", label=_("理由"), stacked=True)
    words = forms.LongTextField(label=_("發生了什麼事"), max_length=500)
    number = forms.TextField(label=_("家庭、案件或通報編號"), max_length=20, required=False)
    person_number = forms.NationalIdField(label=_("不知道編號，填證號"), required=False)
    name = forms.PersonNameField(label=_("或全名"), required=False)
    born_on = forms.RocDateField(label=_("和出生日"), partial=False, future=False, required=False)


class ReviewForm(forms.Form):
    """覆核: an outcome, with words where it needs them."""

    outcome = forms.FewCodesField("break_glass.outcomes", label=_("覆核結果"), stacked=True)
    words = forms.LongTextField(label=_("說明"), max_length=500, required=False)


class AgreeForm(forms.Form):
    """第二人同意."""

    is_unrelated = forms.TickField(label=_("我和這個家庭、和調閱人都沒有親屬關係"), required=True)


class ReceiptForm(forms.Form):
    """查驗收執."""

    number = forms.TextField(label=_("編號"), max_length=20)
    code = forms.TextField(label=_("驗證碼"), max_length=20)


class SpanForm(forms.Form):
    """Figures from one day to another."""

    since = forms.RocDateField(label=_("從"), partial=False)
    until = forms.RocDateField(label=_("到"), partial=False)
