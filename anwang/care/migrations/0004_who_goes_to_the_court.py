"""Who is hospitalised under the old rules on the day they change, for the job of the day."""

from django.db import migrations

CARRIED = """
CREATE FUNCTION care_to_carry_over(in_county text)
RETURNS TABLE (measure_id uuid, matter_id uuid, person_id uuid, recorded_by uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT x.id, x.matter_id, x.person_id, x.recorded_by
    FROM care_measure x JOIN matters_matter m ON m.id = x.matter_id AND m.county = in_county AND m.ended_at IS NULL
   WHERE x.kind = 'hospital' AND x.rule_set = 'committee' AND x.ended_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM care_measurestep s WHERE s.measure_id = x.id AND s.kind = 'carried')
     AND (access_service() = 'care' OR EXISTS (
       SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.holder = ANY (access_writing_keys()) AND 'case' = ANY (g.zones)
          AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())))
   ORDER BY x.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0003_the_receiver_follows")]
    operations = [migrations.RunSQL(CARRIED, "DROP FUNCTION care_to_carry_over")]
