"""What can be written about a person: a form and the action it calls, by a word in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any  # cleaned data of a form
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.access.viewer import Viewer
from anwang.people import actions, queries
from anwang.people.queries import Card
from anwang.people.states import (
    AddressKind,
    ContactKind,
    IdentifierKind,
    Kin,
    NameKind,
    RiskKind,
    Sex,
    Source,
    YesNoUnknown,
)
from anwang.web.shell import forms

NOBODY = Viewer(None, "")
"""Code lists are everybody's."""
NAMED = [(one.value, one.label) for one in (NameKind.FULL, NameKind.PARTIAL, NameKind.CALLED)]


class PersonForm(forms.Form):
    """Base: forms that need to know whom else one may choose take `others`, as (id, name)."""

    def __init__(
        self, *args: Any, card: Card, others: tuple[tuple[UUID, str], ...] = (), **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.card = card
        if "to" in self.fields:
            self.fields["to"].choices = [(str(key), name) for key, name in others]


class AddressForm(PersonForm):
    kind = forms.OneOf(label=_("哪一種地址"), choices=AddressKind.choices)
    text = forms.TextField(label=_("地址"), max_length=200)
    area_code = forms.TextField(label=_("鄉鎮市區代碼"), max_length=11, required=False)
    source = forms.OneOf(label=_("誰說的"), choices=Source.choices)
    since_on = forms.RocDateField(label=_("從哪一天"), partial=False, future=False, required=False)


class StatementForm(PersonForm):
    topic = forms.OneOfMany(label=_("說的是哪件事"))
    source = forms.OneOfMany(label=_("誰說的，或從哪裡查來"))
    value = forms.TextField(label=_("它怎麼說"), max_length=200, help_text=_("照原文寫；和別人說的不同也照寫。"))
    fetched_on = forms.RocDateField(label=_("哪一天說的或查的"), partial=False, future=False)
    ground = forms.TextField(
        label=_("依據和文號"), max_length=120, required=False, help_text=_("向別的機關查來的要寫。")
    )
    since_on = forms.RocDateField(label=_("從哪一天起是這樣"), partial=False, future=False, required=False)
    until_on = forms.RocDateField(label=_("到哪一天"), partial=False, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("topic", "source"):
            known = queries.statement_choices(NOBODY, f"statement.{name}")
            self.fields[name].choices = [("", _("請選一項")), *known]


class SafetyForm(PersonForm):
    text = forms.TextField(label=_("安全地址"), max_length=200, help_text=_("加密保存；清單、查詢、圖和列印都讀不到。"))
    ask_whom = forms.TextField(
        label=_("別人可以洽誰"), max_length=80, help_text=_("給其他人看的聯繫窗口，例如成保組 (08)000-1000。")
    )


class ContactForm(PersonForm):
    kind = forms.OneOf(label=_("哪一種"), choices=ContactKind.choices)
    value = forms.TextField(label=_("號碼或帳號"), max_length=120)
    is_safe = forms.OneOf(label=_("打這個安全嗎？"), choices=YesNoUnknown.choices)
    safe_when = forms.TextField(label=_("什麼時候可以打"), max_length=80, required=False)
    name_to_use = forms.TextField(label=_("用什麼名義"), max_length=40, required=False)
    may_leave_message = forms.OneOf(label=_("可以留話嗎？"), choices=YesNoUnknown.choices)


class RiskForm(PersonForm):
    kind = forms.OneOf(label=_("哪一種風險"), choices=RiskKind.choices, stacked=True)
    words = forms.TextField(label=_("進門前要知道什麼"), max_length=120, required=False)
    go_in_pairs = forms.TickField(label=_("請兩人同行"))
    since_on = forms.RocDateField(label=_("從哪一天"), partial=False, future=False, required=False)


class NumberForm(PersonForm):
    kind = forms.OneOf(label=_("哪一種證件"), choices=IdentifierKind.choices, stacked=True)
    value = forms.NationalIdField(label=_("證號"))


class KinForm(PersonForm):
    relation = forms.OneOfMany(label=_("是對方的"), choices=Kin.choices)
    to = forms.OneOfMany(label=_("對方"))
    source = forms.OneOf(label=_("誰說的"), choices=Source.choices)
    since_on = forms.RocDateField(label=_("從哪一天"), partial=False, future=False, required=False)


class HomeForm(PersonForm):
    to = forms.OneOfMany(label=_("和誰同住"), required=False, help_text=_("不選就是自成一戶。"))
    source = forms.OneOf(label=_("誰說的"), choices=Source.choices)
    since_on = forms.RocDateField(label=_("從哪一天"), partial=False, future=False, required=False)
    note = forms.TextField(label=_("備註"), max_length=60, required=False)


class LanguageForm(PersonForm):
    languages = forms.TextField(label=_("說什麼話"), max_length=80, required=False)
    needs_interpreter = forms.OneOf(label=_("需要通譯嗎？"), choices=YesNoUnknown.choices)


class WhoForm(PersonForm):
    """What was found out about who it is. Left alone, a field changes nothing."""

    name = forms.PersonNameField(label=_("姓名"), required=False, help_text=_("不改就留空白。"))
    name_kind = forms.OneOf(label=_("這個姓名是"), choices=NAMED, initial=NameKind.FULL.value, required=False)
    real_name = forms.PersonNameField(
        label=_("真實姓名"), required=False, help_text=_("封存在代號後面，打開才看得到。")
    )  # fmt: skip
    birth = forms.RocDateField(label=_("出生日"), required=False, future=False)
    sex = forms.OneOf(label=_("性別"), choices=Sex.choices, required=False)
    source = forms.OneOf(label=_("誰說的"), choices=Source.choices)
    because = forms.TextField(
        label=_("為什麼改"), max_length=120, required=False, help_text=_("補上不知道的不用寫；換掉原來的要寫。")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for unused in ("name", "name_kind") if self.card.is_code else ("real_name",):
            del self.fields[unused]
        if self.card.is_unborn:
            del self.fields["birth"]


class BirthForm(PersonForm):
    born_on = forms.RocDateField(label=_("出生日"), partial=False, future=False)


class DeathForm(PersonForm):
    died_on = forms.RocDateField(label=_("過世日"), partial=False, future=False)


@dataclass(frozen=True)
class Kind:
    """A form, its title and button, and what to call with its clean data."""

    form: type[PersonForm]
    title: Promise
    go: Promise
    act: Callable[..., object]


ADD: dict[str, Kind] = {
    "address": Kind(AddressForm, _("加一個地址"), _("存下地址"), actions.add_address),
    "safety": Kind(SafetyForm, _("登錄安全地址"), _("存下並開始保密"), actions.add_safety_address),
    "contact": Kind(ContactForm, _("加一個聯絡方式"), _("存下聯絡方式"), actions.add_contact_point),
    "risk": Kind(RiskForm, _("提醒去訪視的同事"), _("存下提醒"), actions.add_risk),
    "who": Kind(WhoForm, _("補上或更正姓名、生日"), _("存下，再找一次相像的人"), actions.correct_person),
    "number": Kind(NumberForm, _("加一個證號"), _("存下證號"), actions.add_identifier),
    "kin": Kind(KinForm, _("加一個親屬關係"), _("存下關係"), actions.relate),
    "home": Kind(HomeForm, _("登錄和誰同住"), _("存下同住"), actions.put_in_household),
    "language": Kind(LanguageForm, _("語言與通譯"), _("存下語言"), actions.note_language),
    "birth": Kind(BirthForm, _("孩子出生了"), _("存下出生日"), actions.note_birth),
    "statement": Kind(StatementForm, _("記下一則說法"), _("存下這則說法"), actions.state),
    "death": Kind(DeathForm, _("登錄過世"), _("存下過世日"), actions.note_death),
}


@dataclass(frozen=True)
class Ending:
    """How a row is ended: its title, the action, the name of its row argument, and whether a day is asked."""

    title: Promise
    act: Callable[..., None]
    row: str
    asks_day: bool = True


END: dict[str, Ending] = {
    "address": Ending(_("不住這裡了"), actions.end_address, "address_id"),
    "contact": Ending(_("這個號碼不能用了"), actions.end_contact_point, "contact_id"),
    "risk": Ending(_("這個風險解除了"), actions.end_risk, "risk_id"),
    "kin": Ending(_("這個關係結束了"), actions.end_relation, "kinship_id"),
    "home": Ending(_("不住在一起了"), actions.leave_household, "member_id"),
    "safety": Ending(_("已經離開這個安全地址"), actions.end_safety_address, "safety_id", asks_day=False),
    "shield": Ending(_("住址不必再保密"), actions.end_shield, "shield_id", asks_day=False),
}
