"""The name of a notice folded, so that the same coming home told over another door is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_sent_on_and_given_back")]
    operations = [
        migrations.AddField(
            "releasenotice", "who_key", models.CharField(blank=True, default="", max_length=60), preserve_default=False
        )
    ]
