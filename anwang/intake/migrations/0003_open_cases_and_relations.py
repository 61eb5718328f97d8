"""Cases a report may be joined to; how later reports relate to an earlier one; what was advised about a relation."""

from django.db import migrations, models

# Open cases of the same county about somebody of the report, or grown out of it or of a report it is related to. Past
# the grants on purpose, for the same reason and the same reader as `intake_earlier`: the case exists, and a child
# must not get a second one because the screener may not read the first. Number, kind and unit; nothing of its contents.
# Files of the other party's side are left out.
OPEN_CASES = """
CREATE FUNCTION intake_open_cases(of_report uuid)
RETURNS TABLE (id uuid, number text, kind text, unit_name text, unit_name_en text, persons uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH here AS (
    SELECT m.id, m.county FROM matters_matter m WHERE m.id = of_report AND (
      nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
        SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY ((SELECT access_keys())::text[])
           AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())))),
  about AS (
    SELECT s.matter_id, r.person_id
      FROM here JOIN intake_reportperson r ON r.report_id = here.id JOIN people_person p ON p.id = r.person_id
      JOIN people_person q ON q.identity_id = p.identity_id
      JOIN cases_casesubject s ON s.person_id = q.id AND s.until_on IS NULL
     WHERE r.role <> 'reporter'),
  grown AS (
    SELECT c.id FROM here JOIN matters_matter c ON c.arose_from_id = here.id
    UNION
    SELECT c.id FROM here JOIN intake_reportlink l ON l.report_id = here.id
      JOIN matters_matter c ON c.arose_from_id = l.earlier_id OR c.id = l.earlier_id)
  SELECT m.id, m.number::text, c.kind::text, u.name::text, u.name_en::text,
         coalesce((SELECT array_agg(DISTINCT a.person_id) FROM about a WHERE a.matter_id = m.id), '{}')
    FROM here JOIN matters_matter m ON m.county = here.county AND m.kind = 'case' AND m.ended_at IS NULL
    JOIN cases_case c ON c.id = m.id AND c.circle <> 'other' JOIN directory_unit u ON u.id = m.acting_unit_id
   WHERE m.id IN (SELECT matter_id FROM about) OR m.id IN (SELECT grown.id FROM grown)
   ORDER BY m.opened_at DESC
$$;
"""
# `repeat` says how the two are related, whichever of them came later.
EARLIER = """
CREATE OR REPLACE FUNCTION intake_earlier(of_report uuid, since timestamptz)
RETURNS TABLE (id uuid, number text, received_at timestamptz, kinds text[], event_id uuid, ended_at timestamptz,
               ended_how text, persons uuid[], decided boolean, opened boolean, repeat text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT 1 WHERE nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
      SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
         AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))),
  mine AS (
    SELECT p.identity_id FROM intake_reportperson r JOIN people_person p ON p.id = r.person_id WHERE r.report_id = of_report),
  about AS (
    SELECT rp.report_id, array_agg(rp.person_id) AS persons
      FROM intake_reportperson rp JOIN people_person p ON p.id = rp.person_id
     WHERE p.identity_id IN (SELECT identity_id FROM mine) GROUP BY rp.report_id
    UNION ALL
    SELECT l.earlier_id, '{}' FROM intake_reportlink l WHERE l.report_id = of_report
    UNION ALL
    SELECT l.report_id, '{}' FROM intake_reportlink l WHERE l.earlier_id = of_report),
  others AS (SELECT DISTINCT report_id FROM about WHERE report_id <> of_report)
  SELECT r.id, m.number, r.received_at, r.kinds, r.event_id, m.ended_at, m.ended_how,
         coalesce((SELECT array_agg(a.p) FROM about b, unnest(b.persons) AS a (p) WHERE b.report_id = r.id), '{}'),
         r.was_decided,
         EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch'
                  AND NOT EXISTS (SELECT 1 FROM intake_decision s WHERE s.supersedes_id = d.id)),
         (SELECT l.repeat FROM intake_reportlink l
           WHERE (l.report_id, l.earlier_id) IN ((of_report, r.id), (r.id, of_report))
           ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1)
    FROM others e JOIN intake_report r ON r.id = e.report_id JOIN matters_matter m ON m.id = r.id
   WHERE EXISTS (SELECT 1 FROM allowed) AND r.received_at >= since
   ORDER BY r.received_at DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_who_may_read"), ("cases", "0002_who_may_read")]
    operations = [
        migrations.AddField("reportlink", "advised", models.CharField(max_length=20, blank=True, default="")),
        migrations.AddField("reportlink", "answers", models.JSONField(default=dict)),
        migrations.RunSQL(OPEN_CASES, "DROP FUNCTION intake_open_cases"),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
