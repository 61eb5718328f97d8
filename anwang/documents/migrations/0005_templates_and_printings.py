"""How an office's sheets look, and what was printed for whom."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

PRIVILEGES = """
REVOKE UPDATE, DELETE ON documents_template FROM anwang_app;
GRANT UPDATE (state, used_by, used_at, ended_by, ended_at) ON documents_template TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_invited_members_of_the_network"),
        ("documents", "0004_asked_about"),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper", "函與通知"),
                            ("visit", "訪視紀錄"),
                            ("referral", "轉介單"),
                            ("plan", "家庭服務計畫"),
                            ("minutes", "會議紀錄"),
                            ("evaluation", "評估報告"),
                            ("summary", "個案彙總報告"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("body", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("tried", "試用中"), ("used", "使用中"), ("ended", "停用")],
                        default="tried",
                        max_length=8,
                    ),
                ),
                ("uploaded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("used_by", models.UUIDField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("what", models.CharField(max_length=20)),
                ("form", models.CharField(max_length=3)),
                ("title", models.CharField(max_length=80)),
                ("to", models.CharField(blank=True, max_length=120)),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")],
                        default="neutral",
                        max_length=8,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.template",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["paper", "visit", "referral", "plan", "minutes", "evaluation", "summary"])
                ),
                name="template_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["tried", "used", "ended"])), name="template_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "used"), _negated=True), ("used_at__isnull", False), _connector="OR"
                ),
                name="used_template_says_since_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "used")), fields=("unit", "kind"), name="one_template_of_a_kind_in_use"
            ),
        ),
        migrations.AddIndex(
            model_name="printing",
            index=models.Index(fields=["file_id", "-at"], name="printings_of_file"),
        ),
        protect("documents_printing", file="file_id"),
        append_only("documents_printing"),
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
    ]
