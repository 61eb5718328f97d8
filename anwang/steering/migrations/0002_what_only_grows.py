"""Tasks sit on their matters; drawings and trials only grow; a county's figure for those who steer: numbers only."""

from django.db import migrations

from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

# One number a figure: how many items in a period, or standing at its end (in_case). For officers and chiefs of public
# units of the county itself, and of the ministry. No breakdown, no record behind it, so nobody can be found in it.
COUNTS = """
CREATE FUNCTION steering_figures(of_county text, since timestamptz, before timestamptz)
RETURNS TABLE (figure text, items bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
     WHERE p.worker_id = access_worker()
       AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
       AND p.role IN ('officer', 'chief') AND u.is_public
       AND (u.jurisdiction_id = of_county OR u.kind = 'ministry'))
  SELECT e.figure, count(DISTINCT e.item) FROM indicators_event e
   WHERE EXISTS (SELECT 1 FROM allowed) AND e.county = of_county AND e.at < before
     AND CASE WHEN e.figure = 'in_case' THEN e.until IS NULL OR e.until >= before ELSE e.at >= since END
   GROUP BY e.figure
$$;
REVOKE ALL ON FUNCTION steering_figures FROM PUBLIC;
GRANT EXECUTE ON FUNCTION steering_figures TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0001_questions_plans_cards"),
        ("indicators", "0002_new_facts_are_valid"),
        ("matters", "0023_steering"),
    ]
    operations = [
        owns_a_matter("steering_task"),
        append_only("steering_drawn"),
        append_only("steering_trial"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION steering_figures"),
    ]
