"""How a report fares is told to the system that sent it only where its token is of the report's county."""

from django.db import migrations

# As before, and in the county of the token: a national system has one name in every county, and what it sent to one
# is not to be read with another's token.
UP = """
DROP FUNCTION intake_progress(text, text);
CREATE FUNCTION intake_progress(asked text, of_sender text, of_county text)
  RETURNS TABLE (report_id uuid, received_at timestamptz, word text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.received_at, CASE
      WHEN r.mandated <> 'yes' OR p.is_party THEN 'received'
      WHEN m.ended_at IS NOT NULL THEN 'handled'
      WHEN r.was_decided OR EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id) THEN 'being_handled'
      ELSE 'received' END
    FROM matters_matter m JOIN intake_report r ON r.id = m.id
   CROSS JOIN LATERAL (SELECT coalesce(bool_or(x.is_party OR x.category IN ('self', 'family', 'anonymous')), true) AS is_party
                         FROM intake_reporter x WHERE x.report_id = r.id) p
   WHERE m.number = asked AND m.county = of_county
     AND current_setting('anwang.service', true) = 'api:' || of_sender
     AND EXISTS (SELECT 1 FROM intake_receivedkey k WHERE k.report_id = r.id AND k.sender = of_sender)
$$;
"""
DOWN = """
DROP FUNCTION intake_progress(text, text, text);
CREATE FUNCTION intake_progress(asked text, of_sender text) RETURNS TABLE (report_id uuid, received_at timestamptz, word text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.received_at, CASE
      WHEN r.mandated <> 'yes' OR p.is_party THEN 'received'
      WHEN m.ended_at IS NOT NULL THEN 'handled'
      WHEN r.was_decided OR EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id) THEN 'being_handled'
      ELSE 'received' END
    FROM matters_matter m JOIN intake_report r ON r.id = m.id
   CROSS JOIN LATERAL (SELECT coalesce(bool_or(x.is_party OR x.category IN ('self', 'family', 'anonymous')), true) AS is_party
                         FROM intake_reporter x WHERE x.report_id = r.id) p
   WHERE m.number = asked AND current_setting('anwang.service', true) = 'api:' || of_sender
     AND EXISTS (SELECT 1 FROM intake_receivedkey k WHERE k.report_id = r.id AND k.sender = of_sender)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_keep_plans")]
    operations = [migrations.RunSQL(UP, DOWN)]
