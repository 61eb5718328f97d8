"""The room's own kind of a matter, so that rules about matters that rest can tell kinds of case apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_words_with_an_offer")]
    operations = [
        migrations.AddField(
            model_name="matter", name="sort", field=models.CharField(blank=True, default="", max_length=40)
        ),
    ]
