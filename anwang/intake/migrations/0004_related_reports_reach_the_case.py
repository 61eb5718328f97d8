"""A report related to one that joined a case reaches that case; only a confirmed duplicate is counted as one."""

from django.db import migrations

# Open cases that a report grew into or joined. Past the grants, for the same reason and the same reader as
# `intake_open_cases`: what is told of the report must reach whoever answers for the child. Ids only.
CASES = """
CREATE FUNCTION intake_cases_with(of_report uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM matters_matter m
   WHERE m.kind = 'case' AND m.ended_at IS NULL
     AND (m.arose_from_id = of_report OR m.id IN (SELECT j.matter_id FROM cases_joinedreport j WHERE j.report_id = of_report))
     AND (nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
       SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
          AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())))
$$;
"""
COUNTS = """
CREATE OR REPLACE FUNCTION intake_counts(of_county text, since timestamptz, until timestamptz,
  OUT reports bigint, OUT duplicates bigint, OUT dispatched bigint, OUT not_opened bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*),
         count(*) FILTER (WHERE (SELECT l.repeat FROM intake_reportlink l
                                   LEFT JOIN matters_review v ON v.id = l.review_id
                                  WHERE l.report_id = r.id AND (l.review_id IS NULL OR v.state = 'approved')
                                  ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1) = 'same_nothing_new'),
         count(*) FILTER (WHERE EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch')),
         count(*) FILTER (WHERE EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'not_open')
                           AND NOT EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch'))
    FROM intake_report r JOIN matters_matter m ON m.id = r.id
   WHERE m.county = of_county AND r.received_at >= since AND r.received_at < until
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_open_cases_and_relations"), ("matters", "0002_duties_moves_judgement")]
    operations = [
        migrations.RunSQL(CASES, "DROP FUNCTION intake_cases_with"),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
    ]
