"""限閱案件: files that only named readers see, for a time; and what is closed to a viewer, as one list of files.

A file is closed to whoever is barred from a person in it (`access_bar`), and, while it is restricted, to whoever is not
named. The list is worked out once a request and hides the grants themselves, so every policy and every function that
asks a grant obeys it.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7

REASONS = [("staff_relative", "同仁或其親屬"), ("public_figure", "公眾人物"), ("media", "媒體關注"), ("other", "其他")]
CLOSED = """
CREATE OR REPLACE FUNCTION access_closed_to(who uuid, at timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF who IS NULL THEN RETURN '{}'; END IF;
  RETURN (SELECT coalesce(array_agg(DISTINCT c.file_id), '{}') FROM (
    SELECT r.file_id FROM access_restriction r
     WHERE r.starts_at <= at AND r.until_at > at AND (r.ended_at IS NULL OR r.ended_at > at)
       AND NOT EXISTS (SELECT 1 FROM access_restrictionreader n WHERE n.restriction_id = r.id AND n.worker_id = who
                          AND n.since_at <= at AND (n.until_at IS NULL OR n.until_at > at))
    UNION ALL
    SELECT i.file_id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
      JOIN access_involvement i ON i.person_id = q.id
     WHERE p.id = ANY (access_barred_to(who, at))) c);
END $$;
-- A definer function, because a policy on readers asks the restriction and would ask itself.
CREATE FUNCTION access_restrictions_read() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(n.restriction_id), '{}') FROM access_restrictionreader n
           WHERE n.worker_id = access_worker() AND n.until_at IS NULL);
END $$;

CREATE TRIGGER forget_keys AFTER INSERT OR UPDATE OR DELETE ON access_restriction
  FOR EACH STATEMENT EXECUTE FUNCTION access_forget_keys();
CREATE TRIGGER forget_keys AFTER INSERT OR UPDATE OR DELETE ON access_restrictionreader
  FOR EACH STATEMENT EXECUTE FUNCTION access_forget_keys();
CREATE TRIGGER forget_keys AFTER INSERT OR UPDATE OR DELETE ON access_bar
  FOR EACH STATEMENT EXECUTE FUNCTION access_forget_keys();
"""
RIGHTS = """
ALTER TABLE access_restriction ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_restriction FOR SELECT USING (
  kept_by && (SELECT access_keys())::varchar[] OR (SELECT access_service()) = 'restrictions'
  OR id = ANY ((SELECT access_restrictions_read())::uuid[]));
CREATE POLICY writes ON access_restriction FOR INSERT WITH CHECK (kept_by && (SELECT access_keys())::varchar[]);
CREATE POLICY changes ON access_restriction FOR UPDATE USING (kept_by && (SELECT access_keys())::varchar[])
  WITH CHECK (true);
REVOKE UPDATE, DELETE ON access_restriction, access_restrictionreader FROM anwang_app;
GRANT UPDATE (agreed_by, until_at, ended_at, ended_by, ended_because) ON access_restriction TO anwang_app;
GRANT UPDATE (until_at) ON access_restrictionreader TO anwang_app;
ALTER TABLE access_restrictionreader ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_restrictionreader FOR SELECT USING ((SELECT access_known()));
CREATE POLICY writes ON access_restrictionreader FOR INSERT WITH CHECK (EXISTS (
  SELECT 1 FROM access_restriction r WHERE r.id = restriction_id AND r.kept_by && (SELECT access_keys())::varchar[]));
CREATE POLICY changes ON access_restrictionreader FOR UPDATE USING (EXISTS (
  SELECT 1 FROM access_restriction r WHERE r.id = restriction_id AND r.kept_by && (SELECT access_keys())::varchar[]))
  WITH CHECK (true);
"""
# Looking somebody up past the grants tells nothing of a closed file, nor that somebody stands in one alone.
LOOKING_UP = """
DO $do$
DECLARE said text; now_said text;
BEGIN
  said := pg_get_functiondef('people_lookup_for_call'::regproc);
  now_said := replace(replace(said,
    'ON p.id = hit.person_id AND NOT p.is_restricted', 'ON p.id = hit.person_id AND NOT p.is_restricted'
    ' AND (NOT EXISTS (SELECT 1 FROM access_involvement z WHERE z.person_id = p.id AND z.file_id = ANY (access_closed()))'
    ' OR EXISTS (SELECT 1 FROM access_involvement z WHERE z.person_id = p.id AND z.file_id <> ALL (access_closed())))'),
    'mt.id = i.file_id AND mt.id <> for_file', 'mt.id = i.file_id AND mt.id <> for_file AND mt.id <> ALL (access_closed())');
  ASSERT length(now_said) - length(said) > 250, 'the look-up is not as it was';
  EXECUTE now_said;
  said := pg_get_functiondef('cases_involvement_before'::regproc);
  now_said := replace(said, 'JOIN access_involvement i ON i.person_id = a.record_id',
    'JOIN access_involvement i ON i.person_id = a.record_id AND i.file_id <> ALL ((SELECT access_closed())::uuid[])');
  ASSERT now_said <> said, 'the question is not as it was';
  EXECUTE now_said;
END $do$;
"""


class Migration(migrations.Migration):
    """Not undone, like 0009."""

    dependencies = [("access", "0009_claims"), ("people", "0011_enough_found"), ("cases", "0020_listed_again")]
    operations = [
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("reason", models.CharField(choices=REASONS, max_length=16)),
                ("kept_by", django.contrib.postgres.fields.ArrayField(models.CharField(max_length=80), size=None)),
                ("asked_by", models.UUIDField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("wished_until_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=16)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(reason__in=[code for code, _name in REASONS]),
                        name="restriction_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("asked_by")),
                        name="restriction_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until_at__gt=models.F("starts_at"))
                        & models.Q(until_at__lte=models.F("wished_until_at")),
                        name="restriction_has_an_end",
                    ),
                ],
                "indexes": [models.Index(fields=["until_at"], name="restrictions_by_end")],
            },
        ),
        migrations.CreateModel(
            name="RestrictionReader",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("worker_id", models.UUIDField()),
                ("named_by", models.UUIDField()),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.restriction"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("restriction", "worker_id"),
                        name="reader_named_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE access_restriction ADD CONSTRAINT restricted_once EXCLUDE USING gist"
            " (file_id WITH =, tstzrange(starts_at, coalesce(ended_at, until_at)) WITH &&)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(CLOSED + RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(LOOKING_UP, migrations.RunSQL.noop),
    ]
