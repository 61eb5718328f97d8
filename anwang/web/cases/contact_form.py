"""The two-minute form of a contact: made for a thumb, one question per person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import words
from anwang.cases.actions import Sight, Told
from anwang.cases.queries import CaseLine, CasePage
from anwang.cases.states import PlaceKind
from anwang.foundation import clock
from anwang.foundation.days import Length
from anwang.rulebook import book
from anwang.web.shell import forms

METHODS = frozenset({"home", "phone", "school", "office", "accompany", "institution", "call_in", "network", "other"})


def late_after() -> timedelta:
    """How old an entry is before it is marked 補登."""
    length = Length.parse(str(book().value("entry.late_after").on(clock.today()).value))
    return timedelta(**{length.unit: length.n})


class ContactForm(forms.Form):
    """Way, outcome, when, where, each person seen or not, and a few words."""

    method = forms.FewCodesField("visit.method", only=METHODS, label=gettext_lazy("怎麼聯繫"))
    outcome = forms.FewCodesField("contact.outcome", label=gettext_lazy("結果"))
    started_at = forms.InstantField(label=gettext_lazy("開始時間"))
    ended_at = forms.InstantField(label=gettext_lazy("結束時間"), required=False, initial=None, help_text="")
    place_kind = forms.OneOf(choices=PlaceKind.choices, label=gettext_lazy("在哪裡"))
    place = forms.TextField(
        label=gettext_lazy("地點說明"), required=False,
        help_text=gettext_lazy("安全處所不用寫地點，寫了也不會存。"),
    )  # fmt: skip
    companions = forms.TextField(label=gettext_lazy("一起去的人"), required=False)
    summary = forms.LongTextField(label=gettext_lazy("談了什麼、看到什麼"), required=False, rows=8)
    worker_safety = forms.TextField(
        label=gettext_lazy("下一位同仁要小心的事"), required=False, max_length=500,
        help_text=gettext_lazy("例如有刀械、有狗、情緒激動。"),
    )  # fmt: skip
    serves = forms.SomeOf(label=gettext_lazy("同時算在這些案件"), required=False, stacked=True)

    def __init__(self, *args: Any, case: CasePage, others: Iterable[CaseLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [(one.person_id, one.name) for one in case.subjects if one.person_id]
        for name in ("started_at", "ended_at"):
            self.fields[name].late_after = late_after()
        was_placed = {one.person_id for one in case.placements}
        placed = {one.person_id for one in case.subjects if one.is_placed}
        for person_id, name in self.people:
            asks = _("%(name)s，有見到嗎？") % {"name": name}
            self._ask_for(person_id, asks, name, may_be_placed=person_id in was_placed, is_placed=person_id in placed)
        asked = {person_id for person_id, _name in self.people}
        self.elsewhere = {str(one.id): [who for who in one.subjects if who[0] not in asked] for one in others}
        for person_id, name in self._further():
            self._ask_for(person_id, _("%(name)s，有見到嗎？（算在另一件時填）") % {"name": name}, name)
        choices = [(str(one.id), f"{one.kind}　{one.people}") for one in others]
        self.fields["serves"].choices = choices
        if not choices:
            del self.fields["serves"]

    def _further(self, cases: Iterable[str] | None = None) -> list[tuple[UUID, str]]:
        """Subjects of the other cases, or of some of them, once each."""
        chosen = self.elsewhere if cases is None else [one for one in cases if one in self.elsewhere]
        return list(dict(who for one in chosen for who in self.elsewhere[one]).items())

    def _ask_for(
        self, person_id: UUID, asks: str, name: str, *, may_be_placed: bool = True, is_placed: bool = False
    ) -> None:
        """Whoever is placed is not expected at home: that answer comes first, and only where it can be true."""
        elsewhere = words.not_seen_reasons(looked_for=False) if may_be_placed else []
        seen = forms.OneOf(
            choices=[("yes", _("見到本人")), *elsewhere, *words.not_seen_reasons(looked_for=True)],
            required=False, stacked=True, label=asks, initial=elsewhere[0][0] if is_placed and elsewhere else None,
        )  # fmt: skip
        body = forms.LongTextField(
            label=_("%(name)s的樣子、傷痕") % {"name": name}, required=False, rows=3,
            help_text=_("親眼看到才寫。這一段另外保管。"),
        )  # fmt: skip
        for key, field in ((f"seen_{person_id.hex}", seen), (f"body_{person_id.hex}", body)):
            field.template_name, field.is_marked_optional = "shell/parts/field.html", key.startswith("body")
            self.fields[key] = field

    def full_clean(self) -> None:
        """A visit that names only the clock time of its end ended on the day it began."""
        self._end_on_the_day_it_began()
        super().full_clean()

    def _end_on_the_day_it_began(self) -> None:
        day, time = self.add_prefix("ended_at_day"), self.add_prefix("ended_at_time")
        began = self.data.get(self.add_prefix("started_at_day"), "")
        if self.data.get(time, "").strip() and not self.data.get(day, "").strip() and began:
            self.data = self.data.copy()
            self.data[day] = began

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == "met":
            for person_id, name in (*self.people, *self._further(given.get("serves") or ())):
                if not given.get(f"seen_{person_id.hex}"):
                    self.add_error(f"seen_{person_id.hex}", _("請選有沒有見到%(name)s。") % {"name": name})
        return given

    @property
    def first(self) -> list[Any]:
        """Fields above the people."""
        return [self[name] for name in ("method", "outcome", "started_at", "ended_at", "place_kind", "place")]

    @property
    def persons(self) -> list[tuple[Any, Any]]:
        """Per person of this case the question and the room for what was seen."""
        return [(self[f"seen_{key.hex}"], self[f"body_{key.hex}"]) for key, _name in self.people]

    @property
    def further(self) -> list[tuple[Any, Any]]:
        """The same per person of the other cases that this visit may serve."""
        return [(self[f"seen_{key.hex}"], self[f"body_{key.hex}"]) for key, _name in self._further()]

    @property
    def last(self) -> list[Any]:
        """Fields below the people."""
        return [self[name] for name in ("summary", "worker_safety", "companions") if name in self.fields]

    @property
    def serving(self) -> list[Any]:
        """Which other cases it counts for, where there are any."""
        return [self["serves"]] if "serves" in self.fields else []

    def told(self) -> Told:
        """The answers as the action takes them."""
        given = self.cleaned_data
        return Told(
            given["method"], given["outcome"], given["started_at"], ended_at=given["ended_at"],
            place_kind=given["place_kind"], place=given["place"], companions=given["companions"],
            summary=given["summary"], worker_safety=given["worker_safety"], sights=tuple(self._sights(given)),
        )  # fmt: skip

    def _sights(self, given: dict[str, Any]) -> Iterable[Sight]:
        for person_id, _name in (*self.people, *self._further(given.get("serves") or ())):
            answer = given.get(f"seen_{person_id.hex}")
            if answer:
                seen = "yes" if answer == "yes" else "no"
                because = "" if seen == "yes" else answer
                yield Sight(person_id, seen, because, given.get(f"body_{person_id.hex}", ""))
