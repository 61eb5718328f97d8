"""Reports in which somebody looks for a person whose whereabouts are kept: who it is, and nothing of the report.

A look past the grants that answers only the program. Nobody who reports, or screens, can see that it was made: it runs by
itself, some time after, whatever the report says.
"""

from django.db import migrations

UP = """
CREATE FUNCTION disclosure_reports_that_search(since timestamptz, said text)
RETURNS TABLE (matter_id uuid, person_id uuid, number text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('anwang.service', true), '') <> 'searches' THEN
    RAISE 'only the job looks into reports' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH searching AS MATERIALIZED (
    SELECT r.id, m.number FROM intake_report r JOIN matters_matter m ON m.id = r.id
     WHERE r.received_at >= since AND (r.narrative ~ said OR r.place ~ said OR EXISTS (
       SELECT 1 FROM intake_reportperson x WHERE x.report_id = r.id AND (x.notes ~ said OR x.where_now ~ said)))),
  named AS MATERIALIZED (
    SELECT DISTINCT s.number, same.identity_id FROM searching s
      JOIN intake_reportperson x ON x.report_id = s.id JOIN people_person p ON p.id = x.person_id
      JOIN people_person same ON same.identity_id = p.identity_id
        OR same.name_key = p.name_key AND p.name_key <> '' AND same.born_earliest <= p.born_latest
           AND same.born_latest >= p.born_earliest
        OR same.id IN (SELECT b.person_id FROM people_identifier a JOIN people_identifier b ON b.lookup = a.lookup
                        WHERE a.person_id = p.id))
  SELECT DISTINCT h.matter_id, h.person_id, n.number::text FROM named n
    JOIN people_person her ON her.identity_id = n.identity_id
    JOIN protection_shielding h ON h.person_id = her.id AND h.ended_at IS NULL
    JOIN matters_matter m ON m.id = h.matter_id AND m.ended_at IS NULL
   WHERE NOT EXISTS (SELECT 1 FROM protection_seeking k WHERE k.matter_id = h.matter_id AND k.person_id = h.person_id
                        AND strpos(k.words, n.number) > 0);
END $$;
REVOKE EXECUTE ON FUNCTION disclosure_reports_that_search FROM PUBLIC;
GRANT EXECUTE ON FUNCTION disclosure_reports_that_search TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0006_restricted_and_ended"),
        ("protection", "0005_searches_that_nobody_told"),
        ("intake", "0019_how_many_attached"),
    ]
    operations = [migrations.RunSQL(UP, "DROP FUNCTION disclosure_reports_that_search")]
