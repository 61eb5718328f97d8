"""Programmes of the other party, read on his side; what her side may learn of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect

# What whoever reads a case of her side may learn of the programme that an order registered there orders: how far it is,
# and whether he came the last time. Never contents, place, provider, day or who serves him (家庭暴力防治法第55條第1項).
# The programme is the one of the same court and number for the same man; nothing on either side points to the other.
ACROSS = """
CREATE INDEX programmes_by_number ON treatment_programme (regexp_replace(number, '\\s', '', 'g'));

CREATE FUNCTION treatment_across(of_case uuid) RETURNS TABLE (order_id uuid, progress text, came text, county text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (o.id) o.id,
         CASE WHEN g.outcome = 'completed' THEN 'completed' WHEN g.ended_at IS NOT NULL THEN 'not_completed'
              WHEN EXISTS (SELECT 1 FROM treatment_missed x WHERE x.programme_id = g.id AND x.then_at IS NULL) THEN 'stayed_away'
              WHEN EXISTS (SELECT 1 FROM treatment_session s WHERE s.programme_id = g.id AND s.came = 'yes') THEN 'going_on'
              ELSE 'not_begun' END,
         (SELECT s.came::text FROM treatment_session s WHERE s.programme_id = g.id AND s.came IN ('yes', 'no')
           ORDER BY s.starts_at DESC LIMIT 1),
         pm.county::text
    FROM protection_order o JOIN people_person b ON b.id = o.bound_id
    JOIN treatment_programme g ON regexp_replace(g.number, '\\s', '', 'g') = regexp_replace(o.number, '\\s', '', 'g')
     AND regexp_replace(g.court, '\\s', '', 'g') = regexp_replace(o.court, '\\s', '', 'g') AND g.number <> ''
    JOIN matters_matter pm ON pm.id = g.matter_id
    JOIN cases_casesubject c ON c.matter_id = g.matter_id
    JOIN people_person p ON p.id = c.person_id AND (p.identity_id = b.identity_id
      OR (p.name_key = b.name_key AND p.name_key <> '' AND p.born_earliest <= b.born_latest AND p.born_latest >= b.born_earliest)
      OR EXISTS (SELECT 1 FROM people_identifier i JOIN people_identifier j ON j.lookup = i.lookup AND i.lookup <> ''
                  WHERE i.person_id = p.id AND j.person_id = b.id))
   WHERE o.matter_id = of_case AND NOT cases_serves_other_party(of_case)
     AND o.terms && ARRAY['treatment', 'stalker_treatment']::varchar[]
     AND EXISTS (SELECT 1 FROM access_grant a WHERE a.file_id = of_case AND a.holder = ANY (access_keys())
                   AND 'case' = ANY (a.zones) AND a.starts_at <= access_at()
                   AND (a.ends_at IS NULL OR a.ends_at > access_at()))
   ORDER BY o.id, g.received_at DESC
$$;

-- The open files of her side in which the order of a programme is registered. For the act that reminds their workers of
-- a threat; the answer is never shown to whoever serves him.
CREATE FUNCTION treatment_facing(of_programme uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT o.matter_id
    FROM protection_order o JOIN people_person b ON b.id = o.bound_id
    JOIN treatment_programme g ON regexp_replace(g.number, '\\s', '', 'g') = regexp_replace(o.number, '\\s', '', 'g')
     AND regexp_replace(g.court, '\\s', '', 'g') = regexp_replace(o.court, '\\s', '', 'g') AND g.number <> ''
    JOIN matters_matter pm ON pm.id = g.matter_id
    JOIN cases_casesubject c ON c.matter_id = g.matter_id
    JOIN people_person p ON p.id = c.person_id AND (p.identity_id = b.identity_id
      OR (p.name_key = b.name_key AND p.name_key <> '' AND p.born_earliest <= b.born_latest AND p.born_latest >= b.born_earliest)
      OR EXISTS (SELECT 1 FROM people_identifier i JOIN people_identifier j ON j.lookup = i.lookup AND i.lookup <> ''
                  WHERE i.person_id = p.id AND j.person_id = b.id))
    JOIN matters_matter m ON m.id = o.matter_id AND m.ended_at IS NULL
   WHERE g.id = of_programme AND NOT cases_serves_other_party(o.matter_id)
     AND EXISTS (SELECT 1 FROM access_grant a WHERE a.file_id = g.matter_id AND a.holder = ANY (access_keys())
                   AND 'case' = ANY (a.zones) AND a.starts_at <= access_at()
                   AND (a.ends_at IS NULL OR a.ends_at > access_at()))
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0022_changes_refusals_and_rulings"),
        ("protection", "0004_disputed_words"),
        ("matters", "0019_referrals_notices_and_lead_of_a_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=24)),
                ("court", models.CharField(blank=True, max_length=60)),
                ("number", models.CharField(blank=True, max_length=60)),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("complete_by", models.DateField(null=True)),
                ("received_at", models.DateTimeField()),
                ("provider", models.CharField(blank=True, max_length=80)),
                ("begins_on", models.DateField(null=True)),
                ("plan", models.TextField(blank=True)),
                ("planned_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=24)),
                ("outcome_words", models.TextField(blank=True)),
                ("reported_at", models.DateTimeField(null=True)),
                ("reported_to", models.CharField(blank=True, max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("item", models.CharField(max_length=24)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "came",
                    models.CharField(
                        choices=[("unknown", "還沒登錄"), ("yes", "出席"), ("no", "缺席"), ("excused", "請假")],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("marked_at", models.DateTimeField(null=True)),
                ("marked_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.programme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Missed",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("how", models.CharField(max_length=24)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told_to", models.CharField(blank=True, max_length=120)),
                ("told_how", models.CharField(blank=True, max_length=60)),
                ("told_by", models.UUIDField(null=True)),
                ("then", models.CharField(blank=True, max_length=24)),
                ("then_words", models.TextField(blank=True)),
                ("then_at", models.DateTimeField(null=True)),
                ("then_by", models.UUIDField(null=True)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.programme"
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Threat",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("happened_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("warned_at", models.DateTimeField(null=True)),
                ("warned_whom", models.CharField(blank=True, max_length=120)),
                ("warned_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.programme"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(fields=["matter"], name="programmes_of_case"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter",),
                name="one_programme_of_a_case_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("items", []), _negated=True), name="programme_has_items"
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ended_programme_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported_at__isnull", True),
                    models.Q(("ended_at__isnull", False), ("reported_at__gte", models.F("ended_at"))),
                    _connector="OR",
                ),
                name="outcome_reported_after_the_end",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["matter"], name="sessions_of_case"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("programme", "starts_at"), name="one_session_at_a_time"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="session_has_minutes"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came", "unknown"), ("marked_at__isnull", True)),
                    models.Q(models.Q(("came", "unknown"), _negated=True), ("marked_at__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_has_its_instant",
            ),
        ),
        migrations.AddIndex(
            model_name="missed",
            index=models.Index(fields=["programme"], name="missed_of_programme"),
        ),
        migrations.AddConstraint(
            model_name="missed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at__isnull", True), ("told_to", "")),
                    models.Q(("told_at__isnull", False), models.Q(("told_to", ""), _negated=True)),
                    _connector="OR",
                ),
                name="told_of_missing_says_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="missed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("then", ""), ("then_at__isnull", True)),
                    models.Q(
                        ("then_at__isnull", False), ("told_at__isnull", False), models.Q(("then", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="decided_after_told",
            ),
        ),
        migrations.AddIndex(
            model_name="threat",
            index=models.Index(fields=["programme"], name="threats_in_programme"),
        ),
        migrations.AddConstraint(
            model_name="threat",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="threat_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="threat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("warned_at__isnull", True), ("warned_whom", "")),
                    models.Q(("warned_at__isnull", False), models.Q(("warned_whom", ""), _negated=True)),
                    _connector="OR",
                ),
                name="warned_says_whom",
            ),
        ),
        protect("treatment_programme", update=True),
        protect("treatment_session", update=True),
        protect("treatment_missed", update=True),
        protect("treatment_threat", update=True),
        migrations.RunSQL(
            ACROSS, "DROP FUNCTION treatment_facing; DROP FUNCTION treatment_across; DROP INDEX programmes_by_number"
        ),
    ]
