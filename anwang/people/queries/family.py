"""A case-family on one page: who belongs, who lives together, what is dangerous, and the picture. One statement."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people import words
from anwang.people.genogram import Layout
from anwang.people.models import FamilyMember
from anwang.people.portrait import (
    Alert,
    FamilyPerson,
    alerts_of,
    homes_of,
    languages_of,
    people_of,
    picture_of,
    relations_of,
    unsure_of,
    was_there,
)

FAMILY_SQL = """
WITH family AS (SELECT * FROM people_family WHERE number = %(number)s),
member AS (SELECT m.person_id, m.since_on FROM people_familymember m JOIN family ON family.id = m.family_id
            WHERE /* m then */),
record AS (SELECT p.* FROM people_person p WHERE p.identity_id IN
            (SELECT q.identity_id FROM people_person q JOIN member ON member.person_id = q.id)),
roof AS (SELECT DISTINCT h.household_id FROM people_householdmember h
          WHERE h.person_id IN (SELECT id FROM record) AND /* h then */)
SELECT family.id, family.number, family.label, family.county, family.recorded_at,
  (SELECT jsonb_build_object('number', f.number, 'label', f.label) FROM people_family f
    WHERE f.id = family.continues_id),
  (SELECT jsonb_agg(jsonb_build_object('number', f.number, 'label', f.label) ORDER BY f.number)
     FROM people_family f WHERE f.continues_id = family.id),
  (SELECT jsonb_agg(to_jsonb(r) - 'name_key' ORDER BY r.born_earliest, r.id) FROM record r),
  (SELECT jsonb_agg(jsonb_build_object('person', w.person_id, 'kind', w.kind, 'words', w.words, 'pairs', w.go_in_pairs,
                                       'since', w.since_on) ORDER BY w.go_in_pairs DESC, w.id)
     FROM people_workerrisk w WHERE w.until_on IS NULL AND w.person_id IN (SELECT id FROM record)),
  (SELECT jsonb_agg(jsonb_build_object('person', s.person_id, 'ask', s.ask_whom) ORDER BY s.since_at)
     FROM people_shield s WHERE s.until_at IS NULL AND s.person_id IN (SELECT id FROM record)),
  (SELECT jsonb_agg(jsonb_build_object('home', h.id, 'source', h.source, 'person', m.person_id, 'name', p.name,
                                       'name_kind', p.name_kind, 'identity', p.identity_id,
                                       'since', m.since_on,
                                       'recorded', (m.recorded_at AT TIME ZONE 'Asia/Taipei')::date,
                                       'born_earliest', p.born_earliest,
                                       'born_latest', p.born_latest, 'about', p.birth_is_approximate)
                    ORDER BY p.born_earliest, p.id)
     FROM people_householdmember m JOIN people_household h ON h.id = m.household_id
     JOIN people_person p ON p.id = m.person_id
    WHERE /* m then */ AND m.household_id IN (SELECT household_id FROM roof)),
  (SELECT jsonb_agg(jsonb_build_object('person', k.person_id, 'relation', k.relation, 'to', k.to_id,
                                       'source', k.source) ORDER BY k.id)
     FROM people_kinship k WHERE /* k then */
      AND k.person_id IN (SELECT id FROM record) AND k.to_id IN (SELECT id FROM record))
  FROM family
"""
_THEN = re.compile(r"/\* (\w) then \*/")
NOW_SQL = _THEN.sub(r"\1.until_on IS NULL", FAMILY_SQL)
THEN_SQL = _THEN.sub(
    r"(\1.until_on IS NULL OR \1.until_on > %(on)s) AND (\1.since_on IS NULL OR \1.since_on <= %(on)s)", FAMILY_SQL
)
"""As it was on a day: whoever was counted in, lived there and was related then. What has no first day, held always."""


@dataclass(frozen=True)
class FamilyPage:
    id: UUID
    number: str
    label: str
    county: str
    continues: tuple[str, str] | None
    continued_by: tuple[tuple[str, str], ...]
    opened: str
    homes: tuple[str, ...]
    """One sentence a household, the most trusted source first."""
    languages: tuple[str, ...]
    alerts: tuple[Alert, ...]
    people: tuple[FamilyPerson, ...]
    picture: Layout
    relations: dict[UUID, str]
    """What each person is to others, as a phrase."""
    unsure: dict[UUID, str]
    """What is not known, or told differently by two sources, of how a person belongs here."""


def family_page(viewer: Viewer, number: str, on: date | None = None) -> FamilyPage:
    """The family as far as the viewer reads it, now or as it was `on` a day.

    Who is outside his reach is not there at all, nor counted. Ages are those of the day; what is dangerous, and whose
    door is closed, is told as of now.
    """
    with connection.cursor() as cursor:
        cursor.execute(THEN_SQL if on else NOW_SQL, {"number": number, "on": on})
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這一家。"))
    parts = [json.loads(part) if isinstance(part, str) else part for part in row[5:]]
    before, after, records, risks, shields, roofs, edges = parts
    key_of = {one["id"]: one["identity_id"] for one in records or []}
    sealed = {key_of[one["person"]]: one["ask"] for one in shields or []}
    at_home, homes = homes_of(roofs or [])
    records = [one for one in records or [] if was_there(one, on)]
    people = people_of(records, at_home, sealed, on)
    return FamilyPage(
        id=row[0],
        number=row[1],
        label=row[2],
        county=row[3],
        continues=(before["number"], before["label"]) if before else None,
        continued_by=tuple((one["number"], one["label"]) for one in after or []),
        opened=words.day_words(clock.local(row[4]).date()),
        homes=homes,
        languages=languages_of(records),
        alerts=alerts_of(risks or [], sealed, {str(one.key): one.name for one in people}, key_of),
        people=people,
        picture=picture_of(people, records, edges or [], key_of),
        relations=relations_of(edges or [], key_of, {str(one.key): one for one in people}),
        unsure=unsure_of(edges or [], key_of, {str(one.key): one for one in people}),
    )


def member_ids(viewer: Viewer, family_id: UUID) -> tuple[UUID, ...]:
    """Records counted in now that the viewer reads."""
    rows = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True).order_by("since_on", "id")
    return tuple(rows.values_list("person_id", flat=True))
