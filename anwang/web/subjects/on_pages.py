"""What members of a family say is wrong, on the family page: the mark stands wherever the fact does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # rows as JSON
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.people.states import Fact
from anwang.web.hanging import Part

SQL = """(SELECT jsonb_agg(jsonb_build_array(d.person_id, p.name, d.fact, d.words, d.because) ORDER BY d.since_at, d.id)
   FROM people_disputedfact d JOIN people_person p ON p.id = d.person_id
  WHERE d.until_at IS NULL AND d.person_id IN (
    SELECT n.person_id FROM people_familymember n WHERE n.family_id = %(family)s AND n.until_on IS NULL))"""


@dataclass(frozen=True)
class Mark:
    """A fact that its person disputes, and what he says instead."""

    person_id: UUID
    name: str
    fact: str
    words: str
    because: str


def shown(viewer: Viewer, rows: Any) -> list[Mark]:
    """Each mark with the fact in words."""
    return [
        Mark(UUID(person), name, str(Fact(fact).label), words, because) for person, name, fact, words, because in rows
    ]


PARTS = (Part(page="family", place="margin", order=15, template="subjects/on_family.html", sql=SQL, shown=shown),)
