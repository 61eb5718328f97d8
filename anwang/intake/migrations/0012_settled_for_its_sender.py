"""Whether every pair of a report stands decided, for the system that fetched its reply: one word, past the grants."""

from django.db import migrations

# The same question as `concluding.conclude` asks under a screener's rights, put by the system that sent the report when
# it fetched the last thing owed. Gives how the report ends, or nothing: no person, no decision. Only of a report that was
# decided once already, so that what follows from deciding (notices, witnesses) was done by somebody who may read it.
UP = """
CREATE FUNCTION intake_settled(of_report uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH standing AS (
    SELECT DISTINCT ON (d.person_id, d.kind, d.what) d.person_id, d.kind, d.what, d.outcome, w.state
      FROM intake_decision d
      LEFT JOIN LATERAL (SELECT v.state FROM matters_review v WHERE v.matter_id = of_report AND v.about_id = d.id
                          ORDER BY v.id DESC LIMIT 1) w ON true
     WHERE d.report_id = of_report AND coalesce(w.state, '') NOT IN ('returned', 'withdrawn')
       AND NOT EXISTS (SELECT 1 FROM intake_decision later WHERE later.supersedes_id = d.id)
     ORDER BY d.person_id, d.kind, d.what, d.recorded_at DESC, d.id DESC),
  looked AS (
    SELECT p.kind, bool_or(s.what = 'dispatch') AS dispatched, bool_or(s.what = 'not_open') AS not_opened,
           bool_or(s.what = 'dispatch' OR (s.what = 'not_open' AND s.state = 'approved')
                   OR (s.what = 'validity' AND s.outcome IN ('same_event', 'duplicate'))) AS settled
      FROM intake_screeningpair p LEFT JOIN standing s ON s.person_id = p.person_id AND s.kind = p.kind
     WHERE p.report_id = of_report GROUP BY p.person_id, p.kind),
  together AS (
    SELECT bool_and(coalesce(settled, false)) AS settled, array_agg(kind) AS kinds,
           CASE WHEN bool_or(dispatched) THEN 'dispatched' WHEN bool_or(not_opened) THEN 'not_opened' ELSE 'joined' END AS how
      FROM looked)
  SELECT t.how FROM together t JOIN intake_report r ON r.id = of_report
   WHERE t.settled AND r.was_decided AND (t.how = 'joined' OR r.kinds <@ t.kinds)
     AND EXISTS (SELECT 1 FROM intake_receivedkey k WHERE k.report_id = r.id
                    AND current_setting('anwang.service', true) = 'api:' || k.sender)
$$;
"""
DOWN = "DROP FUNCTION intake_settled;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0011_unsaid_may_be_a_party"), ("matters", "0002_duties_moves_judgement")]
    operations = [migrations.RunSQL(UP, DOWN)]
