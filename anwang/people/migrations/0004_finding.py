"""Finding people: definer functions that apply the grants themselves.

LIKE, @> and % are not leakproof, so under row-level security no trigram or GIN index would be used. The functions run
as the owner, use the indexes, drop what the viewer may not read, and return at most fifty.
"""

from django.db import migrations

INDEXES = """
CREATE INDEX person_name_characters ON people_person USING gin (string_to_array(name_key, NULL)) WHERE name_key <> '';
CREATE INDEX person_name_trigrams ON people_person USING gin (name_key gin_trgm_ops) WHERE name_key <> '';
CREATE INDEX person_names ON people_person (name_key) WHERE name_key <> '';
CREATE INDEX address_text ON people_address USING gin (text gin_trgm_ops) WHERE NOT is_hidden;
"""
INDEXES_DOWN = """
DROP INDEX address_text; DROP INDEX person_names; DROP INDEX person_name_trigrams; DROP INDEX person_name_characters;
"""

FINDING = """
CREATE FUNCTION people_pattern(part text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '%' || replace(replace(replace(part, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
$$;

-- Whoever matches by anything but a single character, over the whole table. Private to the functions below.
CREATE FUNCTION people_matches(q_name text, q_id bytea, q_digits text, q_place text)
RETURNS TABLE (person_id uuid, how text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF length(q_name) >= 3 THEN
    RETURN QUERY SELECT p.id, 'name' FROM people_person p
      WHERE p.name_key <> '' AND p.name_key LIKE people_pattern(q_name) ORDER BY p.name_key <> q_name, p.id LIMIT 500;
  ELSIF length(q_name) = 2 THEN
    RETURN QUERY SELECT p.id, 'name' FROM people_person p
      WHERE p.name_key <> '' AND string_to_array(p.name_key, NULL) @> string_to_array(q_name, NULL)
        AND position(q_name IN p.name_key) > 0 LIMIT 5000;
  END IF;
  IF q_id <> '' THEN
    RETURN QUERY SELECT i.person_id, 'number' FROM people_identifier i WHERE i.lookup = q_id LIMIT 200;
  END IF;
  IF length(q_digits) >= 7 THEN
    RETURN QUERY SELECT c.person_id, 'phone' FROM people_contactpoint c WHERE c.lookup = q_digits LIMIT 200;
  END IF;
  IF length(q_place) >= 3 THEN
    RETURN QUERY SELECT a.person_id, 'address' FROM people_address a
      WHERE NOT a.is_hidden AND a.until_on IS NULL AND a.text LIKE people_pattern(q_place)
        AND (a.kind = 'registered' OR NOT EXISTS (
          SELECT 1 FROM people_shield s WHERE s.person_id = a.person_id AND s.until_at IS NULL)) LIMIT 500;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION people_matches FROM PUBLIC;

-- Everybody the viewer reads the case of: the start for a single character, and the sieve for everything else.
CREATE FUNCTION people_search(q_name text, q_id bytea, q_digits text, q_place text, q_number text)
RETURNS TABLE (person_id uuid, how text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE keys text[] := access_keys(); seen timestamptz := access_at();
BEGIN
  RETURN QUERY
  SELECT hit.person_id, min(hit.how) FROM (
    SELECT m.person_id, m.how FROM people_matches(q_name, q_id, q_digits, q_place) m
     WHERE EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                    WHERE i.person_id = m.person_id AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
                      AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
    UNION ALL
    SELECT p.id, 'name' FROM access_grant g JOIN access_involvement i ON i.file_id = g.file_id
      JOIN people_person p ON p.id = i.person_id
     WHERE length(q_name) = 1 AND position(q_name IN p.name_key) > 0
       AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
       AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)
    UNION ALL
    SELECT i.person_id, 'file' FROM matters_matter m JOIN access_involvement i ON i.file_id = m.id
      JOIN access_grant g ON g.file_id = m.id
     WHERE m.number = q_number AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
       AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)
    UNION ALL
    SELECT fm.person_id, 'family' FROM people_family f JOIN people_familymember fm ON fm.family_id = f.id
     WHERE f.number = q_number AND fm.until_on IS NULL
       AND EXISTS (SELECT 1 FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
                    WHERE m.family_id = f.id AND g.holder = ANY (keys) AND 'work' = ANY (g.zones)
                      AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
       AND EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                    WHERE i.person_id = fm.person_id AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
                      AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
  ) hit GROUP BY hit.person_id LIMIT 50;
END $$;

-- For a call or a report the viewer holds: anybody of the system, as flags only. Never where somebody shielded is.
CREATE FUNCTION people_lookup_for_call(q_name text, q_id bytea, q_digits text, q_place text, for_file uuid)
RETURNS TABLE (name text, name_kind text, born_earliest date, born_latest date, birth_is_approximate boolean,
               township text, is_shielded boolean, ask_whom text, how text, files jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE seen timestamptz := access_at(); who uuid := nullif(current_setting('anwang.worker', true), '')::uuid;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM directory_appointment p WHERE p.worker_id = who AND p.started_at <= seen
                   AND (p.ended_at IS NULL OR p.ended_at > seen)
                   AND p.role IN ('screener', 'screening_supervisor', 'duty_worker', 'duty_supervisor'))
     AND NOT EXISTS (SELECT 1 FROM directory_shift s WHERE s.worker_id = who AND s.starts_at <= seen AND s.ends_at > seen)
  THEN RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = for_file AND g.holder = ANY (access_keys())
                   AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
  THEN RETURN; END IF;
  RETURN QUERY
  SELECT p.name::text, p.name_kind::text, p.born_earliest, p.born_latest, p.birth_is_approximate,
         CASE WHEN sh.ask_whom IS NULL THEN coalesce(ad.township, '') ELSE '' END, sh.ask_whom IS NOT NULL,
         coalesce(sh.ask_whom, ''), hit.how,
         CASE WHEN sh.ask_whom IS NULL THEN coalesce(known.files, '[]') ELSE '[]' END
    FROM (SELECT m.person_id, min(m.how) AS how FROM people_matches(q_name, q_id, q_digits, q_place) m
           GROUP BY m.person_id LIMIT 50) hit
    JOIN people_person p ON p.id = hit.person_id AND NOT p.is_restricted
    LEFT JOIN LATERAL (SELECT s.ask_whom::text FROM people_shield s JOIN people_person q ON q.id = s.person_id
                        WHERE q.identity_id = p.identity_id AND s.until_at IS NULL ORDER BY s.since_at DESC LIMIT 1) sh ON true
    LEFT JOIN LATERAL (SELECT coalesce(
                          (SELECT v.area_name FROM directory_servicearea v WHERE v.area_code = left(a.area_code, 8) LIMIT 1),
                          (SELECT j.name FROM directory_jurisdiction j WHERE j.code = left(a.area_code, 5)))::text AS township
                         FROM people_address a
                        WHERE a.person_id = p.id AND a.until_on IS NULL AND NOT a.is_hidden AND a.area_code <> ''
                        ORDER BY a.kind = 'registered' DESC, a.recorded_at DESC LIMIT 1) ad ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(DISTINCT jsonb_build_object('kind', mt.kind, 'open', mt.ended_at IS NULL,
                                                   'unit', u.name, 'phone', u.phone)) AS files
        FROM access_involvement i JOIN matters_matter mt ON mt.id = i.file_id AND mt.id <> for_file
        JOIN directory_unit u ON u.id = mt.acting_unit_id
       WHERE i.person_id = p.id) known ON true;
END $$;

-- Other records the viewer reads that agree with this one. People of one house share a place and a telephone: alone,
-- these make nobody the same person; with the birth date they do. The words for it are made in the program.
CREATE FUNCTION people_candidates(who uuid)
RETURNS TABLE (person_id uuid, same_number boolean, same_name boolean, same_phone boolean, same_place boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE keys text[] := access_keys(); seen timestamptz := access_at();
BEGIN
  IF NOT people_may_describe(who) THEN RETURN; END IF;
  RETURN QUERY
  SELECT c.id, bool_or(c.why = 'number'), bool_or(c.why = 'name'), bool_or(c.why = 'phone'), bool_or(c.why = 'place')
    FROM (
      SELECT o.person_id AS id, 'number' AS why FROM people_identifier i JOIN people_identifier o USING (lookup)
       WHERE i.person_id = who
      UNION ALL SELECT o.id, 'name' FROM people_person p JOIN people_person o USING (name_key)
       WHERE p.id = who AND p.name_key <> '' AND o.name_key <> ''
      UNION ALL SELECT o.person_id, 'phone' FROM people_contactpoint c JOIN people_contactpoint o USING (lookup)
       WHERE c.person_id = who AND c.lookup <> ''
      UNION ALL SELECT o.person_id, 'place' FROM people_address a JOIN people_address o USING (lookup)
       WHERE a.person_id = who AND a.lookup <> '' AND NOT a.is_hidden AND NOT o.is_hidden
    ) c, people_person mine, people_person theirs
   WHERE c.id <> who AND mine.id = who AND theirs.id = c.id
     AND EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                  WHERE i.person_id = c.id AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
                    AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
   GROUP BY c.id
  HAVING bool_or(c.why IN ('number', 'name')) OR bool_and(
           mine.born_earliest = mine.born_latest AND theirs.born_earliest = theirs.born_latest
           AND mine.born_earliest = theirs.born_earliest AND (mine.sex = theirs.sex OR 'unknown' IN (mine.sex, theirs.sex)))
   LIMIT 50;
END $$;
"""
FINDING_DOWN = """
DROP FUNCTION people_candidates; DROP FUNCTION people_lookup_for_call; DROP FUNCTION people_search;
DROP FUNCTION people_matches; DROP FUNCTION people_pattern;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_shields"),
        ("matters", "0003_promises"),
        ("audit", "0001_acts_and_readings"),
    ]
    operations = [migrations.RunSQL(INDEXES, INDEXES_DOWN), migrations.RunSQL(FINDING, FINDING_DOWN)]
