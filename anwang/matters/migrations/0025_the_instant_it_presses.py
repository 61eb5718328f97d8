"""The column that `intake` 0015 made is named by the model: whoever opens a report writes it with the row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0024_found_by_index"), ("intake", "0015_reports_as_they_press")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddField("matter", "pressing_at", models.DateTimeField(null=True))]
        ),
    ]
