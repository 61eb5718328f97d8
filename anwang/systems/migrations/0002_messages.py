"""What goes out to other systems and what came in; what a message may hold is checked by the database."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.audit.tables import append_only

# Only known keys, and values in which a name would not fit: whoever writes a message by mistake is refused.
CODES_ONLY = """
ALTER TABLE systems_outgoing ADD CONSTRAINT message_says_codes_only CHECK (
  jsonb_typeof(data) = 'object' AND data - ARRAY['class', 'result'] = '{}'::jsonb
  AND NOT jsonb_path_exists(data, '$.* ? (@.type() != "string" || !(@ like_regex "^[a-z0-9_]{1,40}$"))'));
"""
RIGHTS = """
REVOKE UPDATE, DELETE ON systems_endpoint, systems_outgoing, systems_incoming FROM anwang_app;
GRANT UPDATE (ends_at, numbered) ON systems_endpoint TO anwang_app;
GRANT UPDATE (number, day, state, tries, try_at, failing_since, because, sent_at, acknowledged_at, handed_back_at, given_up)
  ON systems_outgoing TO anwang_app;
GRANT UPDATE (state, done_at, because, settled, about_id) ON systems_incoming TO anwang_app;
"""
# A secret is read by the job that signs and by the door that compares; a body by the door's own job.
SEALED = """
ALTER TABLE systems_endpointsecret ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON systems_endpointsecret FOR SELECT
  USING (current_setting('anwang.service', true) IN ('sending', 'events'));
CREATE POLICY writes ON systems_endpointsecret FOR INSERT WITH CHECK (
  nullif(current_setting('anwang.worker', true), '') IS NOT NULL OR nullif(current_setting('anwang.service', true), '') IS NOT NULL);
ALTER TABLE systems_incomingbody ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON systems_incomingbody FOR SELECT USING (current_setting('anwang.service', true) = 'events');
CREATE POLICY writes ON systems_incomingbody FOR INSERT WITH CHECK (current_setting('anwang.service', true) = 'events');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_names_as_read"),
        ("systems", "0001_systems_and_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("webhook", "即時推送"), ("file", "每日檔案")], max_length=8)),
                ("address", models.URLField(blank=True, max_length=300)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("numbered", models.BigIntegerField(default=0)),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.system"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("event", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=40)),
                ("about_id", models.UUIDField(null=True)),
                ("number", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("happened_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待處理"),
                            ("done", "已處理"),
                            ("unknown", "看不懂，留存"),
                            ("dead", "處理不了"),
                            ("settled", "已人工處理"),
                        ],
                        default="received",
                        max_length=8,
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("because", models.CharField(blank=True, max_length=24)),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told_otherwise", "已用別的方式告知"),
                            ("not_needed", "對方不再需要"),
                            ("endpoint_gone", "對方已停用這個位址"),
                            ("sent_by_mistake", "對方誤送"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.system"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EndpointSecret",
            fields=[
                (
                    "endpoint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="systems.endpoint",
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="IncomingBody",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="systems.incoming",
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("matter_id", models.UUIDField(null=True)),
                ("event", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("number", models.BigIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等候送出"),
                            ("sent", "已送出"),
                            ("dead", "送不出去"),
                            ("given_up", "不再送"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("try_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("because", models.CharField(blank=True, max_length=12)),
                ("sent_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("handed_back_at", models.DateTimeField(null=True)),
                (
                    "given_up",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told_otherwise", "已用別的方式告知"),
                            ("not_needed", "對方不再需要"),
                            ("endpoint_gone", "對方已停用這個位址"),
                            ("sent_by_mistake", "對方誤送"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.endpoint"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("because", models.CharField(blank=True, max_length=12)),
                ("milliseconds", models.PositiveIntegerField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.outgoing"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address__regex", "^https?://[^@#?]+$"), ("kind", "webhook")),
                    models.Q(("address", ""), ("kind", "file")),
                    _connector="OR",
                ),
                name="endpoint_has_an_address_or_a_folder",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "events__contained_by",
                        [
                            "tw.anwang.report.received",
                            "tw.anwang.report.decided",
                            "tw.anwang.report.closed",
                            "tw.anwang.roster.acknowledged",
                            "tw.anwang.trial",
                        ],
                    ),
                    ("events__len__gt", 0),
                ),
                name="endpoint_events_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="endpoint_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at__isnull", True)),
                fields=("system", "county", "kind", "address"),
                name="endpoint_once_by_address",
            ),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["system", "county", "number"], name="incoming_in_order"),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(
                condition=models.Q(("state", "received")), fields=["received_at"], name="incoming_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.UniqueConstraint(fields=("system", "county", "event_id"), name="incoming_once_by_system"),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "done", "unknown", "dead", "settled"])),
                name="incoming_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state", "received")),
                    models.Q(models.Q(("state", "received"), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="incoming_settled_has_its_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__gt", 0), _connector="OR"),
                name="incoming_counts_from_one",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["endpoint", "number"], name="messages_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("number", None)), fields=["endpoint", "id"], name="messages_not_numbered"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "dead")), fields=["endpoint", "number"], name="messages_dead"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("day__isnull", False)), fields=["endpoint", "day"], name="messages_of_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__regex", "^tw\\.anwang\\.[a-z]+(\\.[a-z_]+)?$")),
                name="message_event_is_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__regex", "^[A-Z][A-Z0-9]{0,7}(-[A-Z0-9]{1,12}){1,3}$")),
                name="message_is_about_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sent", "dead", "given_up"])), name="message_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", False), ("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="message_sent_has_its_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "given_up"), models.Q(("given_up", ""), _negated=True)),
                    models.Q(models.Q(("state", "given_up"), _negated=True), ("given_up", "")),
                    _connector="OR",
                ),
                name="message_given_up_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(fields=("endpoint", "number"), name="message_number_once"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["message", "at"], name="attempts_of_message"),
        ),
        append_only("systems_attempt"),
        append_only("systems_endpointsecret"),
        append_only("systems_incomingbody"),
        migrations.RunSQL(CODES_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
