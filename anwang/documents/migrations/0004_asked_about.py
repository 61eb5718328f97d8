"""Whom a request to another authority is about: named in its letter, kept in the case zone of the file."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_request_found_later"),
        ("matters", "0002_duties_moves_judgement"),
        ("people", "0001_persons"),
    ]
    operations = [
        migrations.CreateModel(
            name="AskedAbout",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.offer"
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
                "constraints": [models.UniqueConstraint(fields=("offer", "person"), name="asked_about_a_person_once")]
            },
        ),
        protect("documents_askedabout", file="file_id"),
        append_only("documents_askedabout"),
    ]
