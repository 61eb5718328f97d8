"""What is owed to the central database, worked out past the grants: numbers, instants and codes, to whoever uploads."""

from django.db import migrations

from anwang.audit.tables import append_only

# A clerk must see that a report is not there yet without reading it. Only to people with a post in the county that
# uploads or answers for it; a test compares the roles with `access.roles`. Nothing of a person is in it.
# `changed_at`: the last supplement, or correction of the record of somebody in it, once something was uploaded.
UP = """
CREATE FUNCTION uploads_of(of_county text, of_kinds text[])
RETURNS TABLE (id uuid, number text, what text, kinds text[], obtained_at timestamptz, first_at timestamptz,
               last_at timestamptz, changed_at timestamptz, central_number text, failed_at timestamptz, failure text,
               tries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS MATERIALIZED (
    SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
     WHERE p.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND u.jurisdiction_id = of_county
       AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
       AND p.role IN ('screener', 'screening_supervisor', 'clerk', 'chief')),
  owed AS (
    SELECT r.id, m.number, 'report' AS what, ARRAY(SELECT unnest(r.kinds) INTERSECT SELECT unnest(of_kinds)) AS kinds,
           r.received_at AS obtained_at
      FROM intake_report r JOIN matters_matter m ON m.id = r.id
     WHERE m.county = of_county AND r.kinds && of_kinds::varchar[]
    UNION ALL
    SELECT m.id, m.number, 'case', ARRAY[m.sort], m.opened_at FROM matters_matter m
     WHERE m.kind = 'case' AND m.county = of_county AND m.sort = ANY (of_kinds))
  SELECT o.id, o.number, o.what, o.kinds::text[], o.obtained_at, went.first_at, went.last_at, later.changed_at,
         went.central_number, failed.at, failed.failure, coalesce(failed.tries, 0)
    FROM owed o
    LEFT JOIN LATERAL (
      SELECT min(k.at) AS first_at, max(k.at) AS last_at, max(k.seen_at) AS seen_at,
             (array_agg(k.central_number ORDER BY k.at DESC, k.id DESC))[1] AS central_number
        FROM uploads_mark k WHERE k.matter_id = o.id AND k.outcome = 'uploaded') went ON true
    LEFT JOIN LATERAL (
      SELECT max(k.at) AS at, (array_agg(k.failure ORDER BY k.at DESC, k.id DESC))[1] AS failure, count(*) AS tries
        FROM uploads_mark k WHERE k.matter_id = o.id AND k.outcome = 'failed'
         AND (went.last_at IS NULL OR k.at > went.last_at)) failed ON true
    LEFT JOIN LATERAL (
      SELECT min(changes.at) AS changed_at FROM (
        SELECT s.recorded_at AS at FROM intake_reportsupplement s WHERE s.report_id = o.id
        UNION ALL
        SELECT c.recorded_at FROM access_involvement i JOIN people_correction c ON c.person_id = i.person_id
         WHERE i.file_id = o.id) changes
       WHERE went.seen_at IS NOT NULL AND changes.at > went.seen_at) later ON true
   WHERE EXISTS (SELECT 1 FROM allowed)
$$;
"""
DOWN = "DROP FUNCTION uploads_of;"


class Migration(migrations.Migration):
    dependencies = [
        ("uploads", "0001_marks"),
        ("access", "0002_keys_of_a_viewer"),
        ("cases", "0001_cases"),
        ("intake", "0001_calls_reports_decisions"),
        ("people", "0005_corrections"),
    ]
    operations = [append_only("uploads_mark"), migrations.RunSQL(UP, DOWN)]
