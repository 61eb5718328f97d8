"""The forms of today: next step, another date, waiting, excused, a note to oneself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.web.shell import forms


class Step(forms.Form):
    """The next step, named by the worker."""

    code = forms.CodeField("manual.steps", label=_("下一步"))
    due_at = forms.InstantField(label=_("什麼時候之前"), future=True, initial=None, help_text="")


class Routine(forms.Form):
    """例行檢視 on one screen: what comes next, and what it was decided on."""

    decision = forms.OneOf(
        label=_("看過之後，接下來怎麼做？"), stacked=True,
        choices=[("step", _("排下一步")), ("keep", _("照現在的做法，下次例行再看"))],
    )  # fmt: skip
    code = forms.CodeField("manual.steps", label=_("下一步"), required=False, help_text=_("選「排下一步」才要填。"))
    due_at = forms.InstantField(
        label=_("什麼時候之前"), future=True, initial=None, required=False, help_text=_("選「排下一步」才要填。")
    )
    note = forms.LongTextField(
        label=_("看了什麼，為什麼這樣決定"), max_length=1000, help_text=_("存成這件事的一則紀錄。")
    )

    WANTED = {"code": _("請選下一步做什麼。"), "due_at": _("請填下一步什麼時候之前。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.WANTED:
            self.fields[name].is_marked_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, says in self.WANTED.items() if given.get("decision") == "step" else ():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, says)
        return given


class RoutineWithoutNote(Routine):
    note = None


class Listed(Routine):
    """What a list that names a child of the case again asks for."""

    decision = forms.OneOf(
        label=_("看過名冊之後，接下來怎麼做？"), stacked=True,
        choices=[("step", _("排下一步")), ("keep", _("照原來的計畫，不另排"))],
    )  # fmt: skip


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
