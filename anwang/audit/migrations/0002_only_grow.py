"""Acts, readings and checkpoints only grow; each row remembers the transaction that wrote it, for sealing."""

from django.db import migrations

from anwang.audit.tables import append_only

UP = """
ALTER TABLE audit_act ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE audit_reading ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX acts_by_transaction ON audit_act (xid);
CREATE INDEX readings_by_transaction ON audit_reading (xid);
"""
DOWN = "ALTER TABLE audit_act DROP COLUMN xid; ALTER TABLE audit_reading DROP COLUMN xid"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_acts_and_readings")]
    operations = [
        migrations.RunSQL(UP, DOWN),
        append_only("audit_act"),
        append_only("audit_reading"),
        append_only("audit_checkpoint"),
    ]
