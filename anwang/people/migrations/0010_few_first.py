"""Two characters are looked up among everybody first: where they are few, nothing else has to be read.

One character is mostly a surname and fits many: there the viewer's newest files come first. A file that several of
his keys open is read once.
"""

from importlib import import_module

from django.db import migrations

_FORMER = import_module("anwang.people.migrations.0008_short_names").UP
_HEAD = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_sort = off AS $$"
LIVE = "'case' = ANY (g.zones) AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)"
UP = """
CREATE OR REPLACE FUNCTION people_short_name(q_name text, keys text[], seen timestamptz) RETURNS TABLE (person_id uuid, is_cut boolean)
/* head */
DECLARE own uuid[] := '{}'; few uuid[];
BEGIN
  IF length(q_name) = 1 THEN
    own := people_short_name_of_newest(q_name, keys, seen);
    IF cardinality(own) >= 50 THEN
      RETURN QUERY SELECT id, false FROM unnest(own) id;
      RETURN;
    END IF;
  END IF;
  SELECT coalesce(array_agg(x.id), '{}') INTO few FROM (
    SELECT p.id FROM people_person p
     WHERE p.name_key <> '' AND string_to_array(p.name_key, NULL) @> string_to_array(q_name, NULL)
       AND position(q_name IN p.name_key) > 0 LIMIT 1001) x;
  IF length(q_name) > 1 AND cardinality(few) > 1000 THEN
    own := people_short_name_of_newest(q_name, keys, seen);
    IF cardinality(own) >= 50 THEN
      RETURN QUERY SELECT id, false FROM unnest(own) id;
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT id, false FROM unnest(own) id
    UNION SELECT few_of.key, false FROM unnest(few) AS few_of (key)
     WHERE EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                    WHERE i.person_id = few_of.key AND g.holder = ANY (keys) AND /* live */ OFFSET 0);
  IF cardinality(few) > 1000 THEN
    RETURN QUERY SELECT NULL::uuid, true;
  END IF;
END $$;
""".replace("/* head */", _HEAD).replace("/* live */", LIVE)  # fmt: skip
NEWEST = """
CREATE FUNCTION people_short_name_of_newest(q_name text, keys text[], seen timestamptz) RETURNS uuid[]
/* head */
DECLARE own uuid[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') INTO own FROM (
    SELECT p.id FROM (SELECT DISTINCT n.file_id FROM unnest(keys) k,
                             LATERAL (SELECT g.file_id FROM access_grant g WHERE g.holder = k AND /* live */
                                       ORDER BY g.file_id DESC LIMIT 300) n) f
      JOIN access_involvement i ON i.file_id = f.file_id JOIN people_person p ON p.id = i.person_id
     WHERE p.name_key <> '' AND position(q_name IN p.name_key) > 0 LIMIT 200) x;
  RETURN own;
END $$;
REVOKE ALL ON FUNCTION people_short_name_of_newest FROM PUBLIC;
""".replace("/* head */", _HEAD).replace("/* live */", LIVE)
_WAS = _FORMER[
    _FORMER.index("CREATE FUNCTION people_short_name") : _FORMER.index("REVOKE ALL ON FUNCTION people_short")
]
DOWN = _WAS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1).replace(
    " AS $$", " SET enable_sort = off AS $$"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_newest_files_first")]
    operations = [migrations.RunSQL(NEWEST + UP, DOWN + "DROP FUNCTION people_short_name_of_newest;")]
