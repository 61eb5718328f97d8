"""What a replay reads comes as lines of text, one by one: the database reads on while the job counts.

A function that gives a table is run to its end, and its rows laid aside on disk, before the first is sent.
"""

from django.db import migrations

LINES = """
DROP FUNCTION lab_reports, lab_duties, lab_courses;
CREATE FUNCTION lab_line(county text, of_group text, decided text, n bigint, at timestamptz, inputs text)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(E'\\x1f', county, of_group, decided, n, coalesce(at::text, ''), inputs)
$$;
CREATE FUNCTION lab_reports(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT lab_line(m.county, d.kind, d.outcome, count(*), NULL, d.advice ->> 'inputs')
    FROM intake_decision d JOIN matters_matter m ON m.id = d.report_id
   WHERE (SELECT access_service()) = 'lab' AND d.rule_id = of_rule AND d.decided_at >= since AND d.decided_at < before
     AND (of_county = '' OR m.county = of_county) AND d.advice ? 'inputs'
     AND NOT EXISTS (SELECT 1 FROM intake_decision l WHERE l.supersedes_id = d.id)
   GROUP BY m.county, d.kind, d.outcome, d.advice ->> 'inputs'
$$;
CREATE FUNCTION lab_duties(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
  SELECT lab_line(m.county, coalesce(nullif(m.sort, ''), m.kind), d.state, 1, d.settled_at, d.inputs::text)
    FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
   WHERE (SELECT access_service()) = 'lab' AND d.rule_id = of_rule AND d.starts_at >= since AND d.starts_at < before
     AND (of_county = '' OR m.county = of_county) AND d.state IN ('open', 'done')
$$;
CREATE FUNCTION lab_courses(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
  WITH stretch AS (
    SELECT s.matter_id, s.rule_id, s.origin_on, s.begins_on,
           least(lead(s.begins_on) OVER (PARTITION BY s.course_id ORDER BY s.n), e.last_on + 1, before::date) AS ends_on
      FROM followups_stretch s LEFT JOIN followups_courseend e ON e.course_id = s.course_id)
  SELECT lab_line(m.county, coalesce(nullif(m.sort, ''), m.kind), '', count(*), NULL,
                  to_json(ARRAY[s.origin_on, s.begins_on, s.ends_on])::text)
    FROM stretch s JOIN matters_matter m ON m.id = s.matter_id
   WHERE (SELECT access_service()) = 'lab' AND s.rule_id = of_rule AND s.ends_on > since::date
     AND s.begins_on < before::date AND (of_county = '' OR m.county = of_county)
   GROUP BY m.county, coalesce(nullif(m.sort, ''), m.kind), s.origin_on, s.begins_on, s.ends_on
$$;
REVOKE EXECUTE ON FUNCTION lab_reports, lab_duties, lab_courses, lab_line FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lab_reports, lab_duties, lab_courses TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("lab", "0002_what_is_counted_again")]

    operations = [migrations.RunSQL(LINES, migrations.RunSQL.noop)]
