"""Searching for missing children: what only grows, who reads it, and what never goes on a list of the police."""

import django.db.models.deletion
from django.db import migrations, models

from anwang.access.rls import protect
from anwang.audit.tables import append_only
from anwang.cases.states import SearchEnd
from anwang.foundation.uuid7 import uuid7

LISTS = """
-- Whether something speaks against telling the police where this child is being looked for: a shield or a hiding place
-- of his or of anybody in the same case or family, a case of any other kind than a vulnerable family about any of
-- them, a report about them that nobody has decided. Minutes of 2018-06-26, part 8 no. 5: whoever hunts her may read
-- what the police read. Private to the functions below.
CREATE FUNCTION cases_search_is_marked(of_search uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH here AS (SELECT s.matter_id, s.person_id FROM cases_search s WHERE s.id = of_search),
  around AS (
    SELECT person_id FROM here
    UNION SELECT c.person_id FROM cases_casesubject c JOIN here USING (matter_id) WHERE c.person_id IS NOT NULL
    UNION SELECT i.person_id FROM access_involvement i JOIN here ON i.file_id = here.matter_id
    UNION SELECT f.person_id FROM people_familymember f JOIN matters_matter m ON m.family_id = f.family_id
            JOIN here ON here.matter_id = m.id WHERE f.until_on IS NULL),
  everyone AS (
    SELECT q.id AS person_id FROM around a JOIN people_person p ON p.id = a.person_id
      JOIN people_person q ON q.identity_id = p.identity_id)
  SELECT EXISTS (SELECT 1 FROM people_shield h JOIN everyone USING (person_id) WHERE h.until_at IS NULL)
      OR EXISTS (SELECT 1 FROM people_safetyaddress a JOIN everyone USING (person_id))
      OR EXISTS (SELECT 1 FROM people_person p JOIN everyone e ON e.person_id = p.id WHERE p.is_restricted)
      OR EXISTS (SELECT 1 FROM access_involvement i JOIN everyone USING (person_id)
                   JOIN cases_case c ON c.id = i.file_id WHERE c.kind <> 'vulnerable_family')
      OR EXISTS (SELECT 1 FROM access_involvement i JOIN everyone USING (person_id)
                   JOIN matters_matter m ON m.id = i.file_id WHERE m.kind = 'report' AND m.ended_at IS NULL)
$$;
REVOKE EXECUTE ON FUNCTION cases_search_is_marked FROM PUBLIC;

-- Whether the viewer exchanges lists with the police for his county now.
CREATE FUNCTION cases_lists_with_police(OUT county text, OUT worker uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.jurisdiction_id, p.worker_id FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
   WHERE p.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND p.started_at <= access_at()
     AND (p.ended_at IS NULL OR p.ended_at > access_at())
     AND p.role IN ('screening_supervisor', 'duty_supervisor') ORDER BY p.started_at LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION cases_lists_with_police FROM PUBLIC;

-- The children of the viewer's county who may stand on a list now.
CREATE FUNCTION cases_listable_searches()
RETURNS TABLE (search_id uuid, matter_id uuid, number text, name text, name_kind text, sex text, born date,
               missing_since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.matter_id, s.number::text, p.name::text, p.name_kind::text, p.sex::text,
         CASE WHEN p.born_earliest = p.born_latest THEN p.born_earliest END, s.missing_since
    FROM cases_lists_with_police() v JOIN matters_matter m ON m.county = v.county
    JOIN cases_search s ON s.matter_id = m.id AND s.ended_at IS NULL JOIN people_person p ON p.id = s.person_id
   WHERE NOT cases_search_is_marked(s.id) ORDER BY s.missing_since, s.number
$$;

-- Of those listed, which still hold. One that does not says nothing of why.
CREATE FUNCTION cases_listed_still(searches uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(l.search_id), '{}') FROM cases_listable_searches() l WHERE l.search_id = ANY (searches)
$$;

-- Whose search agrees with a line of the police: number, or name and day of birth. For the action that tells the
-- worker; the answer is never shown to whoever brought the line.
CREATE FUNCTION cases_sighted(q_name text, q_id bytea, q_born date) RETURNS TABLE (search_id uuid, matter_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT s.id, s.matter_id, s.person_id
    FROM cases_lists_with_police() v, cases_search s JOIN people_person p ON p.id = s.person_id
    JOIN people_person q ON q.identity_id = p.identity_id
   WHERE s.ended_at IS NULL
     AND ((q_name <> '' AND q.name_key = q_name AND q_born BETWEEN q.born_earliest AND q.born_latest)
       OR (q_id <> '' AND EXISTS (SELECT 1 FROM people_identifier i WHERE i.person_id = q.id AND i.lookup = q_id)))
$$;

-- For whoever reads the case: whether this search is compared here only and never listed.
CREATE FUNCTION cases_search_stays_here(of_search uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT cases_search_is_marked(of_search) WHERE EXISTS (
    SELECT 1 FROM cases_search s JOIN access_grant g ON g.file_id = s.matter_id
     WHERE s.id = of_search AND g.holder = ANY (access_keys()) AND 'case' = ANY (g.zones)
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
$$;
"""
LISTS_DOWN = """
DROP FUNCTION cases_search_stays_here; DROP FUNCTION cases_sighted; DROP FUNCTION cases_listed_still;
DROP FUNCTION cases_listable_searches; DROP FUNCTION cases_lists_with_police; DROP FUNCTION cases_search_is_marked;
"""


