"""What would say where somebody in hiding is, is read with the safety zone alone."""

from django.db import migrations

UP = """
CREATE FUNCTION people_is_shielded(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
                   JOIN people_shield s ON s.person_id = q.id AND s.until_at IS NULL WHERE p.id = who)
$$;
CREATE POLICY of_whoever_hides ON people_statement AS RESTRICTIVE FOR SELECT USING (
  topic IN ('kinship', 'income', 'support') OR NOT people_is_shielded(person_id)
  OR EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
              WHERE i.person_id = people_statement.person_id AND i.circle <> 'other'
                AND g.holder = ANY ((SELECT access_keys())::text[]) AND 'safety' = ANY (g.zones)
                AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))))
"""
DOWN = "DROP POLICY of_whoever_hides ON people_statement; DROP FUNCTION people_is_shielded;"


class Migration(migrations.Migration):
    dependencies = [("people", "0014_statements_with_source")]
    operations = [migrations.RunSQL(UP, DOWN)]
