"""Whom a row may give away, and which records its child is like: asked past the grants, answered in codes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from anwang.foundation import names
from anwang.people import seals

if TYPE_CHECKING:
    from anwang.rosters.rules import Child

PLACES = ("address", "registered", "school")
KEPT_SQL = """
SELECT x.at, k.person_id, k.ask_whom
  FROM jsonb_to_recordset(%s) AS x(at int, numbers text[], names text, born date, places text[]),
       LATERAL rosters_kept_for(ARRAY(SELECT decode(n, 'hex') FROM unnest(x.numbers) n), x.names, x.born,
                                ARRAY(SELECT decode(n, 'hex') FROM unnest(x.places) n)) k
 WHERE k.person_id IS NOT NULL
"""


@dataclass(frozen=True)
class Kept:
    """Somebody shielded whom a row may give away, and whom everybody else has to ask."""

    person_id: UUID
    ask_whom: str


@dataclass(frozen=True)
class Alike:
    """A record like a child of a roster, in codes. `is_here`: it stands in a file of the county that takes him."""

    person_id: UUID
    identity_id: UUID
    same_number: bool
    same_name: bool
    same_birth: bool
    differs: bool
    is_here: bool
    is_closed: bool
    died_on: date | None

    @property
    def is_sure(self) -> bool:
        """Number, name and day of birth, and nothing against it: a number alone joins nobody."""
        return self.same_number and self.same_name and self.same_birth and not self.differs


def kept_for(asked: Sequence[tuple[Child, Mapping[str, str]]]) -> dict[int, Kept]:
    """The shielded person that each row may give away (its child, parent or house), by the row's place among them."""
    given = [
        {
            "at": at,
            "numbers": [seals.number_lookup(value).hex() for value in (child.number, child.carer_number) if value],
            "names": names.search_key(child.name) if child.name else "",
            "born": day.isoformat() if (day := born_on(child)) else None,
            "places": [found.hex() for key in PLACES if (found := seals.place_lookup(cells.get(key, "")))],
        }
        for at, (child, cells) in enumerate(asked)
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEPT_SQL, [json.dumps(given)])
        return {at: Kept(person_id, ask_whom) for at, person_id, ask_whom in cursor.fetchall()}


def alike(child: Child, county: str) -> tuple[Alike, ...]:
    """Records that agree with a child in number, or in name and day of birth."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, identity_id, same_number, coalesce(same_name, false), coalesce(same_birth, false),"
            " coalesce(differs, false), is_here, is_closed, died_on FROM rosters_alike(%s, %s, %s, %s, %s)",
            [
                seals.number_lookup(child.number) if child.number else b"",
                names.search_key(child.name) if child.name else "",
                born_on(child),
                child.sex,
                county,
            ],
        )
        return tuple(Alike(*row) for row in cursor.fetchall())


def born_on(child: Child) -> date | None:
    return child.born.exact if child.born else None
