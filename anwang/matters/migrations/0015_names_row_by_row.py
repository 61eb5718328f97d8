"""Whom a file names, as rows that a longer statement takes in: a list of two hundred steps asks once, not row by row."""

from django.db import migrations

from anwang.access.planned import planned

# LANGUAGE sql, STABLE and without SECURITY DEFINER: the planner writes it into the statement that asks, with the asker's
# rights. No row: nobody is entered yet. Empty: somebody is, and the reader may not read the name.
NAMED = """
CREATE FUNCTION matters_named(file uuid) RETURNS TABLE (names text[]) LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(array_agg(t.name ORDER BY t.id) FILTER (WHERE t.is_readable), '{}')
    FROM (SELECT j.id, p.name::text AS name, p.id IS NOT NULL AS is_readable,
                 rank() OVER (ORDER BY array_position(ARRAY['victim', 'neutral', 'other'], j.circle::text)) AS near
            FROM access_involvement j LEFT JOIN people_person p ON p.id = j.person_id
           WHERE j.file_id = file) t
   WHERE t.near = 1 HAVING count(*) > 0
$$
"""
WHOM = """
CREATE OR REPLACE FUNCTION matters_whom(file uuid, subject uuid DEFAULT NULL) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN subject IS NOT NULL THEN ARRAY(SELECT p.name::text FROM people_person p WHERE p.id = subject)
    WHEN m.family_id IS NOT NULL AND m.kind <> 'placement'
    THEN coalesce((SELECT ARRAY[f.label::text] FROM people_family f WHERE f.id = m.family_id), '{}')
    ELSE (%s)
    END
    FROM matters_matter m WHERE m.id = file
$$
"""
BEFORE = """
      SELECT coalesce(array_agg(t.name ORDER BY t.id) FILTER (WHERE t.is_readable), '{}')
        FROM (SELECT j.id, p.name::text AS name, p.id IS NOT NULL AS is_readable,
                     rank() OVER (ORDER BY array_position(ARRAY['victim', 'neutral', 'other'], j.circle::text)) AS near
                FROM access_involvement j LEFT JOIN people_person p ON p.id = j.person_id
               WHERE j.file_id = m.id) t
       WHERE t.near = 1 HAVING count(*) > 0"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_reviews_of_an_emergency_opening")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, WHOM % BEFORE),
        migrations.RunSQL(NAMED, "DROP FUNCTION matters_named"),
        migrations.RunSQL(WHOM % "SELECT n.names FROM matters_named(m.id) n", migrations.RunSQL.noop),
        planned("matters_whom"),
    ]
