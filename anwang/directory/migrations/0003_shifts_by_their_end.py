"""Who is on shift at a desk is found by when shifts end: past nights are not read through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_names_as_read")]
    operations = [
        migrations.AddIndex(
            model_name="shift", index=models.Index(fields=["desk", "ends_at"], name="shifts_of_desk_by_end")
        ),
    ]
