"""What the public form asks: few things, each with why, nearly all of it free to leave open."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anwang.intake.queries.counties import County
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from . import languages

DANGER = (("now", _("有，正在發生或馬上會發生")), ("no", _("現在沒有")), ("unknown", _("我不確定")))
WHOM = (
    ("child", _("孩子")), ("elder", _("長輩")), ("disabled", _("身心障礙者")), ("adult", _("其他大人")),
    ("self", _("我自己")), ("unknown", _("不知道")),
)  # fmt: skip
YOU = (
    ("self", _("我就是本人")), ("family", _("家人、親戚、同住的人")), ("neighbour", _("鄰居、朋友、路人")),
    ("professional", _("我因為工作知道")), ("unknown", _("不想說")),
)  # fmt: skip
NO_PROFESSION = frozenset({"citizen", "family", "self", "anonymous", "unknown"})
"""Codes of `reporter.category` that are no work."""
ABOUT_YOU = (
    "you", "profession", "organisation", "your_name", "phone", "call_back", "call_when", "message", "name_to_use",
)  # fmt: skip
ELSEWHERE = "elsewhere"
"""The reader does not know the county."""


class PublicForm(forms.Form):
    """One page. Only the county, since somebody must read it, and a word of what happened are asked for."""

    marks_optional = False

    county = forms.OneOfMany(label=_("他們在哪個縣市？"), help_text=_("我們要知道由哪個縣市的社工來看。"),
                             error_messages={"required": _("請選縣市。不知道就打113，他們會幫忙找。")})  # fmt: skip
    danger = forms.OneOf(label=_("現在有人有危險嗎？"), choices=DANGER, required=False, stacked=True,
                         help_text=_("有危險的先看。"))  # fmt: skip
    what = forms.LongTextField(label=_("你看到、聽到什麼？"), rows=5, max_length=6000,
                               help_text=_("照你知道的寫。他說了什麼，照他的話寫最好。"),
                               error_messages={"required": _("請寫一句你擔心的事。不確定也可以寫。")})  # fmt: skip
    whom = forms.SomeOf(label=_("你擔心誰？"), choices=WHOM, required=False,
                        help_text=_("可以選好幾個。知道是誰，才知道要多快。"))  # fmt: skip
    name = forms.PersonNameField(label=_("他叫什麼名字，或大家怎麼叫他？"), required=False,
                                 help_text=_("用來找到人。不知道就空著。"))  # fmt: skip
    age = forms.TextField(label=_("他大約幾歲？"), required=False, max_length=40,
                          help_text=_("孩子越小，越要快。不知道可以猜。"))  # fmt: skip
    how = forms.TextField(label=_("你怎麼知道的？"), required=False, max_length=400,
                          help_text=_("親眼看到、聽別人說，都可以。"))  # fmt: skip
    when = forms.TextField(label=_("什麼時候的事？"), required=False, max_length=200,
                           help_text=_("例如昨天晚上，或已經好幾個月。"))  # fmt: skip
    place = forms.TextField(label=_("他們在什麼地方？"), required=False, max_length=200,
                            help_text=_("地址、學校、店名或附近的地標，都幫得上忙。"))  # fmt: skip
    you = forms.OneOf(label=_("你是他的誰？"), choices=YOU, required=False, stacked=True,
                      help_text=_("讓社工知道怎麼聯絡你才安全。"))  # fmt: skip
    profession = forms.OneOfMany(label=_("你的工作"), required=False, help_text=_("有些工作依法要通報。"),
                                 choices=lambda: _professions())  # fmt: skip
    organisation = forms.TextField(label=_("服務單位"), required=False, max_length=80,
                                   help_text=_("社工會打單位的電話找你。"))  # fmt: skip
    your_name = forms.PersonNameField(label=_("怎麼稱呼你？"), required=False, help_text=_("可以不是真名。"))
    phone = forms.PhoneField(label=_("你的電話"), required=False, help_text=_("社工可能要問清楚一點。"))
    call_back = forms.OneOf(label=_("可以打給你嗎？"), required=False,
                            choices=(("yes", _("可以")), ("no", _("不要打給我"))),
                            help_text=_("不打也會處理。"))  # fmt: skip
    call_when = forms.TextField(label=_("什麼時候打比較安全？"), required=False, max_length=40,
                                help_text=_("例如平日上午。其他時間不會打。"))  # fmt: skip
    message = forms.OneOf(label=_("沒接到時，可以留言或傳簡訊嗎？"), required=False,
                          choices=(("yes", _("可以")), ("no", _("不要留"))),
                          help_text=_("別人可能看得到你的手機。"))  # fmt: skip
    name_to_use = forms.TextField(label=_("打給你時，社工該說自己是誰？"), required=False, max_length=40,
                                  help_text=_("例如學校老師。別人接到也不會知道。"))  # fmt: skip
    receipt = forms.OneOf(label=_("要收據嗎？"), required=False, initial="no", stacked=True,
                          choices=(("no", _("不要收據")), ("yes", _("要，我會收好"))),
                          help_text=_("收據可以查處理到哪裡；別人看到收據，就知道你寫過。"))  # fmt: skip

    def __init__(self, *args: Any, counties: tuple[County, ...], language: languages.Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = {one.code: one for one in counties}
        named = [(one.code, called(one, language)) for one in counties]
        self.fields["county"].choices = [("", _("請選一項")), *named, (ELSEWHERE, _("我不知道在哪個縣市"))]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_county(self) -> County:
        """A county in which somebody reads what is sent; for the others whom to ring instead."""
        code = self.cleaned_data["county"]
        if code == ELSEWHERE:
            raise ValidationError(_("不知道在哪個縣市，請打113，他們會幫忙找。"), code="elsewhere")
        county = self.counties[code]
        if not county.takes:
            self.not_here(county)
        return county

    @staticmethod
    def not_here(county: County) -> None:
        """Raise ValidationError: nobody would read it there."""
        said = _("%(county)s還收不到線上通報。請打113，或打%(phone)s。")
        raise ValidationError(said, code="not_here", params={"county": county.name, "phone": county.phone or "110"})

    @property
    def opens_about_you(self) -> bool:
        """Whether something about the reader was filled in or is wrong, so that the fold stands open."""
        return self.is_bound and any(self.data.get(name) or name in self.errors for name in ABOUT_YOU)

    @property
    def about_you(self) -> list[django_forms.BoundField]:
        return [self[name] for name in ABOUT_YOU]


class StatusForm(forms.Form):
    """The two words of a receipt. Never sent back to the page."""

    marks_optional = False

    number = forms.TextField(label=_("第一組字"), max_length=40)
    secret = forms.TextField(label=_("第二組字"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def called(county: County, language: languages.Language) -> str:
    """The name of a county for readers of this language; those who read neither get both."""
    if language.slug in ("zh", "ja"):
        return county.name
    return county.name_en if language.slug == "en" else f"{county.name_en} {county.name}"


def _professions() -> list[tuple[str, str]]:
    return [(code, words) for code, words in codes("reporter.category") if code not in NO_PROFESSION]
