"""What is owed to the central database is judged by the kinds of the day on which it was obtained, not of today."""

from importlib import import_module

from django.db import migrations

# As before, but each kind comes with the span in which data obtained were owed: from `starts` to before `ends`, without
# end where NULL.
UP = """
DROP FUNCTION uploads_of(text, text[]);
CREATE FUNCTION uploads_of(of_county text, of_kinds text[], starts timestamptz[], ends timestamptz[])
RETURNS TABLE (id uuid, number text, what text, kinds text[], obtained_at timestamptz, first_at timestamptz,
               last_at timestamptz, changed_at timestamptz, central_number text, failed_at timestamptz, failure text,
               tries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS MATERIALIZED (
    SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
     WHERE p.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND u.jurisdiction_id = of_county
       AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
       AND p.role IN ('screener', 'screening_supervisor', 'clerk', 'chief')),
  asked AS MATERIALIZED (SELECT * FROM unnest(of_kinds, starts, ends) AS a (kind, starts, ends)),
  owed AS (
    SELECT r.id, m.number, 'report' AS what,
           ARRAY(SELECT DISTINCT a.kind FROM asked a WHERE a.kind = ANY (r.kinds) AND r.received_at >= a.starts
                    AND (a.ends IS NULL OR r.received_at < a.ends) ORDER BY 1) AS kinds,
           r.received_at AS obtained_at
      FROM intake_report r JOIN matters_matter m ON m.id = r.id
     WHERE m.county = of_county AND r.kinds && of_kinds::varchar[]
       AND EXISTS (SELECT 1 FROM asked a WHERE a.kind = ANY (r.kinds) AND r.received_at >= a.starts
                      AND (a.ends IS NULL OR r.received_at < a.ends))
    UNION ALL
    SELECT m.id, m.number, 'case', ARRAY[m.sort], m.opened_at FROM matters_matter m
     WHERE m.kind = 'case' AND m.county = of_county AND m.sort = ANY (of_kinds)
       AND EXISTS (SELECT 1 FROM asked a WHERE a.kind = m.sort AND m.opened_at >= a.starts
                      AND (a.ends IS NULL OR m.opened_at < a.ends)))
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
DOWN = f"""
DROP FUNCTION uploads_of(text, text[], timestamptz[], timestamptz[]);
{import_module("anwang.uploads.migrations.0002_worked_out").UP}
"""


class Migration(migrations.Migration):
    dependencies = [("uploads", "0002_worked_out")]
    operations = [migrations.RunSQL(UP, DOWN)]
