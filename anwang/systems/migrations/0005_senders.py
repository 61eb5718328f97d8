"""The offices for which a system may send lists. Until one is written down, none is taken from that system."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7

# A county's system speaks in its own county only, and what is ended stays ended (the triggers of 0001).
UP = """
CREATE TRIGGER stays_at_home BEFORE INSERT ON systems_sender FOR EACH ROW EXECUTE FUNCTION systems_token_stays_at_home();
CREATE TRIGGER stays_ended BEFORE UPDATE ON systems_sender FOR EACH ROW EXECUTE FUNCTION systems_stays_ended('until_at');
REVOKE UPDATE, DELETE ON systems_sender FROM anwang_app;
GRANT UPDATE (until_at, ended_by) ON systems_sender TO anwang_app;
"""
DOWN = "DROP TRIGGER stays_ended ON systems_sender; DROP TRIGGER stays_at_home ON systems_sender;"


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_names_as_read"), ("systems", "0004_endpoints_of_live_systems")]
    operations = [
        migrations.CreateModel(
            name="Sender",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("since_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("until_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.system"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "^\\S(.*\\S)?$")), name="sender_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True), ("until_at__gte", models.F("since_at")), _connector="OR"
                        ),
                        name="sender_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("system", "county", "name"),
                        name="sender_once_by_system",
                    ),
                ],
            },
        ),
        migrations.RunSQL(UP, DOWN),
    ]
