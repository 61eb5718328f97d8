"""What is counted, as a view under the viewer's own rights, and the county's counts past them: numbers only."""

from django.db import migrations

# `item` is what a 件次 is: a report × kind before a case exists, the case afterwards. `reason` is the ground, the
# grade, or for received reports "duty to report / grade", by figure.
VIEW = """
CREATE VIEW indicators_event WITH (security_invoker = true) AS
WITH standing AS (
  SELECT d.* FROM intake_decision d WHERE NOT EXISTS (SELECT 1 FROM intake_decision s WHERE s.supersedes_id = d.id)),
pair AS (
  SELECT report_id, kind, person_id FROM intake_screeningpair
  UNION ALL
  SELECT r.id, k.kind, NULL FROM intake_report r, unnest(r.kinds) AS k (kind)
   WHERE NOT EXISTS (SELECT 1 FROM intake_screeningpair p WHERE p.report_id = r.id AND p.kind = k.kind)),
report AS (
  SELECT r.id, m.county, r.received_at, r.source, left(r.area_code, 8) AS township, r.mandated,
         (SELECT l.repeat FROM intake_reportlink l WHERE l.report_id = r.id ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1)
           AS repeat
    FROM intake_report r JOIN matters_matter m ON m.id = r.id),
origin AS (
  SELECT c.id, m.county, c.kind, c.decision, c.grounds, c.decided_at, c.opened_on, c.closed_on, c.closed_because,
         m.arose_from_id, coalesce(r.source, '') AS source, coalesce(r.township, '') AS township
    FROM cases_case c JOIN matters_matter m ON m.id = c.id LEFT JOIN report r ON r.id = m.arose_from_id)
SELECT 'received'::text AS figure, r.county, r.received_at AS at, NULL::timestamptz AS until, p.kind::text AS kind,
       r.source::text AS source, r.township::text AS township,
       r.mandated || '/' || coalesce((SELECT s.outcome FROM standing s WHERE s.report_id = r.id AND s.kind = p.kind
         AND s.what = 'grade' ORDER BY s.outcome LIMIT 1), 'none') AS reason,
       r.id || '/' || p.kind AS item, r.id AS file_id, p.person_id
  FROM report r JOIN pair p ON p.report_id = r.id
UNION ALL
SELECT 'set_aside', r.county, r.received_at, NULL, p.kind, r.source, r.township, a.reason,
       r.id || '/' || p.kind, r.id, p.person_id
  FROM report r JOIN pair p ON p.report_id = r.id
 CROSS JOIN LATERAL (SELECT coalesce(
    CASE WHEN r.repeat = 'same_nothing_new' THEN 'same_event' END,
    (SELECT s.outcome FROM standing s WHERE s.report_id = r.id AND s.kind = p.kind AND s.what = 'validity' LIMIT 1),
    (SELECT s.reason_code FROM standing s WHERE s.report_id = r.id AND s.kind = p.kind AND s.what = 'not_open' LIMIT 1)
   ) AS reason) a
 WHERE a.reason IS NOT NULL
UNION ALL
SELECT CASE d.what WHEN 'grade' THEN 'graded' WHEN 'dispatch' THEN 'dispatched' ELSE 'not_opened' END, r.county,
       d.decided_at, NULL, d.kind, r.source, r.township,
       CASE d.what WHEN 'grade' THEN d.outcome WHEN 'not_open' THEN d.reason_code ELSE '' END,
       r.id || '/' || d.kind, r.id, d.person_id
  FROM standing d JOIN report r ON r.id = d.report_id WHERE d.what IN ('grade', 'dispatch', 'not_open')
UNION ALL
SELECT 'not_opened', o.county, o.decided_at, NULL, o.kind, o.source, o.township, coalesce(o.grounds[1], ''),
       coalesce(o.arose_from_id, o.id) || '/' || o.kind, o.id, s.person_id
  FROM origin o LEFT JOIN cases_casesubject s ON s.matter_id = o.id WHERE o.decision = 'not_opened'
UNION ALL
SELECT f.figure, o.county, f.on_day::timestamp AT TIME ZONE 'Asia/Taipei',
       CASE WHEN f.figure = 'in_case' THEN o.closed_on::timestamp AT TIME ZONE 'Asia/Taipei' END,
       o.kind, o.source, o.township, CASE WHEN f.figure = 'closed' THEN o.closed_because ELSE '' END,
       o.id::text, o.id, s.person_id
  FROM origin o LEFT JOIN cases_casesubject s ON s.matter_id = o.id
 CROSS JOIN LATERAL (VALUES ('opened', o.opened_on), ('in_case', o.opened_on), ('closed', o.closed_on)) f (figure, on_day)
 WHERE f.on_day IS NOT NULL;
GRANT SELECT ON indicators_event TO anwang_app;
"""
# In the period, or (in_case) standing at its end. Only for who supervises or heads a public unit of the county.
COUNTS = """
CREATE FUNCTION indicators_month(of_county text, since timestamptz, before timestamptz)
RETURNS TABLE (figure text, kind text, source text, township text, reason text, level int, items bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
     WHERE p.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid
       AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
       AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'chief')
       AND u.jurisdiction_id = of_county AND u.is_public),
  event AS (
    SELECT e.figure, e.kind, e.source, e.township, e.reason, e.item, p.identity_id
      FROM indicators_event e LEFT JOIN people_person p ON p.id = e.person_id
     WHERE EXISTS (SELECT 1 FROM allowed) AND e.county = of_county AND e.at < before
       AND CASE WHEN e.figure = 'in_case' THEN e.until IS NULL OR e.until >= before ELSE e.at >= since END)
  SELECT e.figure, e.kind, e.source, e.township, e.reason, grouping(e.kind, e.source, e.township, e.reason),
         count(DISTINCT e.item), count(DISTINCT e.identity_id)
    FROM event e GROUP BY GROUPING SETS (
      (e.figure), (e.figure, e.kind), (e.figure, e.source), (e.figure, e.township), (e.figure, e.reason),
      (e.figure, e.kind, e.reason))
$$;
REVOKE ALL ON FUNCTION indicators_month FROM PUBLIC;
GRANT EXECUTE ON FUNCTION indicators_month TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_who_may_read"),
        ("cases", "0002_who_may_read"),
        ("people", "0002_who_may_read"),
        ("access", "0002_keys_of_a_viewer"),
    ]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW indicators_event"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION indicators_month"),
    ]
