"""Forms of schedules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anwang.followups import rules
from anwang.web.shell import forms


class BeginForm(forms.Form):
    """Which schedule, for whom, from when."""

    schedule = forms.OneOf(label=_("哪一種期程"), stacked=True)
    person = forms.OneOf(label=_("對誰"), stacked=True, required=False)
    reason = forms.TextField(label=_("為什麼"), required=False, max_length=300)
    at = forms.InstantField(label=_("從什麼時候起算"))


class LevelForm(forms.Form):
    """Which level, why, from when."""

    level = forms.OneOf(label=_("改成哪一級"), stacked=True)
    reason = forms.TextField(label=_("為什麼改"), max_length=300)
    at = forms.InstantField(label=_("從什麼時候起改"))


class LongForm(forms.Form):
    """Why the relationship is to be a long one."""

    reason = forms.TextField(label=_("為什麼要長期陪伴"), max_length=300)


class LookForm(forms.Form):
    """What was found, and whether it stays a long relationship."""

    words = forms.LongTextField(label=_("檢視的結果"), rows=5, max_length=300)
    still_long = forms.OneOf(
        choices=[("yes", _("繼續長期陪伴")), ("no", _("不用了，回到一般檢視"))], label=_("長期陪伴"), required=False
    )


class EndForm(forms.Form):
    """Why a course ends while the case goes on."""

    reason = forms.OneOf(label=_("為什麼結束"), stacked=True)
    words = forms.LongTextField(label=_("說明（拒訪請寫個案討論日期和結論）"), rows=4, max_length=300, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = coded(rules.ENDED)


class WhyForm(forms.Form):
    """Why a window fell short: one of a short list."""

    reason = forms.OneOf(label=_("為什麼次數不足"), stacked=True)
    words = forms.TextField(label=_("補充說明"), required=False, max_length=300)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = coded(rules.SHORTFALL)


def coded(list_id: str) -> list[tuple[str, str]]:
    """Codes of a list with their words in the reader's language."""
    from anwang.web.shell import words

    return [(one.code, one.label.to(words.lang())) for one in rules.codes(list_id)]
