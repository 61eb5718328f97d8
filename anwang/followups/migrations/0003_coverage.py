"""Figures of windows that ended: by worker for himself and his supervisor, by unit for whoever heads it."""

from django.db import migrations

# Names only for the worker himself and for units in `own`; units in `heads` come as a whole. Numbers, never files.
# Whose a window was is who owed its duty last; a window that was cut has no duty and is its unit's.
COVERAGE = """
CREATE FUNCTION followups_coverage(since date, until date, own uuid[], heads uuid[])
RETURNS TABLE (unit text, unit_en text, worker text, worker_en text, what text, owed bigint, met bigint, effort bigint,
               short bigint, explained bigint, cut bigint, contacts bigint, wanted bigint, tries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH ended AS (
    SELECT c.group, w.contacts AS wanted, k.came, k.reached, k.tries,
           coalesce(d.unit_id, m.acting_unit_id) AS unit_id, coalesce(d.worker_id, m.acting_worker_id) AS worker_id,
           EXISTS (SELECT 1 FROM followups_shortfall f WHERE f.window_id = w.id) AS is_explained
      FROM followups_window w JOIN followups_course c ON c.id = w.course_id JOIN matters_matter m ON m.id = w.matter_id
      JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) k ON true
      LEFT JOIN matters_duty d ON d.id = k.duty_id
     WHERE w.ends_on >= since AND w.ends_on < until AND k.came <> 'open' AND access_worker() IS NOT NULL),
  shown AS (
    SELECT e.*, CASE WHEN e.worker_id = access_worker() OR (e.unit_id = ANY (own) AND EXISTS (
                  SELECT 1 FROM directory_appointment a WHERE a.worker_id = access_worker() AND a.unit_id = e.unit_id
                     AND a.started_at <= access_at() AND (a.ended_at IS NULL OR a.ended_at > access_at())))
                THEN e.worker_id END AS named
      FROM ended e
     WHERE e.worker_id = access_worker() OR e.unit_id = ANY (own) OR e.unit_id = ANY (heads))
  SELECT u.name::text, u.name_en::text, v.name::text, v.name_en::text, s.group::text,
         count(*) FILTER (WHERE s.came <> 'cut'), count(*) FILTER (WHERE s.came = 'met'),
         count(*) FILTER (WHERE s.came = 'effort'), count(*) FILTER (WHERE s.came = 'short'),
         count(*) FILTER (WHERE s.came = 'short' AND s.is_explained), count(*) FILTER (WHERE s.came = 'cut'),
         coalesce(sum(s.reached), 0)::bigint, coalesce(sum(s.wanted), 0)::bigint, coalesce(sum(s.tries), 0)::bigint
    FROM shown s JOIN directory_unit u ON u.id = s.unit_id LEFT JOIN directory_worker v ON v.id = s.named
   GROUP BY u.name, u.name_en, v.name, v.name_en, s.group
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0002_who_may_read")]
    operations = [migrations.RunSQL(COVERAGE, "DROP FUNCTION followups_coverage")]
