import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("matters", "0003_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="ended_because",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="offer",
            name="until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="worker",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="keyed_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="matter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
            ),
        ),
        migrations.CreateModel(
            name="HandOverList",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("leaving", "離職"),
                            ("moving", "調動"),
                            ("contract", "委託結束"),
                            ("stand_in", "督導暫代"),
                        ],
                        max_length=12,
                    ),
                ),
                ("effective_at", models.DateTimeField()),
                ("prepared_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("given_by", models.UUIDField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.contract",
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "from_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["from_unit", "recorded_at"], name="lists_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("given_by__isnull", True)),
                            models.Q(("given_at__isnull", False), ("given_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_signature_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("received_by", models.UUIDField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("is_overtaken", models.BooleanField(default=False)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "to_desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.handoverlist"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("list", "matter"), name="matter_on_a_list_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_desk__isnull", False), ("to_worker__isnull", True)),
                            models.Q(("to_desk__isnull", True), ("to_worker__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_gives_to_one_worker_or_desk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.CharField(max_length=200)),
                ("remind_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["worker", "remind_at"],
                        name="open_reminders",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftHandover",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "from_worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_worker", models.F("to_worker")), _negated=True),
                        name="shift_changes_hands",
                    ),
                    models.UniqueConstraint(fields=("desk", "effective_at"), name="one_shift_change_at_an_instant"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftHandoverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_personal", models.BooleanField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.shifthandover"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("handover", "matter"), name="matter_on_a_sheet_once")],
            },
        ),
        migrations.CreateModel(
            name="StartCorrection",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("ledger", models.CharField(choices=[("accountable", "權責"), ("acting", "執行")], max_length=12)),
                ("since", models.DateTimeField()),
                ("corrected_since", models.DateTimeField()),
                ("reason", models.CharField(max_length=40)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "ledger", "since"], name="corrections_of_a_start")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ledger__in", ["accountable", "acting"])), name="corrected_ledger_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="correction_says_why"
                    ),
                ],
            },
        ),
    ]
