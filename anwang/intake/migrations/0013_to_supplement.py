"""Which report a system may add to, and whether somebody is still to decide it: to its sender alone, past the grants."""

from django.db import migrations

UP = """
CREATE FUNCTION intake_to_supplement(asked text, of_sender text, of_county text)
  RETURNS TABLE (report_id uuid, is_undecided boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, m.ended_at IS NULL AND NOT r.was_decided
    FROM matters_matter m JOIN intake_report r ON r.id = m.id
   WHERE m.number = asked AND m.county = of_county
     AND current_setting('anwang.service', true) = 'api:' || of_sender
     AND EXISTS (SELECT 1 FROM intake_receivedkey k WHERE k.report_id = r.id AND k.sender = of_sender)
$$;
"""
DOWN = "DROP FUNCTION intake_to_supplement;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0012_settled_for_its_sender")]
    operations = [migrations.RunSQL(UP, DOWN)]
