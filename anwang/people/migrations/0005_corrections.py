"""What a record said before it was completed or corrected: read like the person, and only growing."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect_person
from anwang.audit.tables import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "name_kind",
                    models.CharField(
                        choices=[
                            ("full", "全名"),
                            ("partial", "部分姓名"),
                            ("called", "稱呼"),
                            ("code", "代號"),
                            ("unknown", "姓名不詳"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "女"), ("male", "男"), ("other", "其他"), ("unknown", "不詳")], max_length=8
                    ),
                ),
                ("born_earliest", models.DateField(null=True)),
                ("born_latest", models.DateField(null=True)),
                ("birth_is_approximate", models.BooleanField(default=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "戶籍"),
                            ("said", "自述"),
                            ("seen", "訪視所見"),
                            ("reported", "通報所載"),
                            ("agency", "機關提供"),
                        ],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=120)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "recorded_at"], name="corrections_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["register", "said", "seen", "reported", "agency"])),
                        name="correction_says_who_says_so",
                    )
                ],
            },
        ),
        protect_person("people_correction"),
        append_only("people_correction"),
        migrations.RunSQL(
            "GRANT UPDATE (name, name_kind, name_key, sex) ON people_person TO anwang_app;", migrations.RunSQL.noop
        ),
    ]
