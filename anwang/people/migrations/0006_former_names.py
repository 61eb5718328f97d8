"""A name that stood before a correction is found by whoever reads the person, through its key."""

from django.db import migrations, models

from anwang.foundation import names

# Standing rows get their key too: the table only grows, so the lock is lifted for this one statement.
OPEN = "ALTER TABLE people_correction DISABLE TRIGGER append_only"
SHUT = "ALTER TABLE people_correction ENABLE TRIGGER append_only"


def fill_keys(apps, schema_editor):  # type: ignore[no-untyped-def]
    """A code has no key; every other former name has."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM people_correction WHERE name <> '' AND name_kind <> 'code'")
        keys = [(names.search_key(name), key) for key, name in cursor.fetchall()]
        if keys:
            cursor.execute(OPEN)
            cursor.executemany("UPDATE people_correction SET name_key = %s WHERE id = %s", keys)
            cursor.execute(SHUT)


INDEX = """
CREATE INDEX correction_name_trigrams ON people_correction USING gin (name_key gin_trgm_ops) WHERE name_key <> '';
"""

# Only where the viewer reads the person: a look-up for a call goes by the name that stands.
FINDING = """
CREATE FUNCTION people_once_named(q_name text) RETURNS TABLE (person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE keys text[] := access_keys(); seen timestamptz := access_at();
BEGIN
  IF q_name = '' THEN RETURN; END IF;
  RETURN QUERY
  SELECT DISTINCT c.person_id FROM people_correction c
   WHERE c.name_key <> '' AND c.name_key LIKE people_pattern(q_name)
     AND EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                  WHERE i.person_id = c.person_id AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
                    AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
   LIMIT 50;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_corrections")]
    operations = [
        migrations.AddField("correction", "name_key", models.CharField(blank=True, default="", max_length=120)),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "correction",
            models.CheckConstraint(
                condition=~models.Q(name_kind="code") | models.Q(name_key=""), name="former_code_is_not_searchable"
            ),
        ),
        migrations.RunSQL(INDEX, "DROP INDEX correction_name_trigrams"),
        migrations.RunSQL(FINDING, "DROP FUNCTION people_once_named"),
    ]
