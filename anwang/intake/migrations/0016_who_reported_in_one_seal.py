"""What a reporter is lies in his seal too: whoever works on a report learns no category by asking for the comparison."""

from django.db import migrations, models

AFTER = """
CREATE OR REPLACE FUNCTION intake_reporter_to_compare(of_report uuid)
RETURNS TABLE (id uuid, sealed bytea, category text, is_party boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.sealed, CASE WHEN NOT r.is_whole THEN r.category::text END,
         CASE WHEN NOT r.is_whole THEN r.is_party END
    FROM intake_reporter r
   WHERE r.report_id = of_report AND EXISTS (
      SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
         AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY r.recorded_at DESC, r.id DESC LIMIT 1
$$;
"""
BEFORE = AFTER.replace("CASE WHEN NOT r.is_whole THEN r.category::text END", "r.category::text").replace(
    "CASE WHEN NOT r.is_whole THEN r.is_party END", "r.is_party"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0015_reports_as_they_press")]
    operations = [
        # Rows from before keep what they are beside the seal: they are written once, and only the program has the key.
        migrations.AddField("reporter", "is_whole", models.BooleanField(default=False)),
        migrations.RunSQL(AFTER, BEFORE),
    ]
