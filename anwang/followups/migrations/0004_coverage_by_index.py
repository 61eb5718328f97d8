"""Windows of a month are sought from the units and the worker who ask, not among everybody's: the figures stay the same.

A window is theirs by its last duty, or without one by its case: both are indexed by unit and by worker.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("anwang.followups.migrations.0003_coverage").COVERAGE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
# Whoever heads more units than a few reads the month: beyond them that is shorter than all their work of all years.
SOUGHT = """  WITH unit AS MATERIALIZED (SELECT DISTINCT u.id FROM unnest(own || heads) u (id)),
  matter AS (
    SELECT m.id FROM unit u CROSS JOIN LATERAL (SELECT id FROM matters_matter WHERE acting_unit_id = u.id OFFSET 0) m
    UNION ALL SELECT id FROM matters_matter WHERE acting_worker_id = access_worker()),
  duty AS (
    SELECT d.id FROM unit u CROSS JOIN LATERAL (SELECT id FROM matters_duty WHERE unit_id = u.id OFFSET 0) d
    UNION ALL SELECT id FROM matters_duty WHERE worker_id = access_worker()),
  near AS MATERIALIZED (
    SELECT w.id FROM matter m
     CROSS JOIN LATERAL (SELECT id FROM followups_window
                          WHERE matter_id = m.id AND ends_on >= since AND ends_on < until OFFSET 0) w
     WHERE cardinality(own || heads) <= 5
    UNION
    SELECT k.window_id FROM duty d
     CROSS JOIN LATERAL (SELECT window_id FROM followups_mark WHERE duty_id = d.id OFFSET 0) k
     WHERE cardinality(own || heads) <= 5
    UNION
    SELECT id FROM followups_window WHERE cardinality(own || heads) > 5 AND ends_on >= since AND ends_on < until),
  ended AS (
"""
NOW = BEFORE.replace("  WITH ended AS (\n", SOUGHT).replace(
    "FROM followups_window w JOIN followups_course",
    "FROM near JOIN followups_window w ON w.id = near.id JOIN followups_course",
)


class Migration(migrations.Migration):
    dependencies = [("followups", "0003_coverage"), ("matters", "0024_found_by_index")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
