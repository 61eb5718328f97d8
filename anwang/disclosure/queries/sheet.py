"""One family on one sheet for an emergency, read under the viewer's own rights and without writing anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.people import words
from anwang.people.states import AddressKind, Sex

PEOPLE_SQL = """
SELECT p.id, p.name, p.name_kind, p.sex, p.born_earliest, p.born_latest, p.birth_is_approximate,
       coalesce((SELECT s.ask_whom FROM people_shield s WHERE s.person_id = p.id AND s.until_at IS NULL
                  ORDER BY s.since_at DESC LIMIT 1), ''),
       ARRAY(SELECT a.kind || E'\\t' || a.text FROM people_address a
              WHERE a.person_id = p.id AND a.until_on IS NULL AND NOT a.is_hidden ORDER BY a.recorded_at DESC),
       ARRAY(SELECT c.value FROM people_contactpoint c WHERE c.person_id = p.id AND c.until_on IS NULL),
       ARRAY(SELECT k.words FROM people_workerrisk k
              WHERE k.person_id = p.id AND k.until_on IS NULL AND k.words <> '' ORDER BY k.go_in_pairs DESC)
  FROM people_person p
 WHERE p.id IN (SELECT i.person_id FROM access_involvement i WHERE i.file_id = ANY (%s))
 ORDER BY p.born_earliest NULLS LAST, p.id
"""
FILES_SQL = """
SELECT m.number, u.called, coalesce(w.phone, d.phone, u.phone)
  FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
 WHERE m.id = ANY (%s) AND m.ended_at IS NULL ORDER BY m.number
"""


@dataclass(frozen=True)
class SheetPerson:
    """One person, with what a rescue needs. `sealed`: whom to ask; then no place and no telephone."""

    name: str
    about: str
    sealed: str
    places: tuple[str, ...]
    phones: tuple[str, ...]
    risks: tuple[str, ...]


@dataclass(frozen=True)
class EmergencySheet:
    """The people of one family, and who acts: (number, unit, telephone)."""

    people: tuple[SheetPerson, ...]
    files: tuple[tuple[str, str, str], ...]


def sheet_of(viewer: Viewer, files: Iterable[UUID]) -> EmergencySheet:
    """Whatever the viewer's grants show of these files, on one sheet."""
    ids = list(files)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, [ids])
        people = tuple(_person(row) for row in cursor.fetchall())
        cursor.execute(FILES_SQL, [ids])
        return EmergencySheet(people, tuple(cursor.fetchall()))


def _person(row: tuple[object, ...]) -> SheetPerson:
    _id, name, kind, sex, earliest, latest, about, sealed, places, phones, risks = row
    told = [str(Sex(str(sex)).label), words.birth_words(earliest, latest, bool(about))]  # type: ignore[arg-type]
    shown = [one.split("\t", 1) for one in places]  # type: ignore[attr-defined]
    return SheetPerson(
        words.name_words(str(name), str(kind)), "　".join(one for one in told if one), str(sealed),
        () if sealed else tuple(f"{AddressKind(kind_).label} {text}" for kind_, text in shown),
        () if sealed else tuple(phones), tuple(risks),  # type: ignore[arg-type]
    )  # fmt: skip
