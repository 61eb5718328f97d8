"""Searching by one or two characters stays quick in a nation: bounded, and it says when there is more.

First the viewer's own files, the newest of each key; then everybody with these characters, if they are few. A row
without a person says that not everybody was looked at: one more character helps.
"""

from importlib import import_module

from django.db import migrations

FORMER = import_module("anwang.people.migrations.0004_finding").FINDING
_BEGIN = FORMER.index("CREATE FUNCTION people_search(")
DOWN = FORMER[_BEGIN : FORMER.index("$$;", _BEGIN) + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
READ = """EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                    WHERE i.person_id = person AND g.holder = ANY (keys) AND /* live case */ OFFSET 0)"""
UP = """
CREATE FUNCTION people_short_name(q_name text, keys text[], seen timestamptz) RETURNS TABLE (person_id uuid, is_cut boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own uuid[]; few uuid[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') INTO own FROM (
    SELECT p.id FROM unnest(keys) k,
           LATERAL (SELECT g.file_id FROM access_grant g WHERE g.holder = k AND /* live case */
                     ORDER BY g.file_id DESC LIMIT 300) f
      JOIN access_involvement i ON i.file_id = f.file_id JOIN people_person p ON p.id = i.person_id
     WHERE p.name_key <> '' AND position(q_name IN p.name_key) > 0 LIMIT 200) x;
  IF cardinality(own) >= 50 THEN
    RETURN QUERY SELECT id, false FROM unnest(own) id;
    RETURN;
  END IF;
  SELECT coalesce(array_agg(x.id), '{}') INTO few FROM (
    SELECT p.id FROM people_person p
     WHERE p.name_key <> '' AND string_to_array(p.name_key, NULL) @> string_to_array(q_name, NULL)
       AND position(q_name IN p.name_key) > 0 LIMIT 1001) x;
  RETURN QUERY SELECT id, false FROM unnest(own) id
    UNION SELECT few_of.key, false FROM unnest(few) AS few_of (key) WHERE /* read few_of.key */;
  IF cardinality(few) > 1000 THEN
    RETURN QUERY SELECT NULL::uuid, true;
  END IF;
END $$;
REVOKE ALL ON FUNCTION people_short_name FROM PUBLIC;
CREATE OR REPLACE FUNCTION people_search(q_name text, q_id bytea, q_digits text, q_place text, q_number text)
RETURNS TABLE (person_id uuid, how text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE keys text[] := access_keys(); seen timestamptz := access_at();
BEGIN
  RETURN QUERY
  SELECT hit.person_id, min(hit.how) FROM (
    SELECT s.person_id, CASE WHEN s.is_cut THEN 'cut' ELSE 'name' END AS how
      FROM people_short_name(q_name, keys, seen) s WHERE length(q_name) IN (1, 2)
    UNION ALL
    SELECT m.person_id, m.how
      FROM people_matches(CASE WHEN length(q_name) > 2 THEN q_name ELSE '' END, q_id, q_digits, q_place) m
     WHERE /* read m.person_id */
    UNION ALL
    SELECT i.person_id, 'file' FROM matters_matter m JOIN access_involvement i ON i.file_id = m.id
      JOIN access_grant g ON g.file_id = m.id
     WHERE m.number = q_number AND g.holder = ANY (keys) AND /* live case */
    UNION ALL
    SELECT fm.person_id, 'family' FROM people_family f JOIN people_familymember fm ON fm.family_id = f.id
     WHERE f.number = q_number AND fm.until_on IS NULL
       AND EXISTS (SELECT 1 FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
                    WHERE m.family_id = f.id AND g.holder = ANY (keys) AND /* live work */)
       AND /* read fm.person_id */
  ) hit GROUP BY hit.person_id ORDER BY hit.person_id IS NULL DESC LIMIT 51;
END $$;
"""
for person in ("few_of.key", "m.person_id", "fm.person_id"):
    UP = UP.replace(f"/* read {person} */", READ.replace("= person ", f"= {person} "))
for zone in ("case", "work"):
    live = f"'{zone}' = ANY (g.zones) AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)"
    UP = UP.replace(f"/* live {zone} */", live)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_keep_plans")]
    operations = [migrations.RunSQL(UP, DOWN + "DROP FUNCTION people_short_name;")]
