"""One statement after another over all readings of a day: what explains each, and what speaks against the others.

It reads rooms that no service may read (names, kinship, keyed hashes of places), hence runs as their owner; what
comes out are identifiers, codes and numbers. The rules come with the call, from `policy/`.
"""

from django.db import migrations

GROUNDS = """
CREATE FUNCTION oversight_explain(begins timestamptz, ends timestamptz, rules jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CREATE TEMP TABLE night ON COMMIT DROP AS
    SELECT r.id, r.file_id, r.zone, r.what, r.by_worker_id AS worker, r.by_unit_id AS unit, r.at
      FROM audit_reading r WHERE r.at >= begins AND r.at < ends;
  -- A person is read through the files he stands in: a relation to one of them explains it.
  CREATE TEMP TABLE touched ON COMMIT DROP AS
    SELECT n.id, n.worker, n.at, n.file_id AS file FROM night n
    UNION ALL SELECT n.id, n.worker, n.at, i.file_id FROM night n JOIN access_involvement i ON i.person_id = n.file_id;
  CREATE TEMP TABLE held ON COMMIT DROP AS
    WITH who AS MATERIALIZED (SELECT DISTINCT worker FROM night)
    SELECT w.worker, 'w:' || w.worker AS key, 'own' AS kind, '-infinity'::timestamptz AS since, 'infinity'::timestamptz AS until FROM who w
    UNION ALL SELECT w.worker, 'w:' || w.worker || '/glass', 'own', '-infinity', 'infinity' FROM who w
    UNION ALL SELECT w.worker, 'w:' || a.worker_id, 'cover', a.starts_at, a.ends_at
      FROM who w JOIN directory_absence a ON a.covered_by_id = w.worker WHERE a.starts_at < ends AND a.ends_at > begins
    UNION ALL SELECT w.worker, 'd:' || s.desk_id, 'duty', s.starts_at, s.ends_at
      FROM who w JOIN directory_shift s ON s.worker_id = w.worker WHERE s.starts_at < ends AND s.ends_at > begins
    UNION ALL SELECT w.worker, k.key, k.kind, p.started_at, coalesce(p.ended_at, 'infinity')
      FROM who w JOIN directory_appointment p ON p.worker_id = w.worker
      CROSS JOIN LATERAL (VALUES
        ('u:' || p.unit_id || '/supervising', CASE WHEN p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'ngo_supervisor') THEN 'supervision' END),
        ('u:' || p.unit_id || '/chief', CASE WHEN p.role = 'chief' THEN 'supervision' END),
        ('u:' || p.unit_id || '/' || p.role, CASE WHEN p.role <> 'chief' THEN 'team' END),
        ('u:' || p.unit_id, 'team')) k (key, kind)
     WHERE k.kind IS NOT NULL AND p.started_at < ends AND (p.ended_at IS NULL OR p.ended_at > begins);
  CREATE TEMP TABLE grounds ON COMMIT DROP AS
    SELECT ordinality::int AS rank, g ->> 'code' AS code, g -> 'marks' AS marks
      FROM jsonb_array_elements(rules -> 'grounds') WITH ORDINALITY x (g, ordinality);
  CREATE TEMP TABLE did ON COMMIT DROP AS
    SELECT a.by_worker_id AS worker, f.file, a.recorded_at AS at, min(g.rank) AS rank
      FROM audit_act a CROSS JOIN LATERAL (VALUES (a.matter_id), (a.subject_id)) f (file)
      JOIN grounds g ON EXISTS (SELECT 1 FROM jsonb_array_elements_text(g.marks -> 'verbs') v WHERE starts_with(a.verb, v))
     WHERE a.recorded_at >= begins - (rules ->> 'touch_within')::interval
       AND a.recorded_at < ends + (rules ->> 'touch_within')::interval
       AND f.file IS NOT NULL AND a.by_worker_id IN (SELECT DISTINCT worker FROM night)
     GROUP BY 1, 2, 3;
  CREATE INDEX ON touched (file); CREATE INDEX ON did (file); ANALYZE night; ANALYZE touched; ANALYZE held; ANALYZE did;

  CREATE TEMP TABLE why ON COMMIT DROP AS
  SELECT t.id, min(b.rank) AS rank
    FROM touched t JOIN access_grant g ON g.file_id = t.file AND g.starts_at <= t.at AND (g.ends_at IS NULL OR g.ends_at > t.at)
    JOIN held h ON h.worker = t.worker AND h.key = g.holder AND h.since <= t.at AND h.until > t.at
    JOIN grounds b ON b.marks -> 'holders' ? h.kind
     AND (b.marks -> 'because' = '"any"' OR b.marks -> 'because' ? g.because)
   GROUP BY t.id
  UNION ALL
  SELECT t.id, min(d.rank) FROM touched t JOIN did d ON d.file = t.file AND d.worker = t.worker
     AND d.at BETWEEN t.at - (rules ->> 'touch_within')::interval AND t.at + (rules ->> 'touch_within')::interval
   GROUP BY t.id
  UNION ALL
  SELECT t.id, min(b.rank) FROM touched t
    JOIN matters_duty u ON u.matter_id = t.file AND u.worker_id = t.worker AND u.starts_at <= t.at
     AND (u.settled_at IS NULL OR u.settled_at > t.at)
    JOIN grounds b ON b.marks ->> 'span' = 'duty'
   GROUP BY t.id
  UNION ALL
  -- Grants of a restricted file are closed to jobs too: whom it names is its own reason.
  SELECT t.id, min(b.rank) FROM touched t
    JOIN access_restriction r ON r.file_id = t.file AND r.starts_at <= t.at AND r.until_at > t.at AND (r.ended_at IS NULL OR r.ended_at > t.at)
    JOIN access_restrictionreader n ON n.restriction_id = r.id AND n.worker_id = t.worker
     AND n.since_at <= t.at AND (n.until_at IS NULL OR n.until_at > t.at)
    JOIN grounds b ON b.marks ->> 'span' = 'named'
   GROUP BY t.id
  UNION ALL
  SELECT n.id, min(b.rank) FROM night n
    JOIN grounds b ON b.marks ? 'whats' AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(b.marks -> 'whats') w WHERE starts_with(n.what, w))
    JOIN directory_appointment p ON p.worker_id = n.worker AND p.started_at <= n.at
     AND (p.ended_at IS NULL OR p.ended_at > n.at) AND b.marks -> 'roles' ? p.role
   GROUP BY n.id;

  CREATE TEMP TABLE judged ON COMMIT DROP AS
    SELECT n.*, coalesce(u.jurisdiction_id, '') AS county, g.code AS ground
      FROM night n LEFT JOIN (SELECT id, min(rank) AS rank FROM why GROUP BY id) w ON w.id = n.id
      LEFT JOIN grounds g ON g.rank = w.rank LEFT JOIN directory_unit u ON u.id = n.unit;
END $$;
REVOKE EXECUTE ON FUNCTION oversight_explain FROM PUBLIC;
"""
NIGHT = """
-- Looks through a day and writes down what it found; once a day, and only for the job.
CREATE FUNCTION oversight_night(on_day date, begins timestamptz, ends timestamptz, rules jsonb, seen timestamptz)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE started timestamptz := clock_timestamp(); open_readings bigint;
BEGIN
  IF coalesce(current_setting('anwang.service', true), '') <> 'oversight' THEN
    RAISE 'only the nightly job looks through readings' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(7031);
  IF EXISTS (SELECT 1 FROM oversight_night o WHERE o.day = on_day) THEN RETURN 0; END IF;
  PERFORM oversight_explain(begins, ends, rules);
  CREATE TEMP TABLE left_over ON COMMIT DROP AS SELECT * FROM judged WHERE ground IS NULL;
  PERFORM oversight_signs(begins, ends, rules);
  INSERT INTO oversight_ground (day, county, ground, readings)
    SELECT on_day, county, coalesce(ground, ''), count(*) FROM judged GROUP BY 2, 3;
  INSERT INTO oversight_unexplained (reading_id, day, at, worker_id, unit_id, county, file_id, zone, what, signs, score)
    SELECT l.id, on_day, l.at, l.worker, l.unit, l.county, l.file_id, l.zone, l.what,
           coalesce(array_agg(DISTINCT s.sign ORDER BY s.sign) FILTER (WHERE s.sign IS NOT NULL), '{}'), 0
      FROM left_over l LEFT JOIN signs s ON s.id = l.id GROUP BY l.id, l.at, l.worker, l.unit, l.county, l.file_id, l.zone, l.what;
  UPDATE oversight_unexplained u SET score = (SELECT coalesce(sum((rules -> 'scores' ->> s)::int), 0) FROM unnest(u.signs) s)
   WHERE u.day = on_day AND u.signs <> '{}';
  INSERT INTO oversight_night (day, readings, explained, unexplained, milliseconds, looked_at)
    SELECT on_day, count(*), count(ground), count(*) - count(ground),
           extract(epoch FROM clock_timestamp() - started)::numeric * 1000, seen FROM judged;
  SELECT count(*) INTO open_readings FROM left_over;
  DROP TABLE night, touched, held, grounds, did, why, judged, left_over, signs;
  RETURN open_readings;
END $$;
"""
SIGNS = """
CREATE FUNCTION oversight_signs(begins timestamptz, ends timestamptz, rules jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Whom each file is about, and whose records they are; a file that is a person is that person.
  CREATE TEMP TABLE met ON COMMIT DROP AS
    SELECT DISTINCT l.id, l.worker, p.identity_id AS identity FROM left_over l
      LEFT JOIN access_involvement i ON i.file_id = l.file_id
      JOIN people_person p ON p.id = coalesce(i.person_id, l.file_id);
  CREATE TEMP TABLE them ON COMMIT DROP AS
    SELECT p.id, p.identity_id AS identity, p.name, p.name_key, p.name_kind, p.born_earliest AS born
      FROM people_person p WHERE p.identity_id IN (SELECT identity FROM met);
  CREATE TEMP TABLE places ON COMMIT DROP AS
    SELECT t.identity, a.lookup, coalesce(CASE WHEN length(a.area_code) >= 8 THEN left(a.area_code, 8) END, (
             SELECT left(min(s.area_code), 8) FROM directory_servicearea s WHERE position(s.area_name IN a.text) > 0), '') AS township
      FROM them t JOIN people_address a ON a.person_id = t.id
    UNION SELECT t.identity, s.lookup, '' FROM them t JOIN people_safetyaddress s ON s.person_id = t.id;
  CREATE TEMP TABLE selves ON COMMIT DROP AS
    SELECT w.id AS worker, w.name, d.name_key, d.born_on, d.number_lookup, d.place_lookup, d.township
      FROM directory_worker w
      LEFT JOIN oversight_declaration d ON d.worker_id = w.id AND d.relation = 'self' AND d.ended_at IS NULL;
  -- Which worker is known as a person of the files: by number, else by name and birth.
  CREATE TEMP TABLE as_person ON COMMIT DROP AS
    SELECT DISTINCT s.worker, t.identity FROM selves s JOIN them t ON t.name_key = s.name_key AND t.born = s.born_on
    UNION SELECT s.worker, t.identity FROM selves s JOIN people_identifier i ON i.lookup = s.number_lookup AND s.number_lookup <> ''
      JOIN them t ON t.id = i.person_id
    UNION SELECT b.worker_id, t.identity FROM access_bar b JOIN them t ON t.id = b.person_id WHERE b.because = 'own';
  ANALYZE met; ANALYZE them; ANALYZE places;

  CREATE TEMP TABLE signs ON COMMIT DROP AS
  SELECT m.id, CASE WHEN a.worker = m.worker THEN 'own' ELSE 'colleague' END AS sign
    FROM met m JOIN as_person a ON a.identity = m.identity
  UNION
  SELECT m.id, 'declared_kin' FROM met m JOIN them t ON t.identity = m.identity
    JOIN access_bar b ON b.person_id = t.id AND b.worker_id = m.worker AND b.because = 'kin'
  UNION
  SELECT m.id, 'kinship' FROM met m JOIN people_person me ON me.id IN (
      SELECT b.person_id FROM access_bar b WHERE b.worker_id = m.worker AND b.because = 'own')
    JOIN people_kinship k ON me.id IN (k.person_id, k.to_id)
    JOIN them t ON t.identity = m.identity AND t.id IN (k.person_id, k.to_id) AND t.identity <> me.identity_id
  UNION
  SELECT m.id, 'same_address' FROM met m JOIN selves s ON s.worker = m.worker AND s.place_lookup <> ''
    JOIN places p ON p.identity = m.identity AND p.lookup = s.place_lookup
  UNION
  SELECT x.id, CASE WHEN x.is_near THEN 'same_surname_township' ELSE 'same_surname' END FROM (
    SELECT m.id, bool_or(coalesce(p.township = s.township AND s.township <> '', false)) AS is_near
      FROM met m JOIN selves s ON s.worker = m.worker
      JOIN them t ON t.identity = m.identity AND t.name_kind = 'full' AND oversight_surname(t.name, rules) = oversight_surname(s.name, rules)
      JOIN met o ON o.id = m.id LEFT JOIN places p ON p.identity = o.identity GROUP BY m.id) x
  UNION
  SELECT l.id, 'ended_relation' FROM left_over l JOIN access_grant g ON g.file_id = l.file_id
     AND g.holder = 'w:' || l.worker AND g.ends_at <= l.at AND g.ends_at > l.at - (rules ->> 'ended_within')::interval
  UNION
  SELECT l.id, 'searched_no_work' FROM left_over l JOIN audit_act a ON a.by_worker_id = l.worker
     AND a.verb = 'people.searched' AND a.recorded_at BETWEEN l.at - (rules ->> 'search_before')::interval AND l.at
  UNION
  SELECT l.id, 'bulk' FROM left_over l JOIN (SELECT worker FROM left_over GROUP BY worker
     HAVING count(DISTINCT file_id) >= (rules ->> 'bulk_day')::int) b ON b.worker = l.worker
  UNION
  SELECT l.id, 'off_hours' FROM left_over l
   WHERE extract(hour FROM l.at AT TIME ZONE 'Asia/Taipei') NOT BETWEEN (rules ->> 'day_begins')::int AND (rules ->> 'day_ends')::int - 1
      OR (rules ->> 'is_day_off')::boolean;
  DROP TABLE met, them, places, selves, as_person;
END $$;
REVOKE EXECUTE ON FUNCTION oversight_signs FROM PUBLIC;

-- The surname of a Chinese name: a long one where it begins with one, else its first sign; empty for other names.
CREATE FUNCTION oversight_surname(of_name text, rules jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN of_name IS NULL OR of_name !~ '^[一-龥㐀-䶿]{2,5}$' THEN NULL
              WHEN length(of_name) > 2 AND rules -> 'long_surnames' ? left(of_name, 2) THEN left(of_name, 2)
              WHEN length(of_name) <= 4 THEN left(of_name, 1) END
$$;
"""
DOWN = """
DROP FUNCTION oversight_night; DROP FUNCTION oversight_signs; DROP FUNCTION oversight_explain;
DROP FUNCTION oversight_surname;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_who_may_read"),
        ("matters", "0002_duties_moves_judgement"),
        ("audit", "0003_tree_and_erasures"),
        ("access", "0010_restricted_files"),
    ]
    operations = [migrations.RunSQL(SIGNS + GROUNDS + NIGHT, DOWN)]
