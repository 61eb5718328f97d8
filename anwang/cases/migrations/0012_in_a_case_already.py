"""Whom of a case one of the named open cases looks after already."""

from django.db import migrations

ELSEWHERE = """
-- Subjects of a case who are, under any record of the same identity, subjects of another open case of the same county
-- with one of these numbers. Past the grants on purpose: whoever may not read the other case must still be able to name
-- it. A number that does not exist, has ended or is about somebody else gives the same answer: no row. A file of the
-- other party's side is found only from that side, and finds none of the victim's.
CREATE FUNCTION cases_open_elsewhere(of_case uuid, typed text[]) RETURNS TABLE (subject_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT s.id
    FROM matters_matter m JOIN cases_case c ON c.id = m.id
    JOIN cases_casesubject s ON s.matter_id = m.id AND s.until_on IS NULL
    JOIN people_person p ON p.id = s.person_id
    JOIN people_person q ON q.identity_id = p.identity_id
    JOIN cases_casesubject t ON t.person_id = q.id AND t.matter_id <> m.id AND t.until_on IS NULL
    JOIN matters_matter o ON o.id = t.matter_id AND o.county = m.county AND o.ended_at IS NULL AND o.number = ANY (typed)
    JOIN cases_case d ON d.id = o.id
   WHERE m.id = of_case
     AND CASE WHEN c.circle = 'other' THEN d.circle <> 'victim' ELSE d.circle <> 'other' END
     AND (nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
       SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_keys())::text[])
          AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_notice_letters")]
    operations = [migrations.RunSQL(ELSEWHERE, "DROP FUNCTION cases_open_elsewhere")]
