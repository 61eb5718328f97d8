"""Whom a worker may not read whatever he was granted: himself and his relatives."""

from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.planned import planned

# Definer functions, because nobody reads the table: not even that there is something he may not read.
UP = """
ALTER TABLE access_bar ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_bar FOR SELECT USING (nullif(current_setting('anwang.service', true), '') = 'oversight');
REVOKE INSERT, UPDATE, DELETE ON access_bar FROM anwang_app;

CREATE FUNCTION access_barred_to(who uuid, at timestamptz) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT b.person_id), '{}') FROM access_bar b
   WHERE b.worker_id = who AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at)
$$;
CREATE FUNCTION access_barred() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT access_barred_to(nullif(current_setting('anwang.worker', true), '')::uuid, access_at())
$$;
CREATE FUNCTION access_barred_files() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT i.file_id), '{}') FROM access_involvement i
   WHERE i.person_id = ANY (access_barred())
$$;
"""
DOWN = """
DROP FUNCTION access_barred_files; DROP FUNCTION access_barred; DROP FUNCTION access_barred_to;
DROP POLICY reads ON access_bar; ALTER TABLE access_bar DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_files_are_many")]
    operations = [
        migrations.CreateModel(
            name="Bar",
            fields=[
                (
                    "id",
                    models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False),
                ),
                ("worker_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("because", models.CharField(max_length=8)),
                ("because_id", models.UUIDField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("because__in", ["own", "kin"])), name="bar_says_why"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("worker_id", "person_id", "because_id"),
                        name="barred_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(UP, DOWN),
        planned("access_barred_to", "access_barred", "access_barred_files"),
    ]
