"""A report in at most ten required answers; everything else can wait and is never lost."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.people.states import AddressKind, IdentifierKind, NameKind, Sex, YesNoUnknown
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

MOST_BYTES = 8 * 1024 * 1024
URGENCY = (
    ("danger_now", _("現在有立即危險？")),
    ("injured", _("有人受傷？")),
    ("child_alone", _("有兒少單獨在場？")),
    ("weapon", _("現場有武器？")),
)
DANGER_FORM = ("danger_form", "danger_result")
"""A danger form that came along: its version and its result, as reported."""
YNU = (("yes", _("是")), ("no", _("否")), ("unknown", _("不詳")))


LIKE_A_DATE = re.compile(r"\d\s*[年/.\-．／－]\s*\d+\s*[月/.\-．／－]|\d{6,}")
BARE_NUMBER = re.compile(r"\d{1,3}")


class ReportForm(forms.Form):
    """The first screen: when, from where, what was said, how urgent. Filled in for a caller by whoever takes it."""

    once = forms.OnceToken(required=False)
    received_at = forms.InstantField(
        label=_("幾點接獲"), help_text=_("電話響的時間，傳真印的時間；不是現在打字的時間。")
    )
    channel = forms.CodeField("report.channel", label=_("從哪裡來"))
    narrative = forms.LongTextField(
        label=_("對方怎麼說"),
        rows=6,
        max_length=8000,
        required=False,
        help_text=_("照他說的話寫。只有傳真或公文時，附上就好。"),
    )
    kinds = forms.SomeOf(
        label=_("可能是哪一類"), required=False, choices=lambda: codes("case.kind"),
        help_text=_("不確定就不選，先以兒少保護的時限起算。"),
    )  # fmt: skip
    place = forms.TextField(label=_("人在哪裡"), required=False, max_length=200)
    danger_form = forms.TextField(
        label=_("危險評估表的版本"), required=False, max_length=60,
        help_text=_("有附危險評估表才填。照表上印的寫，例如TIPVDA 2.0簡版。"),
    )  # fmt: skip
    danger_result = forms.TextField(
        label=_("危險評估表的結果"), required=False, max_length=60,
        help_text=_("照表上寫的，例如高、中、低；不重算分數。"),
    )  # fmt: skip
    unit_code = forms.CodeField("report.unit", label=_("通報單位"), required=False)
    known_at = forms.InstantField(label=_("通報人幾點知道"), required=False, initial=None, help_text="")
    original = django_forms.FileField(label=_("原件（傳真、公文、照片）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in URGENCY:
            field = forms.OneOf(label=label, choices=YNU, required=False)
            field.template_name = "shell/parts/field.html"
            self.fields[name] = field

    def clean_original(self) -> Any:
        given = self.cleaned_data.get("original")
        if given is not None and given.size > MOST_BYTES:
            raise ValidationError(_("檔案最大8MB。請分成幾個檔，或先傳最重要的一頁。"), code="too_big")
        return given

    def urgency(self) -> dict[str, str]:
        """The answers as asked, and what a danger form says; what was not answered is not there."""
        asked = [*(name for name, _label in URGENCY), *DANGER_FORM]
        return {name: self.cleaned_data[name] for name in asked if self.cleaned_data.get(name)}


class ReporterForm(forms.Form):
    """Who reported: kept apart, sealed. Nothing here is required."""

    marks_optional = False

    name = forms.PersonNameField(label=_("通報人姓名"), required=False)
    phone = forms.PhoneField(label=_("通報人電話"), required=False)
    organisation = forms.TextField(label=_("服務單位"), required=False, max_length=80)
    category = forms.CodeField("reporter.category", label=_("通報人身分"), required=False)
    relation = forms.TextField(label=_("和這一家的關係"), required=False, max_length=80)
    may_call_back = forms.OneOf(label=_("可以回電嗎"), choices=YNU, required=False)
    call_when = forms.TextField(label=_("什麼時候方便"), required=False, max_length=80)
    name_to_use = forms.TextField(label=_("回電時怎麼自稱"), required=False, max_length=40)

    def reporter(self) -> ReporterIn:
        given = dict(self.cleaned_data)
        given["may_call_back"] = given["may_call_back"] or YesNoUnknown.UNKNOWN
        return ReporterIn(**given, is_party=given["category"] in ("self", "family"))


class PersonForm(forms.Form):
    """Somebody in the report. Only the role is asked for; a name is not."""

    marks_optional = False

    role = forms.CodeField("report.roles", label=_("角色"), required=False)
    name = forms.PersonNameField(label=_("姓名或稱呼"), required=False)
    age_text = forms.TextField(label=_("年齡或生日"), required=False, max_length=40)
    sex = forms.OneOfMany(label=_("性別"), choices=Sex.choices, required=False)
    national_id = forms.NationalIdField(label=_("身分證號"), required=False)
    address = forms.TextField(label=_("住址"), required=False, max_length=200)
    phone = forms.PhoneField(label=_("電話"), required=False)
    injuries = forms.TextField(label=_("傷勢"), required=False, max_length=300)
    where_now = forms.TextField(label=_("現在在哪裡"), required=False, max_length=200)
    is_unborn = forms.TickField(label=_("未出生"))
    is_code = forms.TickField(label=_("姓名欄是代號"))
    real_name = forms.PersonNameField(label=_("代號背後的真名（封存）"), required=False)

    @property
    def is_filled(self) -> bool:
        given = self.cleaned_data
        return any(given.get(name) for name in ("role", "name", "age_text", "national_id", "injuries", "is_unborn"))

    def clean_age_text(self) -> str:
        """An age in words, or a birth date that exists and has come. A bare number is an age, never a ROC year."""
        text = self.cleaned_data["age_text"]
        if LIKE_A_DATE.search(text):
            try:
                born = roc.parse_date(text)
            except BadInput as error:
                raise ValidationError(_(str(error)), code="birth") from None
            if born.earliest > clock.today():
                raise ValidationError(_("生日還沒到。還沒出生的，請勾未出生。"), code="birth")
        return f"{text}歲" if BARE_NUMBER.fullmatch(text) else text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("real_name") and not given.get("is_code"):
            self.add_error("real_name", _("有代號才另存真名。請把代號寫在姓名欄，並勾選。"))
        if not given.get("role") and self.is_filled and "role" not in self.errors:
            self.add_error("role", _("請選這個人的角色；不知道就選不明。"))
        return given

    def person(self) -> PersonIn:
        given = self.cleaned_data
        birth = None
        try:
            birth = None if given["is_unborn"] else roc.parse_date(given["age_text"])
        except BadInput:
            birth = None
        return PersonIn(
            role=given["role"],
            name=given["name"],
            name_kind=NameKind.UNKNOWN if not given["name"] else NameKind.CODE if given["is_code"] else NameKind.FULL,
            real_name=given["real_name"],
            sex=given["sex"] or Sex.UNKNOWN,
            birth=birth,
            age_text="" if birth else given["age_text"],
            is_unborn=given["is_unborn"],
            identifiers=((IdentifierKind.NATIONAL, given["national_id"]),) if given["national_id"] else (),
            phones=(given["phone"],) if given["phone"] else (),
            addresses=((AddressKind.LIVING, given["address"]),) if given["address"] else (),
            injuries=given["injuries"],
            where_now=given["where_now"],
        )
