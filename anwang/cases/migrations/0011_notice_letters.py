"""The letter by which a placement is told: when the register sends it, the notice is recorded."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.audit.tables import append_only


def _key(to: str, one: bool = False) -> models.Field:
    kind = models.OneToOneField if one else models.ForeignKey
    return kind(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_warn_whoever_serves_him"),
        ("documents", "0003_request_found_later"),
        ("matters", "0001_matter_and_ledgers"),
    ]
    operations = [
        migrations.CreateModel(
            name="NoticeLetter",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("case", _key("matters.matter")),
                ("matter", _key("matters.matter")),
                ("paper", _key("documents.paper", one=True)),
            ],
        ),
        append_only("cases_noticeletter"),
    ]
