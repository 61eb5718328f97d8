"""Spans read the corrected start and show the written one; new tables get the least rights they need."""

from django.db import migrations

from anwang.audit.tables import append_only

SPANS = """
DROP VIEW matters_accountable_span; DROP VIEW matters_acting_span;
CREATE VIEW matters_accountable_span WITH (security_invoker) AS
  SELECT s.matter_id, s.unit_id, s.how, s.by, s.since, s.written_since, s.recorded_at,
         coalesce(lead(s.since) OVER (PARTITION BY s.matter_id ORDER BY s.written_since), m.ended_at) AS until
    FROM (SELECT r.matter_id, r.unit_id, r.how, r.by, r.recorded_at, r.since AS written_since,
                 coalesce((SELECT c.corrected_since FROM matters_startcorrection c
                            WHERE c.matter_id = r.matter_id AND c.ledger = 'accountable' AND c.since = r.since
                            ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1), r.since) AS since
            FROM matters_accountablestart r) s JOIN matters_matter m ON m.id = s.matter_id;
CREATE VIEW matters_acting_span WITH (security_invoker) AS
  SELECT s.matter_id, s.unit_id, s.worker_id, s.desk_id, s.how, s.by, s.since, s.written_since, s.recorded_at,
         coalesce(lead(s.since) OVER (PARTITION BY s.matter_id ORDER BY s.written_since), m.ended_at) AS until
    FROM (SELECT r.matter_id, r.unit_id, r.worker_id, r.desk_id, r.how, r.by, r.recorded_at, r.since AS written_since,
                 coalesce((SELECT c.corrected_since FROM matters_startcorrection c
                            WHERE c.matter_id = r.matter_id AND c.ledger = 'acting' AND c.since = r.since
                            ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1), r.since) AS since
            FROM matters_actingstart r) s JOIN matters_matter m ON m.id = s.matter_id;
"""
SPANS_BEFORE = """
DROP VIEW matters_accountable_span; DROP VIEW matters_acting_span;
CREATE VIEW matters_accountable_span WITH (security_invoker) AS
  SELECT r.matter_id, r.unit_id, r.how, r.by, r.since, r.recorded_at,
         coalesce(lead(r.since) OVER (PARTITION BY r.matter_id ORDER BY r.since), m.ended_at) AS until
    FROM matters_accountablestart r JOIN matters_matter m ON m.id = r.matter_id;
CREATE VIEW matters_acting_span WITH (security_invoker) AS
  SELECT r.matter_id, r.unit_id, r.worker_id, r.desk_id, r.how, r.by, r.since, r.recorded_at,
         coalesce(lead(r.since) OVER (PARTITION BY r.matter_id ORDER BY r.since), m.ended_at) AS until
    FROM matters_actingstart r JOIN matters_matter m ON m.id = r.matter_id;
"""

RIGHTS = """
REVOKE UPDATE, DELETE ON matters_shifthandover, matters_handoverlist, matters_handoveritem, matters_reminder FROM anwang_app;
GRANT UPDATE (given_at, received_at) ON matters_shifthandover TO anwang_app;
GRANT UPDATE (given_by, given_at) ON matters_handoverlist TO anwang_app;
GRANT UPDATE (received_by, received_at, is_overtaken) ON matters_handoveritem TO anwang_app;
GRANT UPDATE (done_at) ON matters_reminder TO anwang_app;
GRANT UPDATE (worker_id, ended_at, ended_because) ON matters_offer TO anwang_app;
GRANT UPDATE (keyed_by, written_at) ON matters_review TO anwang_app;
"""

OWN_REMINDERS = """
ALTER TABLE matters_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON matters_reminder USING (worker_id = (SELECT nullif(current_setting('anwang.worker', true), '')::uuid))
  WITH CHECK (worker_id = (SELECT nullif(current_setting('anwang.worker', true), '')::uuid));
"""
ALL_REMINDERS = "DROP POLICY own ON matters_reminder; ALTER TABLE matters_reminder DISABLE ROW LEVEL SECURITY"


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_hand_over_lists_and_corrections")]
    operations = [
        migrations.RunSQL(SPANS, SPANS_BEFORE),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(OWN_REMINDERS, ALL_REMINDERS),
        append_only("matters_startcorrection"),
        append_only("matters_shifthandoveritem"),
    ]