def _id() -> models.UUIDField:
    return models.UUIDField(default=uuid7, primary_key=True, serialize=False)


def _key(to: str, *, one: bool = False) -> models.Field:
    kind = models.OneToOneField if one else models.ForeignKey
    return kind(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


def _named(name: str, condition: models.Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


SEARCH = migrations.CreateModel(
    name="Search",
    fields=[
        ("id", _id()),
        ("number", models.CharField(max_length=16, unique=True)),
        ("missing_since", models.DateTimeField()),
        ("last_known", models.TextField(blank=True)),
        ("begun_at", models.DateTimeField()),
        ("begun_by", models.UUIDField()),
        ("recorded_at", models.DateTimeField()),
        ("ended_at", models.DateTimeField(null=True)),
        ("ended_how", models.CharField(blank=True, choices=SearchEnd.choices, max_length=12)),
        ("ended_words", models.TextField(blank=True)),
        ("ended_by", models.UUIDField(null=True)),
        ("matter", _key("matters.matter")),
        ("person", _key("people.person")),
    ],
    options={
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter", "person"),
                name="one_search_at_a_time",
            ),
            _named(
                "ended_search_says_how",
                models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_how", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_how__in", SearchEnd.values),
                        models.Q(("ended_words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
            ),
            _named("search_begins_after_he_is_missing", models.Q(("begun_at__gte", models.F("missing_since")))),
        ],
        "indexes": [models.Index(fields=["person"], name="searches_of_person")],
    },
)
STEP = migrations.CreateModel(
    name="SearchStep",
    fields=[
        ("id", _id()),
        ("step", models.CharField(max_length=24)),
        ("words", models.TextField()),
        ("at", models.DateTimeField()),
        ("by", models.UUIDField()),
        ("recorded_at", models.DateTimeField()),
        ("search", _key("cases.search")),
        ("matter", _key("matters.matter")),
    ],
    options={
        "constraints": [
            _named("search_step_says_what_came_of_it", models.Q(("words", ""), _negated=True)),
        ],
        "indexes": [models.Index(fields=["search", "at"], name="steps_of_search")],
    },
)
LIST = migrations.CreateModel(
    name="PoliceList",
    fields=[
        ("id", _id()),
        ("county", models.CharField(max_length=5)),
        ("made_at", models.DateTimeField()),
        ("made_by", models.UUIDField()),
        ("recorded_at", models.DateTimeField()),
        ("unit", _key("directory.unit")),
    ],
)
LISTED = migrations.CreateModel(
    name="PoliceListed",
    fields=[
        ("id", _id()),
        ("search_id", models.UUIDField()),
        ("number", models.CharField(max_length=16)),
        ("taken_back_at", models.DateTimeField(null=True)),
        ("taken_back_by", models.UUIDField(null=True)),
        ("of_list", _key("cases.policelist")),
    ],
    options={
        "constraints": [
            models.UniqueConstraint(fields=("of_list", "search_id"), name="listed_once"),
            _named(
                "taken_back_by_somebody",
                models.Q(
                    models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                    models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                    _connector="OR",
                ),
            ),
        ]
    },
)
SIGHTING = migrations.CreateModel(
    name="Sighting",
    fields=[
        ("id", _id()),
        ("words", models.TextField()),
        ("at", models.DateTimeField()),
        ("by", models.UUIDField()),
        ("recorded_at", models.DateTimeField()),
        ("search", _key("cases.search")),
        ("matter", _key("matters.matter")),
    ],
)
CHECKED = migrations.CreateModel(
    name="SightingChecked",
    fields=[
        ("id", _id()),
        ("words", models.TextField()),
        ("at", models.DateTimeField()),
        ("by", models.UUIDField()),
        ("sighting", _key("cases.sighting", one=True)),
        ("matter", _key("matters.matter")),
    ],
    options={
        "constraints": [_named("checked_sighting_says_what", models.Q(("words", ""), _negated=True))],
    },
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_news_after_all"),
        ("people", "0006_former_names"),
        ("directory", "0002_names_as_read"),
        ("matters", "0008_whom_it_is_about"),
    ]
    operations = [
        SEARCH, STEP, LIST, LISTED, SIGHTING, CHECKED,
        protect("cases_search", update=True),
        protect("cases_searchstep"),
        protect("cases_sighting"),
        protect("cases_sightingchecked"),
        *(append_only(f"cases_{table}") for table in ("searchstep", "policelist", "sighting", "sightingchecked")),
        migrations.RunSQL(LISTS, LISTS_DOWN),
    ]  # fmt: skip
