"""What the forms of a plan ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwang.plans.actions import Given
from anwang.plans.queries import Choices
from anwang.plans.states import LineKind, Owner, Progress, Reader, WithFamily
from anwang.web.shell import forms

_WORDS = {
    LineKind.WORDS: (_("他說了什麼"), _("照他的話寫。")),
    LineKind.NEED: (_("需要什麼"), ""),
    LineKind.STRENGTH: (_("他們有什麼力量"), _("做得到的事、幫得上忙的人。")),
    LineKind.GOAL: (_("想要變成怎樣"), _("看得到、做得到，用家人的話。")),
    LineKind.ACTION: (_("做什麼"), ""),
}


class LineForm(forms.Form):
    """One line. What it asks depends on its kind."""

    text = forms.LongTextField(rows=3, max_length=600)
    about = forms.OneOfMany(label=_("是誰的"), required=False)
    under = forms.OneOfMany(label=_("為了哪個目標"), required=False)
    owner = forms.OneOfMany(label=_("誰來做"))
    owner_name = forms.TextField(
        label=_("社區或其他的人，名稱"), required=False, max_length=60, help_text=_("例如教會、鄰長、房東。")
    )
    for_carer = forms.TickField(label=_("這是支持照顧者的"))
    due_on = forms.RocDateField(label=_("什麼時候前"), partial=False, required=False)
    said_on = forms.RocDateField(label=_("哪一天說的"), partial=False, future=False, required=False)
    circle = forms.OneOf(label=_("屬於哪一側"), help_text=_("列印時，另一側的人看不到這一行。"))
    goes_to = forms.SomeOf(
        label=_("可以印給誰"), required=False, choices=Reader.choices,
        help_text=_("都不勾，就只有團隊看得到。不要寫住處和電話。"),
    )  # fmt: skip
    zone = forms.OneOf(label=_("放在哪一區"), help_text=_("特種內容只有承辦、督導看得到。"))
    because = forms.TextField(label=_("為什麼改"), required=False, max_length=300)

    def __init__(
        self, *args: Any, kind: str, choices: Choices, goals: list[tuple[str, str]], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = LineKind(kind)
        self.fields["text"].label, self.fields["text"].help_text = _WORDS[self.kind]
        self.fields["about"].choices = [("", _("請選一項")), *choices.people]
        self.fields["under"].choices = [("", _("請選一項")), *goals]
        self.fields["owner"].choices = [("", _("請選一項")), *_owners(choices)]
        self.fields["circle"].choices = choices.sides
        self.fields["zone"].choices = choices.zones
        for name in self._unasked(choices, goals, is_new):
            del self.fields[name]
        if self.kind == LineKind.WORDS:
            self.fields["about"].required, self.fields["about"].is_marked_optional = True, False

    def _unasked(self, choices: Choices, goals: list[tuple[str, str]], is_new: bool) -> list[str]:
        gone = [] if choices.sides else ["circle"]
        if self.kind == LineKind.ACTION:
            gone += ["about", "said_on", *([] if goals else ["under"])]
        else:
            gone += ["under", "owner", "owner_name"]
            gone += ["due_on"] if self.kind != LineKind.GOAL else []
            gone += ["said_on", "for_carer"] if self.kind != LineKind.WORDS else ["for_carer"]
            if self.kind in (LineKind.NEED, LineKind.GOAL):
                gone.remove("for_carer")
        return [*gone, "because"] if is_new else gone

    def given(self, circle: str) -> Given:
        """The line as the room takes it."""
        said = self.cleaned_data
        owner, _colon, key = (said.get("owner") or "").partition(":")
        about, under = said.get("about"), said.get("under")
        return Given(
            self.kind, said["text"], zone=said["zone"], circle=said.get("circle") or circle,
            goes_to=said.get("goes_to") or (), about_id=UUID(about) if about else None,
            under=UUID(under) if under else None, owner=owner, due_on=said.get("due_on"), said_on=said.get("said_on"),
            owner_name=said.get("owner_name") or "", for_carer=bool(said.get("for_carer")),
            **({f"owner_{_COLUMN[Owner(owner)]}_id": UUID(key)} if key else {}),
        )  # fmt: skip


_COLUMN = {Owner.FAMILY: "person", Owner.WORKER: "worker", Owner.UNIT: "unit"}


def _owners(choices: Choices) -> list[tuple[str, str]]:
    """Family first: what they do themselves comes before what is done for them."""
    lists = ((Owner.FAMILY, choices.people), (Owner.WORKER, choices.workers), (Owner.UNIT, choices.units))
    found = [(f"{kind.value}:{key}", f"{name}　{kind.label}") for kind, rows in lists for key, name in rows]
    return [*found, (Owner.COMMUNITY.value, str(Owner.COMMUNITY.label))]


class ProgressForm(forms.Form):
    """How far it came."""

    progress = forms.OneOf(label=_("做到哪裡"), choices=Progress.choices)
    words = forms.TextField(label=_("怎麼知道的"), required=False, max_length=300)


class BecauseForm(forms.Form):
    """Why a line goes."""

    because = forms.TextField(label=_("為什麼拿掉"), max_length=300)


class PublishForm(forms.Form):
    """Agreed as a version."""

    with_family = forms.OneOf(label=_("和家人一起訂的嗎"), choices=WithFamily.choices)
    review_on = forms.RocDateField(label=_("什麼時候再一起看"), partial=False)
    summary = forms.LongTextField(label=_("這一版怎麼談的"), rows=3, max_length=600, required=False)


class HandInForm(forms.Form):
    """To the supervisor."""

    words = forms.TextField(label=_("給督導的話"), required=False, max_length=200)


class PaperForm(forms.Form):
    """For whom the paper is."""

    reader = forms.OneOf(label=_("給誰"), choices=Reader.choices)
    person = forms.OneOfMany(label=_("哪一位家人"), required=False)
    name = forms.TextField(
        label=_("單位或法院名稱"), required=False, max_length=60, help_text=_("給協力單位或法院時填。")
    )
    circle = forms.OneOf(label=_("對方服務哪一側"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("請選一項")), *choices.people]
        self.fields["circle"].choices = choices.sides
        if not choices.sides:
            del self.fields["circle"]
