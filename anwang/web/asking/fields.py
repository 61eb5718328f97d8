"""The forms of asking. Every choice is made by the reader; nothing is preselected but the time, which is now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from anwang.directory.states import AbsenceKind, UnitKind
from anwang.matters.queries import ToAsk
from anwang.matters.states import OfferKind
from anwang.web.shell import forms, words

CHOOSE = ("", _("請選一項"))
UNKNOWN = "unknown"


def unit_words(unit: ToAsk) -> str:
    """The unit's name in the reader's language, marked where its answer is entered here."""
    name = unit.name_en if words.lang() == "en" and unit.name_en else unit.name
    return name if unit.on_system else str(_("%(unit)s（由你們代登回覆）")) % {"unit": name}


def grouped(units: list[ToAsk], county: str) -> list[tuple[Any, Any]]:
    """Choices for a select: the own county by kind of unit, other counties by county."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in sorted(units, key=lambda one: one.county != county):
        other = unit.county_name_en if words.lang() == "en" and unit.county_name_en else unit.county_name
        label = str(UnitKind(unit.kind).label) if unit.county == county else other
        groups.setdefault(label, []).append((str(unit.id), unit_words(unit)))
    return [CHOOSE, *groups.items()]


class Ask(forms.Form):
    """What is asked of which unit. Fields that a kind does not need are left out."""

    unit = forms.OneOfMany(label=_("問哪個單位？"))
    people = forms.SomeOf(
        label=_("請對方看哪幾位？"), stacked=True, help_text=_("協訪函照這裡列；住址和電話不會印在函上。"),
        error_messages={"required": _("請勾選請對方看哪幾位。")},
    )  # fmt: skip
    topic = forms.CodeField("joining.topics", label=_("請對方做什麼？"))
    urgent = forms.OneOf(
        label=_("今天就要有人去看？"),
        choices=[("yes", _("今天就要")), ("no", _("不用今天"))],
    )
    effective_on = forms.RocDateField(label=_("哪一天起由對方負責？"), partial=False)
    until = forms.RocDateField(label=_("做到哪一天？"), partial=False, required=False)
    words = forms.LongTextField(
        label=_("要讓對方知道什麼？"), max_length=1500, help_text=_("寫對方接不接要知道的：發生什麼、已經做了什麼。")
    )
    at = forms.InstantField(label=_("什麼時候問的？"))

    ONLY = {
        "people": {OfferKind.VISIT_REQUEST},
        "topic": {OfferKind.JOINING, OfferKind.VISIT_REQUEST},
        "urgent": {OfferKind.VISIT_REQUEST},
        "effective_on": {OfferKind.TRANSITION},
        "until": {OfferKind.JOINING},
    }

    def __init__(
        self, *args: Any, kind: OfferKind, units: list[ToAsk], county: str, people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = grouped(units, county)
        self.fields["people"].choices = people
        if not people:
            del self.fields["people"]
        for name, kinds in self.ONLY.items():
            if kind not in kinds and name in self.fields:
                del self.fields[name]


class TakenOver(forms.Form):
    """What the other authority said when it was asked whether it acts."""

    ref = forms.TextField(label=_("問到的電話或公文文號"), max_length=60)
    at = forms.InstantField(label=_("什麼時候問到的？"))
    ends = forms.OneOf(
        label=_("這件事在這裡還要留著嗎？"), stacked=True,
        choices=[("yes", _("對方有自己的紀錄，這裡結束")), ("no", _("留著，由對方單位的窗口負責"))],
    )  # fmt: skip


class Dispute(forms.Form):
    """「不是我們的」: whose it should be, which question, and why."""

    claimed_unit = forms.OneOfMany(label=_("你認為該由誰負責？"))
    topic = forms.CodeField("dispute.topics", label=_("爭議事由"))
    words = forms.LongTextField(label=_("為什麼？"), max_length=2000)

    def __init__(self, *args: Any, units: list[ToAsk], county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = grouped(units, county)
        self.fields["claimed_unit"].choices = [choices[0], (UNKNOWN, _("不知道，請上級決定")), *choices[1:]]

    def claimed(self) -> UUID | None:
        """The unit claimed; None when the filer does not know."""
        given = self.cleaned_data["claimed_unit"]
        return None if given == UNKNOWN else UUID(given)


class Correct(forms.Form):
    """Which start was written with a wrong time, what is true, and why."""

    entry = forms.OneOfMany(label=_("哪一次交接？"))
    corrected_since = forms.InstantField(label=_("實際從什麼時候開始？"), initial=None)
    reason = forms.CodeField("correction.reasons", label=_("為什麼更正？"))

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].choices = [CHOOSE, *entries]


class GiveOn(forms.Form):
    """改派: who of the acting unit takes it, from when. `since` is what the page showed."""

    to = forms.OneOfMany(label=_("改由誰處理？"))
    at = forms.InstantField(label=_("從什麼時候起？"))
    since = forms.TextField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [CHOOSE, *people]


class Contract(forms.Form):
    """委託: which NGO acts for which authority, how many posts, from which day to which."""

    authority = forms.OneOfMany(label=_("權責機關"))
    ngo = forms.OneOfMany(label=_("受託團體"))
    number = forms.TextField(label=_("契約編號"), max_length=40)
    service = forms.TextField(label=_("委託什麼服務？"), max_length=80)
    posts = forms.WholeNumberField(label=_("幾位專業人力？"), least=1, most=999)
    starts_on = forms.RocDateField(label=_("從哪一天起？"), partial=False)
    last_on = forms.RocDateField(label=_("做到哪一天？"), partial=False, help_text=_("那一天24:00收回，之後不能再看。"))

    def __init__(self, *args: Any, authorities: list[ToAsk], ngos: list[ToAsk], county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = grouped(authorities, county)
        self.fields["ngo"].choices = grouped(ngos, county)


class Swap(forms.Form):
    """換班: who stands this shift instead."""

    worker = forms.OneOfMany(label=_("換誰值班？"))

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [CHOOSE, *((str(key), name) for key, name in people)]


class Away(forms.Form):
    """My own leave and who covers."""

    covered_by = forms.OneOfMany(label=_("誰代理你？"))
    kind = forms.OneOf(label=_("種類"), choices=AbsenceKind.choices)
    starts_at = forms.InstantField(label=_("從"), future=True, initial=None, help_text="")
    ends_at = forms.InstantField(label=_("到"), future=True, initial=None, help_text="")

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covered_by"].choices = [CHOOSE, *((str(key), name) for key, name in people)]
