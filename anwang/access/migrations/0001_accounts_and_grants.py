import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_units_and_workers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=60, unique=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hant", "正體中文"), ("en", "English")], default="zh-hant", max_length=7
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_demo", models.BooleanField(default=False)),
                ("failed_count", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("holder", models.CharField(max_length=80)),
                (
                    "zones",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("intake", "受理通報"),
                            ("duty", "值班處理"),
                            ("casework", "個案服務"),
                            ("supervision", "督導審核"),
                            ("paperwork", "公文處理"),
                            ("statistics", "業務統計"),
                            ("administration", "系統管理"),
                        ],
                        max_length=40,
                    ),
                ),
                ("because", models.CharField(max_length=60)),
                ("because_id", models.UUIDField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("granted_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["file_id", "holder"], name="grants_of_file"),
                    models.Index(fields=["holder", "file_id"], name="grants_of_holder"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("holder__regex", "^[wud]:[0-9a-f-]{36}(/[a-z_]+)?$")),
                        name="grant_holder_is_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("zones__contained_by", ["work", "case", "special", "safety", "reporter"]),
                            ("zones__len__gt", 0),
                        ),
                        name="grant_zones_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"
                        ),
                        name="grant_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")],
                        default="neutral",
                        max_length=8,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["file_id"], name="persons_in_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "file_id"), name="person_stands_in_a_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("circle__in", ["victim", "other", "neutral"])), name="circle_known"
                    ),
                ],
            },
        ),
    ]
