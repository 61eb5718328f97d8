"""Which system is to be told how its report fares: none where whoever reported is a party, or may be."""

from django.db import migrations

# Past the reporter's zone on purpose: whoever decides a report must not tell a party because he may not see him. Gives
# the sender's code and the number it was given, nothing of the reporter. The same line as `intake_progress` draws.
UP = """
CREATE FUNCTION intake_sender_to_tell(of_report uuid) RETURNS TABLE (sender text, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.sender, m.number
    FROM intake_receivedkey k JOIN intake_report r ON r.id = k.report_id JOIN matters_matter m ON m.id = r.id
   WHERE k.report_id = of_report AND r.mandated = 'yes'
     AND NOT (SELECT coalesce(bool_or(x.is_party OR x.category IN ('self', 'family', 'anonymous')), true)
                FROM intake_reporter x WHERE x.report_id = of_report)
     AND (nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
       SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
          AND 'work' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
          AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))))
   LIMIT 1
$$;
"""
DOWN = "DROP FUNCTION intake_sender_to_tell;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_progress_for_its_sender"), ("systems", "0002_messages")]
    operations = [migrations.RunSQL(UP, DOWN)]
