"""What a letter may hold for its addressee's side: people of that side or of neither, and no place of hiding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.models import Involvement
from anwang.access.states import Circle
from anwang.foundation.errors import BadInput
from anwang.people import seals, words
from anwang.people.models import Person, SafetyAddress

_BLANKS = re.compile(r"[\s,，、.．。()（）\-－之]+")
_LEAST = 6
"""So many letters in a row of a hidden address betray it."""

PersonRow = tuple[str, str, str]


def people_for(file_id: UUID, circle: str, only: Collection[UUID] = ()) -> list[PersonRow]:
    """Name, sex, birth of those in the file whom the addressee's side may know; a code stays a code.

    `only` names whom the letter is about; empty means everybody of that side. Raises BadInput for anybody else.
    """
    standing = Involvement.objects.filter(file_id=file_id, circle__in={circle, Circle.NEUTRAL.value})
    people = list(Person.objects.filter(id__in=standing.values("person_id")).order_by("id"))
    if only:
        people = [one for one in people if one.id in only]
        if len(people) != len(set(only)):
            raise BadInput(_("勾選的人不在收文者那一側，不能列在函裡。"), field="people")
    return [_row(one) for one in people]


def rows_of(ids: Collection[UUID]) -> list[PersonRow]:
    """The same for people whom the law names to the addressee, whatever his side."""
    return [_row(one) for one in Person.objects.filter(id__in=ids).order_by("id")]


def _row(one: Person) -> PersonRow:
    return (
        words.name_words(one.name, one.name_kind),
        str(one.get_sex_display()),
        words.birth_words(one.born_earliest, one.born_latest, one.birth_is_approximate),
    )


def nameable(file_id: UUID, circle: str) -> frozenset[UUID]:
    """Whom a paper for the file's own team may name: those of its side and of neither; all of a file of no side."""
    standing = Involvement.objects.filter(file_id=file_id)
    if circle != Circle.NEUTRAL:
        standing = standing.filter(circle__in={circle, Circle.NEUTRAL.value})
    return frozenset(standing.values_list("person_id", flat=True))


def standing_in(file_id: UUID) -> list[tuple[UUID, str, str]]:
    """(person, name, side) of everybody in the file, for choosing whom a letter is about; no side is not said."""
    sides = dict(Involvement.objects.filter(file_id=file_id).values_list("person_id", "circle"))
    said = {Circle.VICTIM.value: str(Circle.VICTIM.label), Circle.OTHER.value: str(Circle.OTHER.label)}
    return [
        (one.id, words.name_words(one.name, one.name_kind), said.get(sides[one.id], ""))
        for one in Person.objects.filter(id__in=sides).order_by("id")
    ]


def refuse_other_side(file_id: UUID, circle: str, text: str, field: str = "reason") -> None:
    """Raises BadInput when typed words name somebody of the other side, or hold an address in hiding."""
    standing = Involvement.objects.filter(file_id=file_id)
    ids = list(standing.values_list("person_id", "circle"))
    others = [person for person, side in ids if side not in (circle, Circle.NEUTRAL)]
    for name in Person.objects.filter(id__in=others).exclude(name="").values_list("name", flat=True):
        if len(name) > 1 and name in text:
            raise BadInput(_("內容寫到另一側的人。這封信不能讓收文者知道，請改寫。"), field=field)
    refuse_hidden_place(file_id, text, field)


def refuse_hidden_place(file_id: UUID, text: str, field: str = "reason") -> None:
    """Raises BadInput when the text holds an address in hiding of somebody in the file, as far as the viewer knows."""
    plain, people = _plain(text), Involvement.objects.filter(file_id=file_id).values("person_id")
    for row in SafetyAddress.objects.filter(person_id__in=people):
        hidden = _plain(seals.unseal(row.sealed_text, "safety_address.text", row.id))
        if any(hidden[n : n + _LEAST] in plain for n in range(len(hidden) - _LEAST + 1) if _tells(hidden, n)):
            raise BadInput(_("內容寫到保密的住處。請刪掉，寫聯絡窗口就好。"), field=field)


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _tells(hidden: str, start: int) -> bool:
    """A run of letters after the township: the county's name alone betrays nothing."""
    township = max((hidden.find(mark) for mark in "鄉鎮市區縣"), default=-1)
    return start > township
