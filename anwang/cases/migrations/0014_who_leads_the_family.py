"""Who leads a family, for whoever serves it on the victim's side: a name and a number, nothing of plan or list."""

from django.db import migrations

SERVES = """
-- Whether a file stands on the other party's side: opened there, or of no side (心衛, 自殺關懷, 毒防) with nobody in it
-- but people who stand on the other side of another file, under any record of theirs.
CREATE FUNCTION cases_serves_other_party(of_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.circle = 'other' OR (c.circle = 'neutral'
     AND EXISTS (SELECT 1 FROM cases_casesubject s
                  WHERE s.matter_id = c.id AND s.until_on IS NULL AND s.person_id IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
                      WHERE s.matter_id = c.id AND s.until_on IS NULL
                        AND NOT EXISTS (SELECT 1 FROM people_person q JOIN access_involvement i ON i.person_id = q.id
                                         WHERE q.identity_id = p.identity_id AND i.circle = 'other'
                                           AND i.file_id <> c.id)))
    FROM cases_case c WHERE c.id = of_case
$$;
"""
LEADS = """
-- One row for a viewer with a live grant on an open case of the family that is not of the other party's side, or on the
-- coordination itself; nothing for anybody else, alike whether there is a lead or not.
CREATE FUNCTION cases_family_lead(family uuid) RETURNS TABLE (
  id uuid, number text, unit_id uuid, unit text, unit_en text, worker_id uuid, worker text, worker_en text, phone text,
  county text, inputs jsonb, rule_id text, opened_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.number, u.id, u.name, u.name_en, w.id, coalesce(w.name, ''), coalesce(w.name_en, ''),
         coalesce(nullif(w.phone, ''), u.phone), m.county, c.inputs, c.rule_id, c.opened_at
    FROM matters_matter m JOIN cases_coordination c ON c.id = m.id
    JOIN directory_unit u ON u.id = m.acting_unit_id LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
   WHERE m.family_id = family AND m.ended_at IS NULL
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.holder = ANY ((SELECT access_keys())::text[])
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
       AND g.file_id IN (SELECT m.id UNION ALL
         SELECT o.id FROM matters_matter o JOIN cases_case d ON d.id = o.id
          WHERE o.family_id = family AND o.ended_at IS NULL AND NOT cases_serves_other_party(d.id)))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_placed_elsewhere")]
    operations = [
        migrations.RunSQL(SERVES, "DROP FUNCTION cases_serves_other_party"),
        migrations.RunSQL(LEADS, "DROP FUNCTION cases_family_lead"),
    ]
