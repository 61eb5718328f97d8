"""A file of no side whose clients all stand on the other side of a case belongs to that side: no plan, lead or family."""

from django.db import migrations

PARTNERS = """
CREATE OR REPLACE FUNCTION cases_partners(family uuid) RETURNS TABLE (case_id uuid, worker_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.acting_worker_id FROM matters_matter m JOIN cases_case c ON c.id = m.id
   WHERE m.family_id = family AND m.ended_at IS NULL AND m.acting_worker_id IS NOT NULL
     AND NOT cases_serves_other_party(c.id)
$$;
"""
JOIN = """
CREATE OR REPLACE FUNCTION cases_family_to_join(typed text, of_case uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH mine AS (
    SELECT g.file_id, g.zones FROM access_grant g
     WHERE g.holder = ANY (access_keys()) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
  SELECT f.id
    FROM people_family f
    JOIN matters_matter m ON m.id = of_case AND m.ended_at IS NULL AND m.county = f.county
   WHERE f.number = typed
     AND EXISTS (SELECT 1 FROM mine WHERE file_id = of_case AND 'case' = ANY (zones))
     AND (NOT EXISTS (SELECT 1 FROM matters_matter x WHERE x.family_id = f.id)
       OR EXISTS (SELECT 1 FROM matters_matter x JOIN mine ON mine.file_id = x.id WHERE x.family_id = f.id)
       OR (NOT cases_serves_other_party(of_case) AND EXISTS (
            SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
              JOIN people_person q ON q.identity_id = p.identity_id
              JOIN people_familymember k ON k.person_id = q.id AND k.family_id = f.id AND k.until_on IS NULL
             WHERE s.matter_id = of_case AND s.until_on IS NULL)))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_who_leads_the_family")]
    operations = [
        migrations.RunSQL(PARTNERS, migrations.RunSQL.noop),
        migrations.RunSQL(JOIN, migrations.RunSQL.noop),
    ]
