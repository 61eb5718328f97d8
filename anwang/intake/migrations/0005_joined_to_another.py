"""Whether an earlier report was looked after with another one: that is its own lot, whatever it is to this report."""

from django.db import migrations

# `repeat` says how the two are related, whichever came later; `joined` that the other is a repeat of some report.
EARLIER = """
DROP FUNCTION intake_earlier(uuid, timestamptz);
CREATE FUNCTION intake_earlier(of_report uuid, since timestamptz)
RETURNS TABLE (id uuid, number text, received_at timestamptz, kinds text[], event_id uuid, ended_at timestamptz,
               ended_how text, persons uuid[], decided boolean, opened boolean, joined boolean, repeat text)
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
         EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'validity'
                  AND d.outcome IN ('same_event', 'duplicate')
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
    dependencies = [("intake", "0004_related_reports_reach_the_case")]
    operations = [migrations.RunSQL(EARLIER, migrations.RunSQL.noop)]
