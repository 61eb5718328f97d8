"""Which files an emergency opening opens, and how a second person opens its safety zone: definer functions."""

from django.db import migrations

UP = """
-- One family, or the files of one person or number that has none. No row: nothing, or not for this viewer, alike.
CREATE FUNCTION disclosure_family_for(q_number text, q_id bytea, q_name text, q_born date)
RETURNS TABLE (family uuid, files uuid[], families bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE about uuid[] := disclosure_identities(q_id, q_name, q_born); barred uuid[] := access_barred();
        closed uuid[] := access_closed(); fams uuid[]; start uuid[]; found uuid[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT s.id), '{}') INTO start FROM (
    SELECT m.id FROM matters_matter m WHERE m.number = q_number AND m.kind <> 'break_glass'
    UNION SELECT i.file_id FROM people_person p JOIN access_involvement i ON i.person_id = p.id
      JOIN matters_matter m ON m.id = i.file_id WHERE p.identity_id = ANY (about)) s;
  SELECT coalesce(array_agg(DISTINCT s.id), '{}') INTO fams FROM (
    SELECT f.id FROM people_family f WHERE f.number = q_number
    UNION SELECT m.family_id FROM matters_matter m WHERE m.id = ANY (start) AND m.family_id IS NOT NULL) s;
  SELECT array_agg(DISTINCT m.id) INTO found FROM matters_matter m
   WHERE m.kind <> 'break_glass' AND (m.family_id = ANY (fams)
      OR m.id IN (SELECT k.arose_from_id FROM matters_matter k WHERE k.family_id = ANY (fams))
      OR fams = '{}' AND m.id = ANY (start));
  IF found IS NULL OR access_worker() IS NULL
     OR EXISTS (SELECT 1 FROM unnest(found) f (id) WHERE f.id = ANY (closed))
     OR EXISTS (SELECT 1 FROM access_involvement i JOIN people_person p ON p.id = i.person_id
                 WHERE i.file_id = ANY (found) AND (i.person_id = ANY (barred) OR p.is_restricted))
     OR disclosure_opposed(ARRAY(SELECT p.identity_id FROM access_involvement i JOIN people_person p ON p.id = i.person_id
                                  WHERE i.file_id = ANY (found) AND i.circle <> 'other'))
  THEN RETURN; END IF;
  RETURN QUERY SELECT fams[1], found, cardinality(fams)::bigint;
END $$;

-- What waits for a second person in the viewer's county: who reads and which file, never about whom.
CREATE FUNCTION disclosure_seconds_waiting()
RETURNS TABLE (id uuid, number text, reader text, unit text, reason text, family text, asked_at timestamptz, until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT s.id, m.number::text, w.called::text, u.called::text, g.reason::text, coalesce(f.number, '')::text, s.asked_at, s.until
    FROM disclosure_secondperson s JOIN disclosure_glass g ON g.matter_id = s.glass_id
    JOIN matters_matter m ON m.id = g.matter_id JOIN directory_worker w ON w.id = g.reader
    JOIN directory_unit u ON u.id = g.unit_id LEFT JOIN people_family f ON f.id = g.family_id
   WHERE s.agreed_by IS NULL AND s.until > access_at() AND g.until > access_at() AND g.ended_at IS NULL
     AND disclosure_may_second(s.id)
   ORDER BY s.asked_at;
END $$;

-- A different person of the county who signs for others or is on duty now; not led by the reader, not related to
-- anybody in the files, not serving the other side.
CREATE FUNCTION disclosure_may_second(of_second uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me uuid := access_worker(); seen timestamptz := access_at(); g disclosure_glass; barred uuid[] := access_barred();
        closed uuid[] := access_closed();
BEGIN
  SELECT x.* INTO g FROM disclosure_glass x JOIN disclosure_secondperson s ON s.glass_id = x.matter_id WHERE s.id = of_second;
  RETURN g.reader IS NOT NULL AND me IS NOT NULL AND me <> g.reader
    AND (EXISTS (SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id AND u.is_public
                  WHERE p.worker_id = me AND p.started_at <= seen AND (p.ended_at IS NULL OR p.ended_at > seen)
                    AND u.jurisdiction_id = g.county AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor'))
         OR EXISTS (SELECT 1 FROM directory_shift s JOIN directory_desk d ON d.id = s.desk_id
                      JOIN directory_unit u ON u.id = d.unit_id
                     WHERE s.worker_id = me AND s.starts_at <= seen AND s.ends_at > seen AND u.jurisdiction_id = g.county))
    AND NOT EXISTS (
      WITH RECURSIVE chain (id, superior_id) AS (
        SELECT u.id, u.superior_id FROM directory_unit u JOIN directory_appointment p ON p.unit_id = u.id
         WHERE p.worker_id = me AND p.started_at <= seen AND (p.ended_at IS NULL OR p.ended_at > seen)
        UNION SELECT u.id, u.superior_id FROM directory_unit u JOIN chain c ON u.id = c.superior_id)
      SELECT 1 FROM directory_appointment p JOIN chain c ON c.id = p.unit_id
       WHERE p.worker_id = g.reader AND p.started_at <= seen AND (p.ended_at IS NULL OR p.ended_at > seen)
         AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'chief'))
    AND NOT EXISTS (SELECT 1 FROM access_involvement i WHERE i.file_id = ANY (g.files) AND i.person_id = ANY (barred))
    AND NOT g.files && closed
    AND NOT disclosure_opposed(ARRAY(SELECT p.identity_id FROM access_involvement i JOIN people_person p ON p.id = i.person_id
                                      WHERE i.file_id = ANY (g.files) AND i.circle <> 'other'));
END $$;

-- Agrees, once, and lets the reader see the safety zone until his opening ends. Says for which opening; empty: too late.
CREATE FUNCTION disclosure_agree(of_second uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me uuid := access_worker(); seen timestamptz := access_at(); g disclosure_glass; opened uuid;
BEGIN
  SELECT s.glass_id INTO opened FROM disclosure_secondperson s
   WHERE s.id = of_second AND s.agreed_by IS NULL AND s.until > seen FOR UPDATE;
  IF opened IS NULL OR NOT disclosure_may_second(of_second) THEN RETURN NULL; END IF;
  SELECT x.* INTO g FROM disclosure_glass x WHERE x.matter_id = opened FOR UPDATE;
  IF g.until <= seen OR g.ended_at IS NOT NULL OR g.safety_since IS NOT NULL THEN RETURN NULL; END IF;
  UPDATE disclosure_secondperson SET agreed_by = me, agreed_at = seen, declared_unrelated = true WHERE id = of_second;
  UPDATE disclosure_glass SET safety_since = seen WHERE matter_id = opened;
  INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, because_id, starts_at, ends_at, granted_by, recorded_at)
  SELECT gen_random_uuid(), f.id, 'w:' || g.reader || '/glass', ARRAY['safety'], 'duty', 'break_glass', opened, seen, g.until, me, seen
    FROM unnest(g.files) f (id);
  RETURN opened;
END $$;

-- Whether another request waits on a file: also for an asker who takes back his own.
CREATE FUNCTION disclosure_is_asked_of(file uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN access_known() AND EXISTS (SELECT 1 FROM disclosure_request r WHERE r.file_id = file AND r.state = 'asked');
END $$;

-- The family's number of the openings one reads or reviews: a number, no name.
CREATE FUNCTION disclosure_family_numbers() RETURNS TABLE (glass_id uuid, number text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT g.matter_id, f.number::text FROM disclosure_glass g JOIN people_family f ON f.id = g.family_id
    JOIN matters_matter m ON m.id = g.matter_id
   WHERE g.reader = access_worker() OR 'w:' || m.acting_worker_id = ANY (access_keys());
END $$;

-- What was read under an opening, from the record: for its reader and its reviewer.
CREATE FUNCTION disclosure_read_under(of_glass uuid) RETURNS TABLE (what text, zone text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT r.what::text, r.zone::text, r.at FROM disclosure_glass g JOIN matters_matter m ON m.id = g.matter_id
    JOIN audit_reading r ON r.by_worker_id = g.reader AND r.at >= g.at AND r.at <= coalesce(g.ended_at, g.until)
     AND (r.file_id = ANY (g.files) OR r.file_id = g.family_id
          OR r.file_id IN (SELECT i.person_id FROM access_involvement i WHERE i.file_id = ANY (g.files)))
   WHERE g.matter_id = of_glass AND (g.reader = access_worker() OR 'w:' || m.acting_worker_id = ANY (access_keys()));
END $$;

-- How often somebody opened in an emergency since an instant: for himself and for whoever reviews him.
CREATE FUNCTION disclosure_openings_since(who uuid, since timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT count(*) FROM disclosure_glass g WHERE g.reader = who AND g.at > since
             AND (who = access_worker() OR EXISTS (
               SELECT 1 FROM disclosure_glass o JOIN matters_matter m ON m.id = o.matter_id
                WHERE o.reader = who AND 'w:' || m.acting_worker_id = ANY (access_keys()))));
END $$;
"""
# Adding to somebody's record rests on a key that writes.
DESCRIBING = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('people_may_describe'::regproc), 'access_keys()', 'access_writing_keys()');
END $do$;
"""
DOWN = """
DROP FUNCTION disclosure_openings_since; DROP FUNCTION disclosure_read_under; DROP FUNCTION disclosure_family_numbers; DROP FUNCTION disclosure_is_asked_of; DROP FUNCTION disclosure_agree; DROP FUNCTION disclosure_seconds_waiting;
DROP FUNCTION disclosure_may_second; DROP FUNCTION disclosure_family_for;
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_looking")]
    operations = [migrations.RunSQL(UP, DOWN), migrations.RunSQL(DESCRIBING, migrations.RunSQL.noop)]
