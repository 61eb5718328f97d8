"""A case finds the family it may be attached to by its number; the other party's side is warned, and told nothing else."""

from django.db import migrations

JOIN = """
-- The family with this number, for attaching an open case the viewer works on: one of the same county in which nobody
-- has a file yet, or that the viewer may know of, or in which a subject of the case is counted already. A case of the
-- other party's side finds none through its subjects.
CREATE FUNCTION cases_family_to_join(typed text, of_case uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH mine AS (
    SELECT g.file_id, g.zones FROM access_grant g
     WHERE g.holder = ANY (access_keys()) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
  SELECT f.id
    FROM people_family f
    JOIN matters_matter m ON m.id = of_case AND m.ended_at IS NULL AND m.county = f.county
    JOIN cases_case c ON c.id = m.id
   WHERE f.number = typed
     AND EXISTS (SELECT 1 FROM mine WHERE file_id = of_case AND 'case' = ANY (zones))
     AND (NOT EXISTS (SELECT 1 FROM matters_matter x WHERE x.family_id = f.id)
       OR EXISTS (SELECT 1 FROM matters_matter x JOIN mine ON mine.file_id = x.id WHERE x.family_id = f.id)
       OR (c.circle <> 'other' AND EXISTS (
            SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
              JOIN people_person q ON q.identity_id = p.identity_id
              JOIN people_familymember k ON k.person_id = q.id AND k.family_id = f.id AND k.until_on IS NULL
             WHERE s.matter_id = of_case AND s.until_on IS NULL)))
$$;
"""
WARN = """
-- For whoever has a live grant on an open file of the other party's side, where a file of the victim's side of the same
-- report or family is open: what to beware of in the subjects (kinds only, to public units only), and the county's
-- neutral contact. Never who, where, by whom reported, which unit leads. No row in every other case.
CREATE FUNCTION cases_other_side(of_case uuid)
RETURNS TABLE (risks text[], unit_name text, unit_name_en text, unit_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT 1 FROM directory_unit u, unnest(access_keys()) k(key)
                            WHERE u.is_public AND k.key LIKE 'u:' || u.id || '/%')
              THEN ARRAY(SELECT DISTINCT r.kind::text FROM cases_casesubject s
                           JOIN people_person p ON p.id = s.person_id
                           JOIN people_person q ON q.identity_id = p.identity_id
                           JOIN people_workerrisk r ON r.person_id = q.id AND r.until_on IS NULL
                          WHERE s.matter_id = m.id AND s.until_on IS NULL AND s.role = 'other_party'
                            AND r.kind IN ('weapon', 'threat', 'violence') ORDER BY 1)
              ELSE '{}'::text[] END,
         n.name::text, n.name_en::text, n.phone::text
    FROM matters_matter m JOIN cases_case c ON c.id = m.id AND c.circle = 'other'
    LEFT JOIN LATERAL (SELECT u.name, u.name_en, u.phone FROM directory_unit u
                        WHERE u.jurisdiction_id = m.county AND u.kind IN ('intake', 'county') AND u.closed_on IS NULL
                        ORDER BY u.kind DESC, u.code LIMIT 1) n ON true
   WHERE m.id = of_case AND m.ended_at IS NULL
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY (access_keys())
                    AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
     AND EXISTS (SELECT 1 FROM matters_matter v JOIN cases_case vc ON vc.id = v.id AND vc.circle = 'victim'
                  WHERE v.ended_at IS NULL AND v.id <> m.id
                    AND (v.arose_from_id = m.arose_from_id OR v.family_id = m.family_id))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_family_plan")]
    operations = [
        migrations.RunSQL(JOIN, "DROP FUNCTION cases_family_to_join"),
        migrations.RunSQL(WARN, "DROP FUNCTION cases_other_side"),
    ]
