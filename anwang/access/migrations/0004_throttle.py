"""Counts of knocks from outside: unlogged, since a lost count only begins again; no row tells who knocked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_language_of_a_viewer")]
    operations = [
        migrations.CreateModel(
            name="Throttle",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=40)),
                ("count", models.IntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE access_throttle SET UNLOGGED", "ALTER TABLE access_throttle SET LOGGED"),
    ]
