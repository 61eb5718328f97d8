"""What happened after a form was filled, and people against rules: names for few, numbers for the county.

Rooms above tell what only they know by replacing the view `instruments_told` (person_id, at, what); the names of `what`
are the codes of `instrument.later`.
"""

from django.db import migrations

TOLD = """
CREATE VIEW instruments_told WITH (security_invoker = true) AS
SELECT NULL::uuid AS person_id, NULL::timestamptz AS at, NULL::text AS what WHERE false;
"""
LATER = """
CREATE VIEW instruments_later WITH (security_invoker = true) AS
SELECT i.person_id, m.opened_at AS at, 'new_report'::text AS what
  FROM access_involvement i JOIN matters_matter m ON m.id = i.file_id AND m.kind = 'report'
 WHERE NOT EXISTS (SELECT 1 FROM cases_joinedreport j WHERE j.report_id = m.id AND j.as_what = 'same_event')
UNION ALL
SELECT s.person_id, g.at, 'graded_higher' FROM cases_gradechange g JOIN cases_casesubject s ON s.id = g.subject_id
 WHERE g.grade = 'one' AND EXISTS (SELECT 1 FROM cases_gradechange b
                                    WHERE b.subject_id = g.subject_id AND b.grade = 'two' AND b.at < g.at)
UNION ALL
SELECT s.person_id, r.at, 'unsafe' FROM cases_safetyresult r JOIN cases_casesubject s ON s.id = r.subject_id
 WHERE r.result = 'unsafe'
UNION ALL
SELECT p.person_id, p.placed_at, 'placed' FROM cases_placement p WHERE p.is_emergency
UNION ALL
SELECT o.person_id, v.happened_at, 'order_broken'
  FROM protection_violation v JOIN protection_orderprotects o ON o.order_id = v.order_id
UNION ALL
SELECT s.person_id, m.opened_at, 'returned'
  FROM cases_case c JOIN matters_matter m ON m.id = c.id JOIN cases_casesubject s ON s.matter_id = c.id
  JOIN people_person me ON me.id = s.person_id
 WHERE EXISTS (SELECT 1 FROM people_person same JOIN cases_casesubject b ON b.person_id = same.id
                 JOIN cases_case old ON old.id = b.matter_id
                WHERE same.identity_id = me.identity_id AND old.id <> c.id AND old.kind = c.kind
                  AND old.closed_on::timestamp AT TIME ZONE 'Asia/Taipei' <= m.opened_at)
UNION ALL
SELECT p.id, p.died_on::timestamp AT TIME ZONE 'Asia/Taipei', 'died' FROM people_person p WHERE p.died_on IS NOT NULL
UNION ALL
SELECT t.person_id, t.at, t.what FROM instruments_told t;

-- One row for each form that stands, with the value that stands and the first of each thing that came later.
CREATE VIEW instruments_rated WITH (security_invoker = true) AS
SELECT f.id, f.county, f.unit_id, f.by, f.at, f.instrument, v.from_on, f.applies, f.source, f.level AS system,
       f.floor_rank, f.ceiling_rank, j.level AS chosen, j.rank, j.direction, j.reason, coalesce(j.items, '{}') AS items,
       j.by AS judged_by, coalesce(j.unit_id, f.unit_id) AS judged_unit, j.at AS judged_at, l.later
  FROM instruments_fill f JOIN instruments_version v ON v.hash = f.version_id
  LEFT JOIN LATERAL (SELECT * FROM instruments_judgement j WHERE j.fill_id = f.id
                      ORDER BY j.recorded_at DESC, j.id DESC LIMIT 1) j ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(e.what, e.at) AS later FROM (
      SELECT x.what, min(x.at) AS at
        FROM people_person q JOIN instruments_later x ON x.person_id = q.id
       WHERE x.at > f.at AND q.identity_id IN (
         SELECT p.identity_id FROM people_person p WHERE p.id = f.person_id
         UNION ALL
         SELECT p.identity_id FROM people_familymember m JOIN people_person p ON p.id = m.person_id
          WHERE m.family_id = f.family_id AND m.since_on <= (f.at AT TIME ZONE 'Asia/Taipei')::date
            AND (m.until_on IS NULL OR m.until_on > (f.at AT TIME ZONE 'Asia/Taipei')::date))
       GROUP BY x.what) e) l ON true
 WHERE NOT EXISTS (SELECT 1 FROM instruments_fill r WHERE r.replaces_id = f.id);
"""
ALLOWED = """
    SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
     WHERE p.worker_id = access_worker() AND p.started_at <= access_at()
       AND (p.ended_at IS NULL OR p.ended_at > access_at())
       AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'chief')
       AND u.jurisdiction_id = of_county AND u.is_public
"""
# Nobody is named here but oneself and whom one supervises; nothing of whom a form is about is given.
LEDGER = """
CREATE FUNCTION instruments_ledger(since timestamptz, before timestamptz)
RETURNS TABLE (fill_id uuid, at timestamptz, instrument text, from_on date, system text, floor_rank smallint,
               ceiling_rank smallint, chosen text, direction text, reason text, items varchar[], judged_by uuid,
               judged_unit uuid, judged_at timestamptz, later jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.at, r.instrument, r.from_on, r.system, r.floor_rank, r.ceiling_rank, r.chosen, r.direction, r.reason,
         r.items, r.judged_by, r.judged_unit, r.judged_at, r.later
    FROM instruments_rated r
   WHERE r.judged_at >= since AND r.judged_at < before
     AND (r.judged_by = access_worker() OR r.judged_unit IN (
       SELECT p.unit_id FROM directory_appointment p
        WHERE p.worker_id = access_worker() AND p.started_at <= access_at()
          AND (p.ended_at IS NULL OR p.ended_at > access_at())
          AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'ngo_supervisor')))
   ORDER BY r.judged_at DESC, r.id DESC LIMIT 500
$$;
REVOKE ALL ON FUNCTION instruments_ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION instruments_ledger TO anwang_app;
"""
# What came after `as_of` is not looked at, so that a report of a day can be made again. A window counts when it is over.
HALF_YEAR = f"""
CREATE FUNCTION instruments_half_year(of_county text, since timestamptz, before timestamptz, as_of timestamptz,
                                      near interval, far interval)
RETURNS TABLE (what text, instrument text, from_on date, unit_id uuid, item text, system text, chosen text,
               filled bigint, scored bigint, agreed bigint, up bigint, down bigint, decided bigint, free bigint,
               near_down bigint, near_under bigint, near_up bigint, near_over bigint,
               far_down bigint, far_under bigint, far_up bigint, far_over bigint,
               near_done bigint, near_harm bigint, far_done bigint, far_harm bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS ({ALLOWED}),
  rated AS (
    SELECT r.*, r.floor_rank IS NOT NULL AS is_scored,
           r.at + near <= as_of AS near_over_, r.at + far <= as_of AS far_over_,
           EXISTS (SELECT 1 FROM jsonb_each_text(r.later) e WHERE e.value::timestamptz <= least(r.at + near, as_of))
             AS near_harm_,
           EXISTS (SELECT 1 FROM jsonb_each_text(r.later) e WHERE e.value::timestamptz <= least(r.at + far, as_of))
             AS far_harm_
      FROM instruments_rated r
     WHERE EXISTS (SELECT 1 FROM allowed) AND r.county = of_county AND r.at >= since AND r.at < before),
  spread AS (
    SELECT 'version' AS what, r.*, NULL::uuid AS of_unit, NULL::text AS of_item, NULL::text AS s, NULL::text AS c
      FROM rated r
    UNION ALL
    SELECT 'unit', r.*, r.judged_unit, NULL, NULL, NULL FROM rated r
    UNION ALL
    SELECT 'item', r.*, NULL, i.item, NULL, NULL FROM rated r, unnest(r.items) AS i (item)
    UNION ALL
    SELECT 'cell', r.*, NULL, NULL, r.system, r.chosen FROM rated r WHERE r.is_scored AND r.chosen IS NOT NULL)
  SELECT s.what, s.instrument, s.from_on, s.of_unit, s.of_item, s.s, s.c, count(*), count(*) FILTER (WHERE is_scored),
         count(*) FILTER (WHERE direction = 'agreed'), count(*) FILTER (WHERE direction = 'up'),
         count(*) FILTER (WHERE direction = 'down'), count(*) FILTER (WHERE direction = 'decided'),
         count(*) FILTER (WHERE direction = 'free'),
         count(*) FILTER (WHERE direction = 'down' AND near_over_),
         count(*) FILTER (WHERE direction = 'down' AND near_over_ AND near_harm_),
         count(*) FILTER (WHERE direction = 'up' AND near_over_),
         count(*) FILTER (WHERE direction = 'up' AND near_over_ AND NOT near_harm_),
         count(*) FILTER (WHERE direction = 'down' AND far_over_),
         count(*) FILTER (WHERE direction = 'down' AND far_over_ AND far_harm_),
         count(*) FILTER (WHERE direction = 'up' AND far_over_),
         count(*) FILTER (WHERE direction = 'up' AND far_over_ AND NOT far_harm_),
         count(*) FILTER (WHERE near_over_), count(*) FILTER (WHERE near_over_ AND near_harm_),
         count(*) FILTER (WHERE far_over_), count(*) FILTER (WHERE far_over_ AND far_harm_)
    FROM spread s GROUP BY s.what, s.instrument, s.from_on, s.of_unit, s.of_item, s.s, s.c
$$;
REVOKE ALL ON FUNCTION instruments_half_year FROM PUBLIC;
GRANT EXECUTE ON FUNCTION instruments_half_year TO anwang_app;
"""  # noqa: S608  a part of this file is put in


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0002_who_may_read"),
        ("cases", "0021_reports_of_her_side"),
        ("protection", "0004_disputed_words"),
    ]
    operations = [
        migrations.RunSQL(TOLD, "DROP VIEW instruments_told"),
        migrations.RunSQL(LATER, "DROP VIEW instruments_rated; DROP VIEW instruments_later"),
        migrations.RunSQL(LEDGER, "DROP FUNCTION instruments_ledger"),
        migrations.RunSQL(HALF_YEAR, "DROP FUNCTION instruments_half_year"),
    ]
