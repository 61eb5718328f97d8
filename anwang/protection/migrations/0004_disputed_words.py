"""Where somebody shielded says she lives is a place too: such words of a dispute open like her safety zone."""

from django.db import migrations

WORDS = """
CREATE FUNCTION protection_words_shown(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
                       JOIN people_shield h ON h.person_id = q.id AND h.until_at IS NULL WHERE p.id = who)
      OR protection_opens(who)
$$;

CREATE POLICY shielded ON people_disputedfact AS RESTRICTIVE FOR SELECT
  USING (fact NOT IN ('address', 'contact', 'record') OR protection_words_shown(person_id));
"""
DOWN = "DROP POLICY shielded ON people_disputedfact; DROP FUNCTION protection_words_shown;"


class Migration(migrations.Migration):
    dependencies = [("protection", "0003_county_is_an_address"), ("people", "0013_disputed_facts")]
    operations = [migrations.RunSQL(WORDS, DOWN)]
