"""That somebody searches may also be found in a report, by the program: then nobody told it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("protection", "0004_disputed_words")]
    operations = [migrations.AlterField("seeking", "by", models.UUIDField(null=True))]
