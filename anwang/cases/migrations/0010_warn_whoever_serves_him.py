"""The warning reaches whoever serves the other party, on whatever side his file was opened."""

from django.db import migrations

WARN = """
-- For whoever has a live grant on an open file of the other party's side, where a file of the victim's side of the same
-- report or family is open; and on a file of no side (心衛, 自殺關懷, 毒防) whose client stands on the other side of an
-- open case or of the report it arose from: what to beware of in the subjects (kinds only, to public units only), and the county's
-- neutral contact. Never who, where, by whom reported, which unit leads. No row in every other case.
CREATE OR REPLACE FUNCTION cases_other_side(of_case uuid)
RETURNS TABLE (risks text[], unit_name text, unit_name_en text, unit_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT 1 FROM directory_unit u, unnest(access_keys()) k(key)
                            WHERE u.is_public AND k.key LIKE 'u:' || u.id || '/%')
              THEN ARRAY(SELECT DISTINCT r.kind::text FROM cases_casesubject s
                           JOIN people_person p ON p.id = s.person_id
                           JOIN people_person q ON q.identity_id = p.identity_id
                           JOIN people_workerrisk r ON r.person_id = q.id AND r.until_on IS NULL
                          WHERE s.matter_id = m.id AND s.until_on IS NULL AND (s.role = 'other_party' OR EXISTS (
                                 SELECT 1 FROM access_involvement i WHERE i.person_id = q.id AND i.circle = 'other'))
                            AND r.kind IN ('weapon', 'threat', 'violence') ORDER BY 1)
              ELSE '{}'::text[] END,
         n.name::text, n.name_en::text, n.phone::text
    FROM matters_matter m JOIN cases_case c ON c.id = m.id AND c.circle IN ('other', 'neutral')
    LEFT JOIN LATERAL (SELECT u.name, u.name_en, u.phone FROM directory_unit u
                        WHERE u.jurisdiction_id = m.county AND u.kind IN ('intake', 'county') AND u.closed_on IS NULL
                        ORDER BY u.kind DESC, u.code LIMIT 1) n ON true
   WHERE m.id = of_case AND m.ended_at IS NULL
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY (access_keys())
                    AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
     AND CASE WHEN c.circle = 'other' THEN
           EXISTS (SELECT 1 FROM matters_matter v JOIN cases_case vc ON vc.id = v.id AND vc.circle = 'victim'
                    WHERE v.ended_at IS NULL AND v.id <> m.id
                      AND (v.arose_from_id = m.arose_from_id OR v.family_id = m.family_id))
         ELSE
           EXISTS (SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
                     JOIN people_person q ON q.identity_id = p.identity_id
                     JOIN access_involvement i ON i.person_id = q.id AND i.circle = 'other'
                     JOIN matters_matter v ON (v.id = i.file_id OR v.arose_from_id = i.file_id) AND v.ended_at IS NULL
                      AND v.id <> m.id
                     JOIN cases_case vc ON vc.id = v.id AND vc.circle <> 'other'
                    WHERE s.matter_id = m.id AND s.until_on IS NULL) END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_joining_families_and_warning")]
    operations = [migrations.RunSQL(WARN, migrations.RunSQL.noop)]
