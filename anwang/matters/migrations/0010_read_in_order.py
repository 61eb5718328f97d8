"""Lists are read by an index in the order in which they are shown, and only as far as they are shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_names_as_read"),
        ("matters", "0009_keep_plans"),
        ("people", "0008_short_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("signed_at__isnull", True), ("superseded_at__isnull", True)),
                fields=["to_worker"],
                name="unsigned_of_worker",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("owed_by", "role"), ("state", "open")),
                fields=["unit", "role", "due_at"],
                name="open_duties_of_role",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("kind", "report")),
                fields=["acting_unit"],
                name="open_reports_of_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("kind", "report")),
                fields=["county"],
                name="open_reports_of_county",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("kind", "report")),
                fields=["county", "ended_at"],
                name="ended_reports",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("answered_recorded_at__isnull", False)),
                fields=["from_unit", "answered_recorded_at"],
                name="answers_to_unit",
            ),
        ),
    ]
