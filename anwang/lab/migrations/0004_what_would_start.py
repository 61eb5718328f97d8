"""Where a rule in draft might start a duty: instants at which the same event started others, with all that they kept."""

from django.db import migrations

STARTS = """
CREATE FUNCTION lab_starts(of_rule text, of_others text[], since timestamptz, before timestamptz, of_county text)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
  SELECT lab_line(t.county, t.of_group, '', count(*), NULL, t.inputs) FROM (
    SELECT m.county, coalesce(nullif(m.sort, ''), m.kind) AS of_group,
           jsonb_object_agg(kept.key, kept.value)::text AS inputs
      FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id CROSS JOIN LATERAL jsonb_each(d.inputs) kept
     WHERE (SELECT access_service()) = 'lab' AND d.rule_id = ANY (of_others) AND d.starts_at >= since
       AND d.starts_at < before AND (of_county = '' OR m.county = of_county)
       AND NOT EXISTS (SELECT 1 FROM matters_duty own WHERE own.matter_id = d.matter_id AND own.rule_id = of_rule
                          AND own.starts_at = d.starts_at AND own.subject_id IS NOT DISTINCT FROM d.subject_id)
     GROUP BY m.id, d.starts_at, d.subject_id) t
   GROUP BY t.county, t.of_group, t.inputs
$$;
REVOKE EXECUTE ON FUNCTION lab_starts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lab_starts TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("lab", "0003_read_as_lines")]

    operations = [migrations.RunSQL(STARTS, "DROP FUNCTION lab_starts")]
