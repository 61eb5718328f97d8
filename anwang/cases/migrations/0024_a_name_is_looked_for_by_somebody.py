"""Which open files a name means is told to a named viewer alone: unnamed, it told whether somebody has a case."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION cases_incident_files(typed_number text, typed_key text, of_county text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT access_known() THEN
    RETURN '{}';
  END IF;
  RETURN (
  WITH by_number AS (SELECT m.id FROM matters_matter m
                      WHERE m.number = typed_number AND m.kind IN ('case', 'report') AND m.ended_at IS NULL),
  by_name AS (SELECT DISTINCT p.identity_id, m.id FROM people_person p
                JOIN cases_casesubject s ON s.person_id = p.id AND s.until_on IS NULL
                JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL AND m.county = of_county
               WHERE typed_key <> '' AND p.name_key = typed_key)
  SELECT coalesce((SELECT array_agg(n.id) FROM by_number n),
                  (SELECT array_agg(n.id) FROM by_name n HAVING count(DISTINCT n.identity_id) = 1), '{}'));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_lead_of_a_person"), ("access", "0012_naming_a_viewer_costs_less")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
