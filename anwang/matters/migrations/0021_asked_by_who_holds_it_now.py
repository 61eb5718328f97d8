"""Who awaits the answer to a referral changes with whoever holds the case it came from."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0020_given_back")]
    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (from_unit_id) ON matters_offer TO anwang_app",
            "REVOKE UPDATE (from_unit_id) ON matters_offer FROM anwang_app",
        )
    ]
