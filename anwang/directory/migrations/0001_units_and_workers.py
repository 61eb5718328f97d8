import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import anwang.directory.models
import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_acts_and_readings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("left_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=80)),
                ("on_system", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{5}$")), name="jurisdiction_code_has_five_digits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "中央主管機關"),
                            ("county", "縣（市）政府"),
                            ("bureau", "局（處）"),
                            ("intake", "通報調查處理中心／集中受理窗口"),
                            ("protection", "家防中心"),
                            ("welfare", "社福中心"),
                            ("mental_health", "心衛中心"),
                            ("health", "衛生局（所）"),
                            ("police", "警察機關"),
                            ("school", "學校"),
                            ("hospital", "醫院"),
                            ("youth", "少輔會"),
                            ("township", "鄉（鎮、市、區）公所"),
                            ("court", "法院"),
                            ("prosecutor", "檢察署"),
                            ("ngo", "民間團體"),
                            ("other", "其他單位"),
                        ],
                        max_length=16,
                    ),
                ),
                ("is_public", models.BooleanField(default=True)),
                ("on_system", models.BooleanField(default=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(blank=True, max_length=120)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                (
                    "live_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(closed_on__isnull=True, then=models.F("id"))),
                        output_field=models.UUIDField(null=True),
                        unique=True,
                    ),
                ),
                (
                    "live_public_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(closed_on__isnull=True, is_public=True, then=models.F("id"))
                        ),
                        output_field=models.UUIDField(null=True),
                        unique=True,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "ministry",
                                    "county",
                                    "bureau",
                                    "intake",
                                    "protection",
                                    "welfare",
                                    "mental_health",
                                    "health",
                                    "police",
                                    "school",
                                    "hospital",
                                    "youth",
                                    "township",
                                    "court",
                                    "prosecutor",
                                    "ngo",
                                    "other",
                                ],
                            )
                        ),
                        name="unit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_public", True), ("kind", "ngo"), _negated=True),
                        name="ngo_is_not_an_authority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superior", models.F("id")), _negated=True),
                        name="unit_is_not_its_own_superior",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="unit_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=11)),
                ("area_name", models.CharField(max_length=40)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area_code"], name="service_area_by_code")],
                "constraints": [models.UniqueConstraint(fields=("unit", "area_code"), name="unit_serves_an_area_once")],
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(max_length=40)),
                ("covers_county", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("id", "unit"), name="desk_with_its_unit")],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40)),
                ("service", models.CharField(max_length=80)),
                ("posts", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "ngo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="contract_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ngo", models.F("authority")), _negated=True), name="contract_has_two_sides"
                    ),
                    models.UniqueConstraint(fields=("number",), name="contract_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
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
                "indexes": [models.Index(fields=["worker", "starts_at"], name="shifts_of_worker")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="shift_ends_after_start"
                    ),
                    models.CheckConstraint(condition=models.Q(("rank__in", [1, 2, 3])), name="shift_rank_known"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("desk", "="),
                            ("rank", "="),
                            (anwang.directory.models.Span("starts_at", "ends_at"), "&&"),
                        ],
                        name="one_worker_per_place_on_the_roster",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("screener", "篩派案人員"),
                            ("screening_supervisor", "篩派案督導"),
                            ("duty_worker", "值班社工"),
                            ("duty_supervisor", "值班督導"),
                            ("investigator", "調查社工"),
                            ("social_worker", "社工"),
                            ("care_visitor", "關懷訪視員"),
                            ("supervisor", "督導"),
                            ("chief", "主管"),
                            ("clerk", "收發文人員"),
                            ("ngo_worker", "承辦社工（民間團體）"),
                            ("ngo_supervisor", "督導（民間團體）"),
                            ("administrator", "系統管理"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=40)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "live_worker",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("worker"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "live_unit",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("unit"))),
                        output_field=models.UUIDField(null=True),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["unit"], name="live_posts_of_unit"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "screener",
                                    "screening_supervisor",
                                    "duty_worker",
                                    "duty_supervisor",
                                    "investigator",
                                    "social_worker",
                                    "care_visitor",
                                    "supervisor",
                                    "chief",
                                    "clerk",
                                    "ngo_worker",
                                    "ngo_supervisor",
                                    "administrator",
                                ],
                            )
                        ),
                        name="role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gt", models.F("started_at")), _connector="OR"
                        ),
                        name="appointment_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("live_worker", "live_unit"), name="one_live_post_per_worker_and_unit"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("leave", "請假"), ("training", "受訓"), ("duty_rest", "值班補休")], max_length=16
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "covered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="absence_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covered_by", models.F("worker")), _negated=True),
                        name="nobody_covers_himself",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("worker", "="), (anwang.directory.models.Span("starts_at", "ends_at"), "&&")],
                        name="one_absence_at_a_time",
                    ),
                ],
            },
        ),
    ]
