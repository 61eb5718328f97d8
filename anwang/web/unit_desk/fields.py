"""The forms of the unit desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.directory.states import AbsenceKind
from anwang.matters.states import AnsweredHow
from anwang.web.shell import forms


class Give(forms.Form):
    """Sign for an assignment and say who acts."""

    worker = forms.OneOfMany(label=_("交給"))

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("請選一項")), *((str(key), name) for key, name in people)]


class Answer(forms.Form):
    """Accept or decline; who acts here."""

    accept = forms.OneOf(label=_("你們接不接？"), choices=[("yes", _("接受")), ("no", _("退回"))])
    reason = forms.CodeField("offer.decline_reasons", label=_("退回的理由"), required=False)
    worker = forms.OneOfMany(label=_("接受後交給"), required=False)

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("請選一項")), *((str(key), name) for key, name in people)]


class Proxy(forms.Form):
    """代登: what a receiver without accounts answered."""

    accept = forms.OneOf(label=_("對方接不接？"), choices=[("yes", _("接受")), ("no", _("退回"))])
    reason = forms.CodeField("offer.decline_reasons", label=_("退回的理由"), required=False)
    name = forms.TextField(label=_("對方誰回覆的"), max_length=60)
    how = forms.OneOf(label=_("怎麼回覆"), choices=[(AnsweredHow.PHONE, _("電話")), (AnsweredHow.LETTER, _("公文"))])
    ref = forms.TextField(label=_("電話號碼或公文文號"), max_length=60)
    at = forms.InstantField(label=_("對方回覆的時間"))


class Rule(forms.Form):
    """裁定."""

    unit = forms.OneOfMany(label=_("由哪個單位負責"))
    words = forms.LongTextField(label=_("裁定理由"), max_length=2000)
    principle = forms.TextField(
        label=_("裁定要旨"), max_length=300, help_text=_("以後的單位會查到這一句，不要提到任何人。")
    )
    name = forms.TextField(label=_("誰裁定的"), max_length=60, required=False)
    ref = forms.TextField(label=_("公文文號"), max_length=60, required=False)
    at = forms.InstantField(label=_("裁定的時間"))

    def __init__(self, *args: Any, units: list[tuple[Any, Any]], by_proxy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("請選一項")), *((str(key), name) for key, name in units)]
        if not by_proxy:
            del self.fields["name"], self.fields["ref"]


class Statement(forms.Form):
    words = forms.LongTextField(label=_("你們的意見"), max_length=2000)


class Shift(forms.Form):
    """One line of the roster."""

    desk = forms.OneOfMany(label=_("值班台"))
    worker = forms.OneOfMany(label=_("誰值班"))
    rank = forms.OneOf(label=_("順位"), choices=[("1", _("先接")), ("2", _("同行")), ("3", _("值班督導"))], initial="1")
    starts_at = forms.InstantField(label=_("從"), future=True, help_text="")
    ends_at = forms.InstantField(label=_("到"), future=True, initial=None, help_text="")

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], desks: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].choices = [("", _("請選一項")), *((str(key), name) for key, name in desks)]
        self.fields["worker"].choices = [("", _("請選一項")), *((str(key), name) for key, name in people)]


class Absence(forms.Form):
    """Leave and its cover."""

    worker = forms.OneOfMany(label=_("誰請假"))
    covered_by = forms.OneOfMany(label=_("誰代理"))
    kind = forms.OneOf(label=_("種類"), choices=AbsenceKind.choices)
    starts_at = forms.InstantField(label=_("從"), future=True, help_text="")
    ends_at = forms.InstantField(label=_("到"), future=True, initial=None, help_text="")

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("worker", "covered_by"):
            self.fields[name].choices = [("", _("請選一項")), *((str(key), who) for key, who in people)]
