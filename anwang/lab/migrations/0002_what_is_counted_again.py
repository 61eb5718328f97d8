"""What a replay reads past the grants: inputs and counts of one rule, for the worker's own job, never a file."""

from django.db import migrations

from anwang.audit.tables import append_only

INPUTS = """
CREATE FUNCTION lab_reports(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS TABLE (county text, of_group text, inputs text, decided text, n bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.county::text, d.kind::text, d.advice ->> 'inputs', d.outcome::text, count(*), NULL::timestamptz
    FROM intake_decision d JOIN matters_matter m ON m.id = d.report_id
   WHERE (SELECT access_service()) = 'lab' AND d.rule_id = of_rule AND d.decided_at >= since AND d.decided_at < before
     AND (of_county = '' OR m.county = of_county) AND d.advice ? 'inputs'
     AND NOT EXISTS (SELECT 1 FROM intake_decision l WHERE l.supersedes_id = d.id)
   GROUP BY 1, 2, 3, 4
$$;
CREATE FUNCTION lab_duties(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS TABLE (county text, of_group text, inputs text, decided text, n bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.county::text, coalesce(nullif(m.sort, ''), m.kind)::text, d.inputs::text, d.state::text, 1::bigint,
         d.settled_at
    FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
   WHERE (SELECT access_service()) = 'lab' AND d.rule_id = of_rule AND d.starts_at >= since AND d.starts_at < before
     AND (of_county = '' OR m.county = of_county) AND d.state IN ('open', 'done')
$$;
CREATE FUNCTION lab_courses(of_rule text, since timestamptz, before timestamptz, of_county text)
RETURNS TABLE (county text, of_group text, inputs text, decided text, n bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH stretch AS (
    SELECT s.matter_id, s.rule_id, s.origin_on, s.begins_on,
           least(lead(s.begins_on) OVER (PARTITION BY s.course_id ORDER BY s.n), e.last_on + 1, before::date) AS ends_on
      FROM followups_stretch s LEFT JOIN followups_courseend e ON e.course_id = s.course_id)
  SELECT m.county::text, coalesce(nullif(m.sort, ''), m.kind)::text,
         to_json(ARRAY[s.origin_on, s.begins_on, s.ends_on])::text, '', count(*), NULL::timestamptz
    FROM stretch s JOIN matters_matter m ON m.id = s.matter_id
   WHERE (SELECT access_service()) = 'lab' AND s.rule_id = of_rule AND s.ends_on > since::date
     AND s.begins_on < before::date AND (of_county = '' OR m.county = of_county)
   GROUP BY 1, 2, 3
$$;
REVOKE EXECUTE ON FUNCTION lab_reports, lab_duties, lab_courses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lab_reports, lab_duties, lab_courses TO anwang_app;
"""
RIGHTS = """
REVOKE DELETE, TRUNCATE ON lab_draft, lab_replay FROM anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("lab", "0001_drafts_and_replays"),
        ("intake", "0020_injuries_are_told"),
        ("followups", "0003_coverage"),
        ("access", "0009_claims"),
    ]

    operations = [
        migrations.RunSQL(INPUTS, "DROP FUNCTION lab_courses; DROP FUNCTION lab_duties; DROP FUNCTION lab_reports"),
        append_only("lab_comment"),
        append_only("lab_answer"),
        append_only("lab_approval"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
