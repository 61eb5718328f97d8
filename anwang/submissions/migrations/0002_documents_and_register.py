"""Documents uploaded for the parts of a submission; the letter that answers stands in the register of papers."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7

RIGHTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON submissions_document FROM anwang_app;
GRANT UPDATE (taken_back_at, taken_back_by) ON submissions_document TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_sheets_that_are_filed"),
        ("submissions", "0001_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="paper",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_by", models.UUIDField(null=True)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.callpart"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["submission"], name="documents_of_submission")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), models.Q(("name", ""), _negated=True)),
                        name="document_holds_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                            models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_taken_back_says_by_whom",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("submission", "part", "digest"),
                        name="same_document_once_in_a_part",
                    ),
                ],
            },
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
