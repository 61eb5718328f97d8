"""How many files were attached to a report, for the system that sent it and brings another: a number, and of its own alone."""

from django.db import migrations

UP = """
CREATE FUNCTION intake_attached(asked text, of_sender text, of_county text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM intake_to_supplement(asked, of_sender, of_county) r
    JOIN intake_reportoriginal o ON o.report_id = r.report_id
   WHERE o.media_type = 'application/pdf' OR starts_with(o.media_type, 'image/')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_counted_by_county")]
    operations = [migrations.RunSQL(UP, "DROP FUNCTION intake_attached;")]
