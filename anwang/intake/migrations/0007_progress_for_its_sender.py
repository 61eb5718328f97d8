"""How a report fares, for the system that sent it: one of three neutral words, past the grants, and nothing else."""

from django.db import migrations

# Only to the service that sent it, under its own name; no row for what is not there and for what somebody else sent.
# More than "received" only where whoever reported had to by law and is surely no party: a word that moves tells a party
# that somebody acts, and where. Ended is said of the report, which ends alike whether a case was opened or not.
UP = """
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
DOWN = "DROP FUNCTION intake_progress;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_receipts_and_replies")]
    operations = [migrations.RunSQL(UP, DOWN)]
