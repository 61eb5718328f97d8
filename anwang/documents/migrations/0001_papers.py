import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("matters", "0005_corrected_spans_and_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("direction", models.CharField(choices=[("in", "收文"), ("out", "發文")], max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("numbered", "已取號"),
                            ("sent", "已發出"),
                            ("received", "已收"),
                            ("void", "作廢"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("transfer", "移轄函"),
                            ("visit", "協訪函"),
                            ("reply", "復函"),
                            ("notice", "通知"),
                            ("report", "通報表"),
                            ("court", "法院、檢察署來文"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                ("dated_on", models.DateField(null=True)),
                ("file_id", models.UUIDField()),
                (
                    "addressee",
                    models.CharField(
                        choices=[("unit", "機關或單位"), ("person", "個人")], default="unit", max_length=6
                    ),
                ),
                ("other_name", models.CharField(blank=True, max_length=80)),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")],
                        default="neutral",
                        max_length=8,
                    ),
                ),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("plain", "普通"), ("confidential", "密"), ("secret", "機密")],
                        default="confidential",
                        max_length=12,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("electronic", "電子交換"), ("post", "郵寄"), ("by_hand", "親送"), ("fax", "傳真")],
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("answer_due_on", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "answers",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.offer"
                    ),
                ),
                (
                    "other_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "-recorded_at"], name="papers_of_unit"),
                    models.Index(fields=["matter"], name="papers_of_matter"),
                    models.Index(fields=["answers"], name="answers_to_paper"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "numbered", "sent", "received", "void"])),
                        name="paper_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("circle__in", ["victim", "other", "neutral"])), name="paper_circle_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("direction", "in"), ("received_at__isnull", False), ("state__in", ["received", "void"])
                            ),
                            models.Q(("direction", "out"), ("state__in", ["draft", "void", "numbered", "sent"])),
                            _connector="OR",
                        ),
                        name="paper_state_fits_its_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "void", "received"]),
                            models.Q(models.Q(("number", ""), _negated=True), ("dated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_going_out_has_number_and_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="sent_paper_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("addressee", "person"),
                            ("other_unit__isnull", False),
                            models.Q(("other_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_has_another_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_id", models.F("id")), ("matter__isnull", True)),
                            ("file_id", models.F("matter")),
                            _connector="OR",
                        ),
                        name="paper_stands_in_its_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answers", models.F("id")), _negated=True), name="paper_answers_another"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "out"), models.Q(("number", ""), _negated=True)),
                        fields=("unit", "number"),
                        name="number_going_out_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperBody",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["paper"], name="bodies_of_paper")],
            },
        ),
        migrations.CreateModel(
            name="PaperWords",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("subject", models.CharField(max_length=300)),
                ("to_person", models.CharField(blank=True, max_length=120)),
                ("letter", models.JSONField(default=dict)),
                ("written_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["paper", "recorded_at"], name="words_of_paper")],
            },
        ),
    ]
