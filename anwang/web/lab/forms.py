"""What is asked of a draft, a comment, its answer."""

from django.utils.translation import gettext_lazy as _

from anwang.lab.states import Taken
from anwang.web.shell import forms


class DraftForm(forms.Form):
    """What changes, from when, why."""

    values = forms.LongTextField(
        label=_("要改的值"), rows=8, max_length=8000,
        help_text=_("只留要改的，一行一項，照現在的寫法。例如within: 7 days。"),
    )  # fmt: skip
    starts_on = forms.RocDateField(label=_("從哪一天起"), partial=False, help_text=_("明天以後的日子。"))
    why = forms.LongTextField(label=_("為什麼要改"), rows=4, max_length=1000)
    letter = forms.TextField(label=_("文號，或哪一次會議的決議"), max_length=60)


class CommentForm(forms.Form):
    text = forms.LongTextField(
        label=_("你的意見"), rows=4, max_length=2000, help_text=_("說做不做得到、會漏掉誰。不要寫個案資料。")
    )


class AnswerForm(forms.Form):
    taken = forms.OneOf(label=_("怎麼處理"), stacked=True, choices=Taken.choices)
    text = forms.LongTextField(label=_("理由"), rows=4, max_length=2000)


class BecauseForm(forms.Form):
    because = forms.LongTextField(label=_("理由"), rows=3, max_length=300)
