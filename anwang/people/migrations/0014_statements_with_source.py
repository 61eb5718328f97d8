"""What registers, other authorities, the family and visits say of a person, beside each other."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect_person
from anwang.audit.tables import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=16)),
                ("value", models.CharField(max_length=200)),
                ("since_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("fetched_on", models.DateField()),
                ("ground", models.CharField(blank=True, max_length=120)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.statement"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "topic"], name="statements_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True), name="statement_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("since_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="statement_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="statement_corrected_once",
                    ),
                ],
            },
        ),
        protect_person("people_statement"),
        append_only("people_statement"),
    ]
