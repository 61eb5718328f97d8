"""What a chief's page counts, and the reports that wait in a county, stand in indexes that hold nothing else."""

from django.db import migrations, models
from django.db.models import F, Q

OPEN = Q(state="open")


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_alarms_rise_once")]

    operations = [
        migrations.RemoveIndex("matter", "open_reports_of_county"),
        migrations.AddIndex(
            "matter",
            models.Index(
                fields=["county"],
                include=["id", "number"],
                condition=Q(kind="report", ended_at__isnull=True),
                name="open_reports_in_county",
            ),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(
                fields=["acting_unit"],
                condition=Q(ended_at__isnull=True) & ~Q(kind="report"),
                name="open_casework_of_unit",
            ),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(
                fields=["acting_unit"],
                condition=Q(ended_at__isnull=True) & ~Q(accountable=F("acting_unit")),
                name="open_commissions_of_unit",
            ),
        ),
        migrations.AddIndex(
            "duty", models.Index(fields=["unit", "late_cause", "due_at"], condition=OPEN, name="open_duties_by_cause")
        ),
        migrations.AddIndex(
            "duty",
            models.Index(fields=["unit"], condition=Q(state="open", is_auto=True), name="resting_duties_of_unit"),
        ),
        migrations.AddIndex(
            "duty",
            models.Index(
                fields=["unit", "pushed"], condition=Q(state="open", pushed__gt=0), name="pushed_duties_of_unit"
            ),
        ),
    ]
