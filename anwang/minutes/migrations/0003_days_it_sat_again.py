"""A sitting over several days keeps all of them; papers read before keep the first."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_sent_minutes_stay")]
    operations = [
        migrations.AddField(
            "sitting",
            "further_days",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=24), default=list, size=None),
        ),
    ]
