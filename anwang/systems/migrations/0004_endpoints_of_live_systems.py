"""An endpoint is live only while its system is: nothing is owed to a place to which nothing is sent any more."""

from django.db import migrations, models

# Until now a system could be retired over endpoints that looked alive and took nothing: they end where it did.
ENDED = """
UPDATE systems_endpoint e SET ends_at = greatest(s.retired_at, e.starts_at)
  FROM systems_system s WHERE s.id = e.system_id AND s.retired_at IS NOT NULL AND e.ends_at IS NULL
"""
KEY = """
ALTER TABLE systems_endpoint
  ADD CONSTRAINT endpoint_live_only_while_its_system_is FOREIGN KEY (live_of) REFERENCES systems_system (live_id)
  DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [("systems", "0003_scope_for_events")]

    operations = [
        migrations.RunSQL(ENDED, ""),
        migrations.AddField(
            model_name="endpoint",
            name="live_of",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(models.When(ends_at__isnull=True, then=models.F("system_id"))),
                output_field=models.UUIDField(null=True),
            ),
        ),
        migrations.RunSQL(KEY, "ALTER TABLE systems_endpoint DROP CONSTRAINT endpoint_live_only_while_its_system_is"),
    ]
