"""Receipts and replies, and what is asked of them past the grants: by a system that sent a report, by a receipt."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# A receipt is written once and read by nobody: only the function below compares with it.
RECEIPTS = """
ALTER TABLE intake_receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY writes ON intake_receipt FOR INSERT
  WITH CHECK (nullif(current_setting('anwang.service', true), '') IS NOT NULL);
REVOKE SELECT, UPDATE, DELETE ON intake_receipt FROM anwang_app;
"""
RECEIPTS_DOWN = """
DROP POLICY writes ON intake_receipt; ALTER TABLE intake_receipt DISABLE ROW LEVEL SECURITY;
"""
# Who reported, still sealed, for the one comparison that decides whether he may be a party. Only the program opens it,
# with the reporters' key; nobody is shown it. To whoever may work on the report.
REPORTER = """
CREATE FUNCTION intake_reporter_to_compare(of_report uuid)
RETURNS TABLE (id uuid, sealed bytea, category text, is_party boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.sealed, r.category::text, r.is_party FROM intake_reporter r
   WHERE r.report_id = of_report AND EXISTS (
      SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
         AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY r.recorded_at DESC, r.id DESC LIMIT 1
$$;

-- A receipt by its number, for the service that shows its status: what is needed to compare, and whether the report
-- was decided. Always one row, so that a wrong number costs as much as a right one.
CREATE FUNCTION intake_receipt_of(asked text, OUT salt bytea, OUT digest bytea, OUT handled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.salt, c.digest, coalesce(r.was_decided, false)
    FROM (SELECT 1) one LEFT JOIN intake_receipt c ON c.number = asked
         AND nullif(current_setting('anwang.service', true), '') IS NOT NULL
    LEFT JOIN intake_report r ON r.id = c.report_id
$$;

-- The reply that waits for the system which sent the report: it is sent by being fetched. To services only.
CREATE FUNCTION intake_fetch_reply(of_report uuid, fetched_at timestamptz, OUT reply text, OUT is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nullif(current_setting('anwang.service', true), '') IS NULL THEN RETURN; END IF;
  UPDATE intake_reply SET sent_at = fetched_at WHERE report_id = of_report AND sent_at IS NULL AND way = 'system';
  is_first := FOUND;
  SELECT p.reply_class INTO reply FROM intake_reply p WHERE p.report_id = of_report AND p.way = 'system'
   ORDER BY p.ready_at DESC, p.id DESC LIMIT 1;
  IF is_first THEN
    UPDATE intake_report SET reply_class = reply, reply_at = fetched_at WHERE id = of_report;
  END IF;
END $$;
"""
REPORTER_DOWN = """
DROP FUNCTION intake_reporter_to_compare; DROP FUNCTION intake_receipt_of; DROP FUNCTION intake_fetch_reply;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_asked_about"),
        ("intake", "0005_joined_to_another"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=14, unique=True)),
                ("salt", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report"], name="receipts_of_report")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("reply_class", models.CharField(max_length=24)),
                (
                    "way",
                    models.CharField(
                        choices=[("phone", "電話"), ("letter", "公文"), ("system", "介接系統")], max_length=8
                    ),
                ),
                ("confirmed", models.CharField(max_length=16)),
                ("ready_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report", "ready_at"], name="replies_of_report")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["phone", "letter", "system"])), name="reply_goes_some_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at__isnull", False), ("way", "system"), _connector="OR"),
                        name="only_systems_fetch_replies",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("sent_at__gte", models.F("ready_at")), _connector="OR"
                        ),
                        name="reply_sent_after_ready",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper__isnull", True), ("way", "letter"), _connector="OR"),
                        name="only_letters_are_papers",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sent_at__isnull", True)), fields=("report",), name="one_reply_to_fetch"
                    ),
                ],
            },
        ),
        append_only("intake_receipt"),
        migrations.RunSQL(RECEIPTS, RECEIPTS_DOWN),
        protect("intake_reply", file="report_id", zone="work"),
        migrations.RunSQL(REPORTER, REPORTER_DOWN),
    ]
