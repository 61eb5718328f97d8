"""Finding people by name, number, telephone, address, or the number of a file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any  # rows of a definer function
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.foundation import names, numbers, phone
from anwang.foundation.errors import BadInput
from anwang.people import seals
from anwang.people.models import Correction, Person
from anwang.people.words import age_words, birth_words, file_words, how_words, name_words, sex_words

_IDENTIFIER = re.compile(r"[A-Z][A-D1289]\d{8}", re.ASCII)


@dataclass(frozen=True)
class Found:
    """One record in the results. `how` says by what it was found, in words."""

    id: UUID
    name: str
    birth: str
    age: str
    sex: str
    how: str
    is_shielded: bool = False
    once: str = ""
    """The names it was found by that stand no more; empty when the present name fits."""


@dataclass(frozen=True)
class Flag:
    """What a screener learns of somebody he does not serve: that he is known, and whom to ring."""

    name: str
    birth: str
    township: str
    how: str
    sealed: str
    """Whom to ask, when the person's whereabouts are kept; then nothing else is told."""
    known: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """What was typed, as the keys by which it may be found."""

    name: str = ""
    number: bytes = b""
    digits: str = ""
    place: str = ""
    file_number: str = ""

    @property
    def searched(self) -> tuple[str, ...]:
        """By what was searched, in words: for "查過…" on an empty page."""
        ways = (
            (self.name, _("姓名")),
            (self.number, _("證號")),
            (self.digits, _("電話")),
            (self.place, _("地址")),
            (self.file_number, _("編號")),
        )
        return tuple(word for key, word in ways if key)


def terms(viewer: Viewer, text: str) -> Terms:
    """Read what was typed into the one box. Raises BadInput when there is nothing to search by."""
    text = text.strip()
    if not text:
        raise BadInput(_("請填姓名、證號、電話、地址或編號。"), field="q")
    try:
        return Terms(file_number=numbers.normalise(text))
    except BadInput:
        pass
    digits = phone.normalise(text) if re.search(r"\d{7}", re.sub(r"[\s()（）-]", "", text)) else ""
    upper = re.sub(r"[\s-]", "", text).upper()
    if _IDENTIFIER.fullmatch(upper):
        return Terms(number=seals.number_lookup(text))
    if digits and not re.search(r"[^\d\s()（）+#＋轉分機-]", text):
        return Terms(digits=digits, number=seals.number_lookup(text))
    has_number = any(char.isdigit() for char in text)
    return Terms(
        name="" if has_number else names.search_key(text)[:60],
        number=seals.number_lookup(text) if has_number else b"",
        place=text[:60],
    )


MOST = 50
SEARCH_SQL = "SELECT person_id, how FROM people_search(%s, %s, %s, %s, %s)"
ONCE_SQL = "SELECT person_id FROM people_once_named(%s)"
SHIELDED_SQL = "EXISTS (SELECT 1 FROM people_shield s WHERE s.person_id = people_person.id AND s.until_at IS NULL)"


class Hits(tuple[Found, ...]):
    """What was found. `is_cut`: there may be more, and one more character helps."""

    is_cut = False


def search(viewer: Viewer, text: str) -> Hits:
    """Up to fifty persons standing in files the viewer may read; the nearest names first."""
    asked = terms(viewer, text)
    with connection.cursor() as cursor:
        cursor.execute(SEARCH_SQL, [asked.name, asked.number, asked.digits, asked.place, asked.file_number])
        how = dict(cursor.fetchall())
        is_cut = how.pop(None, None) is not None
        cursor.execute(ONCE_SQL, [asked.name])
        how = {key: "once" for (key,) in cursor.fetchall()} | how
    _trace(viewer, asked, text, len(how))
    rows = Person.objects.filter(id__in=how).extra(select={"shielded": SHIELDED_SQL})  # noqa: S610
    once = _former(asked.name, [key for key, by in how.items() if by == "once"])
    found = [_found(person, how[person.id], once.get(person.id, "")) for person in rows]
    ordered = sorted(
        found, key=lambda one: (bool(one.once), names.search_key(one.name) != asked.name, one.name, one.id)
    )
    hits = Hits(ordered[:MOST])
    hits.is_cut = is_cut or len(ordered) >= MOST
    return hits


def _former(key: str, ids: list[UUID]) -> dict[UUID, str]:
    """Which former names of those persons fit what was typed, in words."""
    if not ids:
        return {}
    rows = Correction.objects.filter(person_id__in=ids, name_key__contains=key).order_by("recorded_at", "id")
    said: dict[UUID, dict[str, None]] = {}
    for row in rows:
        said.setdefault(row.person_id, {})[name_words(row.name, row.name_kind)] = None
    return {person: _("、").join(words) for person, words in said.items()}


def find_by_phone(viewer: Viewer, number: str) -> Hits:
    """Whose number this is, among the people the viewer may read: for a call that comes in."""
    return search(viewer, number) if phone.normalise(number) else Hits()


LOOKUP_SQL = "SELECT * FROM people_lookup_for_call(%s, %s, %s, %s, %s)"


def look_up_for_call(viewer: Viewer, text: str, *, number: str, file_id: UUID) -> tuple[Flag, ...]:
    """Anybody of the county, as flags, for the call or report `number` that the viewer holds as `file_id`.

    Each look-up is a reading of that file. What was typed is kept as a keyed hash only.
    """
    asked = terms(viewer, text)
    reading("people.lookup", by=viewer, file_id=file_id, zone="work", because=number)
    with connection.cursor() as cursor:
        cursor.execute(LOOKUP_SQL, [asked.name, asked.number, asked.digits, asked.place, file_id])
        rows = cursor.fetchall()
    _trace(viewer, asked, text, len(rows), number)
    return tuple(_flag(row) for row in rows)


def _trace(viewer: Viewer, asked: Terms, text: str, found: int, number: str = "") -> None:
    record(
        "people.searched",
        by=viewer,
        asked=seals.text_lookup(text),
        by_what=",".join(key for key, value in vars(asked).items() if value),
        found=found,
        because=number,
    )


def _found(person: Person, how: str, once: str) -> Found:
    return Found(
        id=person.id,
        name=name_words(person.name, person.name_kind),
        birth=birth_words(person.born_earliest, person.born_latest, person.birth_is_approximate),
        age=age_words(person.born_earliest, person.born_latest, person.birth_is_approximate),
        sex=sex_words(person.sex),
        how=how_words(how),
        is_shielded=person.shielded,
        once=once,
    )


def _flag(row: tuple[Any, ...]) -> Flag:
    name, name_kind, earliest, latest, about, township, is_shielded, ask_whom, how, files = row
    known = files if isinstance(files, list) else json.loads(files)
    return Flag(
        name=name_words(name, name_kind),
        birth=birth_words(earliest, latest, about, year_only=True),
        township=township,
        how=how_words(how),
        sealed=ask_whom if is_shielded else "",
        known=tuple(sorted({file_words(**one) for one in known})),
    )
