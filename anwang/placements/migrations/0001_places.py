"""Places, who is where, who waits; counting without saying who."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# How many are at a place at an instant, and how many it has and may not use: numbers, never who. For everybody who may
# see supply; the rows themselves are read in the safety zone only.
COUNTS = """
CREATE FUNCTION placements_taken(of_provider uuid, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM placements_stay s
   WHERE s.provider_id = of_provider AND s.from_at <= at AND (s.until_at IS NULL OR s.until_at > at)
$$;
CREATE FUNCTION placements_room(of_provider uuid, at timestamptz, OUT places bigint, OUT closed bigint, OUT taken bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH today AS (SELECT ((at - interval '1 microsecond') AT TIME ZONE 'Asia/Taipei')::date AS day)
  SELECT coalesce((SELECT l.places FROM placements_licence l, today WHERE l.provider_id = of_provider AND l.from_on <= day
                    ORDER BY l.from_on DESC, l.recorded_at DESC LIMIT 1), 0)::bigint,
         coalesce((SELECT sum(c.places) FROM placements_closure c, today WHERE c.provider_id = of_provider
                     AND c.from_on <= day AND (c.until_on IS NULL OR c.until_on >= day)), 0)::bigint,
         placements_taken(of_provider, at)
$$;
CREATE POLICY her_side ON placements_stay AS RESTRICTIVE FOR SELECT USING (protection_opens(person_id));
"""
COUNTS_DOWN = "DROP POLICY her_side ON placements_stay; DROP FUNCTION placements_room; DROP FUNCTION placements_taken;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("protection", "0004_disputed_words"),
        ("cases", "0022_changes_refusals_and_rulings"),
        ("matters", "0019_referrals_notices_and_lead_of_a_person"),
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Provider",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("kind", models.CharField(max_length=24)),
                ("handle", models.CharField(max_length=24)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("is_secret", models.BooleanField()),
                (
                    "takes",
                    models.CharField(
                        choices=[("anybody", "不分性別"), ("female", "只收女性"), ("male", "只收男性")],
                        default="anybody",
                        max_length=8,
                    ),
                ),
                ("age_from", models.PositiveSmallIntegerField(default=0)),
                ("age_to", models.PositiveSmallIntegerField(null=True)),
                (
                    "suited",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["county", "kind"], name="places_by_county_and_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("county", "handle"), name="place_has_one_handle_in_a_county"),
                    models.CheckConstraint(
                        condition=models.Q(("handle", ""), _negated=True), name="place_has_a_handle"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False), models.Q(("name", ""), ("phone", "")), _connector="OR"
                        ),
                        name="secret_place_is_nameless",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_to__isnull", True), ("age_to__gte", models.F("age_from")), _connector="OR"
                        ),
                        name="place_ages_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="place_ends_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("places", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.provider"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["provider", "from_on"], name="licences_of_place")],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("places", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("because", models.CharField(max_length=24)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.provider"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["provider"], name="closures_of_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("places__gt", 0), models.Q(("because", ""), _negated=True)),
                        name="closure_of_places_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="closure_of_places_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("moved_because", models.CharField(blank=True, max_length=24)),
                ("over_because", models.CharField(blank=True, max_length=24)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.placement"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.provider"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["provider"], name="stays_at_place"),
                    models.Index(fields=["case"], name="stays_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("placement",),
                        name="placed_at_one_place_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="stay_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(blank=True, max_length=24)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("is_urgent", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=200)),
                ("since_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=24)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case"], name="waits_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case", "person"),
                        name="waits_for_a_place_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(
                                ("ended_at__gte", models.F("since_at")),
                                ("ended_at__isnull", False),
                                models.Q(("ended_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_wait_says_how",
                    ),
                ],
            },
        ),
        protect("placements_stay", file="case_id", zone="safety", update=True),
        protect("placements_waiting", file="case_id", update=True),
        append_only("placements_licence"),
        migrations.RunSQL(
            "REVOKE DELETE ON placements_provider, placements_closure FROM anwang_app", migrations.RunSQL.noop
        ),
        migrations.RunSQL(COUNTS, COUNTS_DOWN),
    ]
