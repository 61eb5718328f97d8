"""What is noted at the desk. The form for a call is large and first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anwang.intake.states import CallOutcome, NoteKind, WatchOutcome
from anwang.web.shell import forms

YES = (("", _("請選一項")),)


class LogCall(forms.Form):
    """A call, while it is still ringing in the ear: one sentence is enough."""

    about = forms.LongTextField(label=_("說了什麼"), rows=3, max_length=4000)
    received_at = forms.InstantField(label=_("幾點打來"))
    caller = forms.TextField(label=_("誰打來"), required=False, max_length=80)
    phone = forms.PhoneField(label=_("電話"), required=False)
    said = forms.TextField(
        label=_("怎麼認識這一家"), required=False, max_length=120, help_text=_("和電話一起封存，名單和列印都看不到。")
    )


class SettleCall(forms.Form):
    """What became of a call."""

    outcome = forms.OneOf(
        label=_("這通電話"),
        choices=[(code, CallOutcome(code).label) for code in (CallOutcome.CONSULTATION, CallOutcome.NOT_OURS)],
    )
    passed_to = forms.TextField(label=_("請對方打給誰"), required=False, max_length=80)


class GoOut(forms.Form):
    """Going out on a visit."""

    due_back_at = forms.InstantField(label=_("預計幾點回來"), future=True, initial=None, help_text="")
    area_name = forms.TextField(label=_("到哪個鄉鎮"), required=False, max_length=40, help_text=_("不寫地址。"))
    with_whom = forms.TextField(label=_("和誰一起"), required=False, max_length=60)
    number = forms.TextField(label=_("案件或通報編號"), required=False, max_length=20)


class CallOutForm(forms.Form):
    """Somebody was called out."""

    worker = forms.OneOfMany(label=_("找誰出勤"))
    called_at = forms.InstantField(label=_("幾點打電話"))
    number = forms.TextField(label=_("為了哪一件"), max_length=20, help_text=_("通報、案件或來電的編號。"))

    def __init__(self, *args: object, workers: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = forms.Listed([*YES, *workers])


class HandIn(forms.Form):
    """A matter for tonight's list."""

    number = forms.TextField(label=_("案件或通報編號"), max_length=20)
    night_on = forms.RocDateField(label=_("哪一晚"), partial=False)
    why = forms.TextField(label=_("為什麼要留意"), max_length=200)
    do_if = forms.LongTextField(label=_("發生事情時怎麼做"), rows=2, max_length=300)


class Watched(forms.Form):
    """How the night was for one matter of the list."""

    outcome = forms.OneOf(label=_("這一夜"), choices=WatchOutcome.choices)
    words = forms.TextField(label=_("補充"), required=False, max_length=300)


class Note(forms.Form):
    """A line on the hand-over sheet."""

    text = forms.LongTextField(label=_("要交給下一班的事"), rows=2, max_length=500)
    kind = forms.OneOf(label=_("哪一類"), choices=NoteKind.choices)
    number = forms.TextField(label=_("案件或通報編號"), required=False, max_length=20)


class HandOver(forms.Form):
    """Who gives the desk to whom, from when."""

    from_worker = forms.OneOfMany(label=_("交班的人"))
    to_worker = forms.OneOfMany(label=_("接班的人"))
    effective_at = forms.InstantField(label=_("交班時間"), future=True)

    def __init__(self, *args: object, workers: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        listed = forms.Listed([*YES, *workers])
        for name in ("from_worker", "to_worker"):
            self.fields[name].choices = listed
