"""The reports of a county by the day they were known: a month is counted without reading the nation's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0016_requests_of_data_subjects")]
    operations = [
        migrations.AddIndex(
            "matter",
            models.Index(
                fields=["county", "opened_at"],
                include=["id"],
                condition=models.Q(("kind", "report")),
                name="reports_of_county",
            ),
        )
    ]
