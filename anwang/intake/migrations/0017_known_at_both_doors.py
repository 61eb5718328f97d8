"""What a report means stands beside its sum: sent once as JSON and once as FHIR it is known again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_who_reported_in_one_seal")]
    operations = [
        migrations.AddField("receivedkey", "meaning", models.CharField(blank=True, default="", max_length=64)),
        migrations.AlterField("receivedkey", "sha256", models.CharField(blank=True, max_length=64)),
    ]
