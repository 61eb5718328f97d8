"""What was uploaded, and what failed."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0009_keep_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("outcome", models.CharField(choices=[("uploaded", "已上傳"), ("failed", "沒有成功")], max_length=8)),
                (
                    "way",
                    models.CharField(
                        choices=[("typed", "人工鍵入"), ("batch", "批次檔"), ("interface", "系統介接")], max_length=10
                    ),
                ),
                ("central_number", models.CharField(blank=True, max_length=40)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("away", "中央系統連不上"),
                            ("refused", "欄位被退回"),
                            ("double", "中央已有重複資料"),
                            ("incomplete", "資料還不齊"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "at"], name="uploads_of_matter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("failure", ""),
                                ("outcome", "uploaded"),
                                models.Q(("central_number", ""), _negated=True),
                            ),
                            models.Q(
                                ("central_number", ""), ("outcome", "failed"), models.Q(("failure", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="upload_has_a_number_or_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("central_number__regex", "^[A-Z0-9-]{0,40}$")),
                        name="upload_number_is_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lte", models.F("recorded_at")), ("seen_at__lte", models.F("at"))),
                        name="upload_follows_its_reading",
                    ),
                ],
            },
        ),
    ]
