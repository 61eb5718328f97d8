import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("people", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "通報"),
                            ("case", "案件"),
                            ("placement", "安置"),
                            ("coordination", "家庭主責"),
                        ],
                        max_length=16,
                    ),
                ),
                ("county", models.CharField(max_length=5)),
                ("opened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=40)),
                ("accountable_since", models.DateTimeField()),
                (
                    "accountable_how",
                    models.CharField(
                        choices=[
                            ("opened", "受理時起"),
                            ("assigned", "指派"),
                            ("reassigned", "改派"),
                            ("shift", "值班交接"),
                            ("accepted", "對方接受"),
                            ("ruled", "裁定"),
                            ("cover", "職務代理"),
                            ("contract", "委託"),
                            ("hand_over", "移交清冊"),
                            ("returned", "委託結束收回"),
                        ],
                        default="opened",
                        max_length=16,
                    ),
                ),
                ("accountable_by", models.UUIDField(null=True)),
                ("acting_since", models.DateTimeField()),
                (
                    "acting_how",
                    models.CharField(
                        choices=[
                            ("opened", "受理時起"),
                            ("assigned", "指派"),
                            ("reassigned", "改派"),
                            ("shift", "值班交接"),
                            ("accepted", "對方接受"),
                            ("ruled", "裁定"),
                            ("cover", "職務代理"),
                            ("contract", "委託"),
                            ("hand_over", "移交清冊"),
                            ("returned", "委託結束收回"),
                        ],
                        default="opened",
                        max_length=16,
                    ),
                ),
                ("acting_by", models.UUIDField(null=True)),
                ("next_duty_id", models.UUIDField(null=True)),
                (
                    "open_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("id"))),
                        output_field=models.UUIDField(null=True),
                        unique=True,
                    ),
                ),
                (
                    "open_accountable",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("accountable"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "open_acting_unit",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("acting_unit"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "open_acting_worker",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("acting_worker"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "accountable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "acting_desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "acting_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "acting_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "arose_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["family"], name="open_matters_of_family"
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["acting_worker"],
                        name="open_matters_of_worker",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["acting_unit"],
                        name="open_matters_of_unit",
                    ),
                    models.Index(fields=["accountable", "opened_at"], name="matters_of_authority"),
                    models.Index(fields=["arose_from"], name="matters_arisen_from"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["report", "case", "placement", "coordination"])),
                        name="matter_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="matter_ends_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(
                                ("accountable_since__lte", models.F("ended_at")),
                                ("acting_since__lte", models.F("ended_at")),
                            ),
                            _connector="OR",
                        ),
                        name="matter_ends_after_its_last_hand_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("next_duty_id__isnull", False)),
                            models.Q(("ended_at__isnull", False), ("next_duty_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="open_matter_has_a_next_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acting_desk__isnull", False), ("acting_worker__isnull", True)),
                            models.Q(("acting_desk__isnull", True), ("acting_worker__isnull", False)),
                            _connector="OR",
                        ),
                        name="one_worker_or_one_desk_acts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family__isnull", False), ("kind", "coordination")),
                            models.Q(("kind", "coordination"), _negated=True),
                            _connector="OR",
                        ),
                        name="coordination_is_of_a_family",
                    ),
                    models.UniqueConstraint(fields=("id", "kind"), name="matter_with_its_kind"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("kind", "coordination")),
                        fields=("family",),
                        name="one_lead_per_family",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActingStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("how", models.CharField(max_length=16)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
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
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "since"), name="one_acting_starts_at_an_instant")
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountableStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("how", models.CharField(max_length=16)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
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
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "since"), name="one_authority_starts_at_an_instant")
                ],
            },
        ),
    ]
