"""Injuries that reports tell of, for whoever compares what was judged with what came later (`instruments_told`)."""

from django.db import migrations

UP = """
CREATE OR REPLACE VIEW instruments_told WITH (security_invoker = true) AS
SELECT rp.person_id, r.received_at AS at, 'injury'::text AS what
  FROM intake_reportperson rp JOIN intake_report r ON r.id = rp.report_id
 WHERE rp.injuries <> ''
   AND NOT EXISTS (SELECT 1 FROM cases_joinedreport j WHERE j.report_id = r.id AND j.as_what = 'same_event');
"""
DOWN = """
CREATE OR REPLACE VIEW instruments_told WITH (security_invoker = true) AS
SELECT NULL::uuid AS person_id, NULL::timestamptz AS at, NULL::text AS what WHERE false;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0019_how_many_attached"), ("instruments", "0003_what_came_later")]
    operations = [migrations.RunSQL(UP, DOWN)]
