"""The forms of today: next step, another date, waiting, excused, a note to oneself."""

from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms


class Step(forms.Form):
    """The next step, named by the worker."""

    code = forms.CodeField("manual.steps", label=_("下一步"))
    due_at = forms.InstantField(label=_("什麼時候之前"), future=True, initial=None, help_text="")


class Push(forms.Form):
    due_at = forms.InstantField(label=_("改到什麼時候"), future=True, initial=None, help_text="")
    reason = forms.CodeField("push.reasons", label=_("為什麼改期"))


class Wait(forms.Form):
    what = forms.CodeField("waiting.for", label=_("等什麼"))
    ref = forms.TextField(label=_("文號或電話"), max_length=60, required=False)
    until = forms.InstantField(label=_("什麼時候去催"), future=True, initial=None, help_text="")


class Excuse(forms.Form):
    reason = forms.CodeField("excuse.reasons", label=_("免辦的理由"))


class Remind(forms.Form):
    words = forms.TextField(label=_("提醒自己"), max_length=200)
    remind_at = forms.InstantField(label=_("什麼時候"), future=True, help_text="")
