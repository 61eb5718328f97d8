"""The counts are held against the rows; who may read; and what is asked past the grants (definer functions)."""

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only

# A file's counts are of its lines as they came. The check waits for the commit and locks nothing but its own file,
# which whoever changes a row has changed as well.
COUNTS = """
CREATE FUNCTION rosters_counts_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f rosters_rosterfile; n record;
BEGIN
  SELECT * INTO f FROM rosters_rosterfile WHERE id = NEW.id;
  SELECT count(*) AS received, count(*) FILTER (WHERE state = 'accepted') AS accepted,
         count(*) FILTER (WHERE state = 'rejected') AS rejected, count(*) FILTER (WHERE state = 'mended') AS mended,
         count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn
    INTO n FROM rosters_rosterrow WHERE file_id = NEW.id AND attempt = 0;
  IF (f.received, f.accepted, f.rejected, f.mended, f.withdrawn)
     IS DISTINCT FROM (n.received, n.accepted, n.rejected, n.mended, n.withdrawn) THEN
    RAISE EXCEPTION 'a roster received as many rows as it has, each accepted, rejected, mended or withdrawn'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_counts_are_its_rows';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER roster_counts_are_its_rows AFTER INSERT OR UPDATE ON rosters_rosterfile
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rosters_counts_hold();

-- Rows that came, went or changed their state ask for the check of their file, once a statement.
CREATE FUNCTION rosters_ask_for_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE rosters_rosterfile SET received = received WHERE id IN (SELECT DISTINCT file_id FROM changed);
  RETURN NULL;
END $$;
CREATE TRIGGER counts_after_insert AFTER INSERT ON rosters_rosterrow REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rosters_ask_for_count();
CREATE FUNCTION rosters_ask_when_counted_otherwise() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE rosters_rosterfile SET received = received WHERE id IN (
    SELECT unnest(ARRAY[o.file_id, n.file_id]) FROM was o FULL JOIN changed n ON n.id = o.id
     WHERE (o.file_id, o.state, o.attempt) IS DISTINCT FROM (n.file_id, n.state, n.attempt));
  RETURN NULL;
END $$;
CREATE TRIGGER counts_after_update AFTER UPDATE ON rosters_rosterrow REFERENCING OLD TABLE AS was NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rosters_ask_when_counted_otherwise();
CREATE TRIGGER counts_after_delete AFTER DELETE ON rosters_rosterrow REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rosters_ask_for_count();

-- A row moves one way, and keeps the report it came to.
CREATE FUNCTION rosters_row_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN
     (('accepted', 'withdrawn'), ('rejected', 'mended'), ('rejected', 'withdrawn')) THEN
    RAISE EXCEPTION 'a roster row does not go from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_row_moves_one_way';
  END IF;
  IF OLD.report_id IS NOT NULL AND (NEW.report_id, NEW.person_id) IS DISTINCT FROM (OLD.report_id, OLD.person_id) THEN
    RAISE EXCEPTION 'a roster row keeps its report'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_row_keeps_its_report';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE ON rosters_rosterrow FOR EACH ROW EXECUTE FUNCTION rosters_row_moves();

REVOKE UPDATE, DELETE, TRUNCATE ON rosters_rosterfeed, rosters_rosterfile, rosters_rosterrow FROM anwang_app;
GRANT UPDATE (until_at, ended_because) ON rosters_rosterfeed TO anwang_app;
GRANT UPDATE (accepted, rejected, mended, withdrawn) ON rosters_rosterfile TO anwang_app;
GRANT UPDATE (state, mended_by_id, withdrawn_because, report_id, person_id, taken, match, taken_at)
  ON rosters_rosterrow TO anwang_app;
"""
COUNTS_DOWN = """
DROP TRIGGER moves ON rosters_rosterrow; DROP FUNCTION rosters_row_moves;
DROP TRIGGER counts_after_delete ON rosters_rosterrow; DROP TRIGGER counts_after_update ON rosters_rosterrow;
DROP TRIGGER counts_after_insert ON rosters_rosterrow; DROP FUNCTION rosters_ask_when_counted_otherwise;
DROP FUNCTION rosters_ask_for_count;
DROP TRIGGER roster_counts_are_its_rows ON rosters_rosterfile; DROP FUNCTION rosters_counts_hold;
"""

# A list arrives with the new address in it. A row that may give somebody shielded away is read in his safety zone only,
# also when the shield came later than the list.
KEPT = """
CREATE FUNCTION rosters_shielded() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT r.id), '{}')
    FROM people_shield s JOIN people_person p ON p.id = s.person_id JOIN people_person q ON q.identity_id = p.identity_id
    JOIN intake_reportperson rp ON rp.person_id = q.id JOIN rosters_rosterrow r ON r.report_id = rp.report_id
   WHERE s.until_at IS NULL AND NOT EXISTS (
     SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
      WHERE i.person_id = q.id AND g.holder = ANY (access_keys()) AND 'safety' = ANY (g.zones)
        AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
$$;
CREATE POLICY kept ON rosters_rostercells AS RESTRICTIVE FOR SELECT USING (
  NOT (row_id = ANY ((SELECT rosters_shielded())::uuid[])) AND (kept_for_id IS NULL OR EXISTS (
    SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
     WHERE i.person_id = kept_for_id AND g.holder = ANY ((SELECT access_keys())::text[]) AND 'safety' = ANY (g.zones)
       AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))));

-- Whom a row may give away: its child or parent by number, the child by name and day of birth, somebody near to them
-- by kinship, or whoever hides at that house. The first one found.
CREATE FUNCTION rosters_kept_for(numbers bytea[], names text, born date, place bytea, OUT person_id uuid, OUT ask_whom text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH meant AS (
    SELECT i.person_id AS id FROM people_identifier i WHERE i.lookup = ANY (numbers)
    UNION SELECT p.id FROM people_person p
           WHERE names <> '' AND p.name_key = names AND p.born_earliest = born AND p.born_latest = born),
  records AS (SELECT q.id FROM meant m JOIN people_person p ON p.id = m.id JOIN people_person q USING (identity_id)),
  near AS (
    SELECT id FROM records
    UNION SELECT k.to_id FROM people_kinship k JOIN records r ON r.id = k.person_id
    UNION SELECT k.person_id FROM people_kinship k JOIN records r ON r.id = k.to_id
    UNION SELECT s.person_id FROM people_safetyaddress s WHERE place <> '' AND s.lookup = place AND s.until_at IS NULL)
  SELECT s.person_id, s.ask_whom::text FROM near n JOIN people_shield s ON s.person_id = n.id
   WHERE s.until_at IS NULL ORDER BY s.since_at DESC, s.id LIMIT 1
$$;
"""
KEPT_DOWN = """
DROP FUNCTION rosters_kept_for; DROP POLICY kept ON rosters_rostercells; DROP FUNCTION rosters_shielded;
"""

ASKED = """
-- That a file's wrong count was settled, without the words: so that an alarm ends for everybody.
CREATE VIEW rosters_settled AS SELECT file_id FROM rosters_rostersettlement;
GRANT SELECT ON rosters_settled TO anwang_app;

-- Records like the child of a row, past the grants: codes only, for the rule that says same, new or a person decides.
CREATE FUNCTION rosters_alike(number bytea, names text, born date, of_sex text, in_county text)
RETURNS TABLE (person_id uuid, identity_id uuid, same_number boolean, same_name boolean, same_birth boolean,
               differs boolean, is_here boolean, is_closed boolean, died_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.identity_id, coalesce(bool_or(i.lookup = number), false), p.name_key <> '' AND p.name_key = names,
         p.born_earliest = born AND p.born_latest = born,
         (p.name_key <> '' AND names <> '' AND p.name_key <> names)
           OR (p.born_earliest IS NOT NULL AND born IS NOT NULL AND NOT born BETWEEN p.born_earliest AND p.born_latest)
           OR (p.sex IN ('female', 'male') AND of_sex IN ('female', 'male') AND p.sex <> of_sex),
         EXISTS (SELECT 1 FROM access_involvement v JOIN matters_matter m ON m.id = v.file_id
                  WHERE v.person_id = p.id AND m.county = in_county),
         p.is_restricted OR EXISTS (SELECT 1 FROM people_shield s JOIN people_person q ON q.id = s.person_id
                                     WHERE q.identity_id = p.identity_id AND s.until_at IS NULL),
         p.died_on
    FROM people_person p LEFT JOIN people_identifier i ON i.person_id = p.id
   WHERE current_setting('anwang.service', true) = 'rosters'
     AND (p.id IN (SELECT x.person_id FROM people_identifier x WHERE number <> '' AND x.lookup = number)
          OR (names <> '' AND p.name_key = names AND p.born_earliest <= born AND p.born_latest >= born))
   GROUP BY p.id LIMIT 50
$$;

-- What is still to be taken, for the service that takes it; nobody else reads a row this way.
CREATE FUNCTION rosters_to_take(of_row uuid)
RETURNS TABLE (cells jsonb, sealed bytea, kept_for uuid, ask_whom text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.cells, c.sealed, c.kept_for_id, c.ask_whom::text FROM rosters_rostercells c
   WHERE c.row_id = of_row AND current_setting('anwang.service', true) = 'rosters'
$$;

-- The child of a report that the service has just written.
CREATE FUNCTION rosters_child_of(of_report uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT person_id FROM intake_reportperson
   WHERE report_id = of_report AND role = 'child' AND current_setting('anwang.service', true) = 'rosters'
   ORDER BY recorded_at, id LIMIT 1
$$;

-- The open report or case that a child of an earlier row stands in: the one he joins.
CREATE FUNCTION rosters_running(of_identity uuid, of_kind text, of_county text)
RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.report_id FROM rosters_rosterrow r JOIN people_person p ON p.id = r.person_id
    JOIN rosters_rosterfile f ON f.id = r.file_id JOIN matters_matter m ON m.id = r.report_id
   WHERE current_setting('anwang.service', true) = 'rosters' AND p.identity_id = of_identity AND m.county = of_county
     AND (m.ended_at IS NULL OR (f.kind = of_kind AND EXISTS (
       SELECT 1 FROM matters_matter k WHERE k.arose_from_id = m.id AND k.kind = 'case' AND k.ended_at IS NULL)))
   ORDER BY m.ended_at IS NULL DESC, r.taken_at DESC LIMIT 1
$$;

-- How far each child of a county's rosters is: for whoever works at a post of the county, and for the job. Whoever may
-- not know where somebody is learns neither number nor who holds it.
CREATE FUNCTION rosters_progress(of_county text, of_file uuid)
RETURNS TABLE (row_id uuid, report_number text, received_at timestamptz, dispatched boolean, met_at timestamptz,
               tries bigint, is_over boolean, unit_id uuid, worker_id uuid, desk_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT current_setting('anwang.service', true) = 'rosters' OR EXISTS (
      SELECT 1 FROM directory_appointment a JOIN directory_unit u ON u.id = a.unit_id
       WHERE a.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND u.jurisdiction_id = of_county
         AND a.started_at <= access_at() AND (a.ended_at IS NULL OR a.ended_at > access_at())) AS yes),
  hidden AS (SELECT rosters_shielded() AS ids),
  mine AS (
    SELECT r.id, r.report_id, p.identity_id, r.id = ANY (hidden.ids) OR (c.kept_for_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
              WHERE i.person_id = c.kept_for_id AND g.holder = ANY (access_keys()) AND 'safety' = ANY (g.zones)
                AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))) AS sealed
      FROM rosters_rosterrow r JOIN rosters_rosterfile f ON f.id = r.file_id JOIN rosters_rostercells c ON c.row_id = r.id
      JOIN people_person p ON p.id = r.person_id, hidden, allowed
     WHERE allowed.yes AND f.county = of_county AND (of_file IS NULL OR f.id = of_file) AND r.state = 'accepted')
  SELECT mine.id, CASE WHEN NOT mine.sealed THEN m.number END, rep.received_at,
         cases.ids IS NOT NULL, met.at, coalesce(tried.n, 0),
         m.ended_at IS NOT NULL AND cases.open_id IS NULL,
         CASE WHEN NOT mine.sealed THEN h.acting_unit_id END, CASE WHEN NOT mine.sealed THEN h.acting_worker_id END,
         CASE WHEN NOT mine.sealed THEN h.acting_desk_id END
    FROM mine JOIN matters_matter m ON m.id = mine.report_id JOIN intake_report rep ON rep.id = mine.report_id
    LEFT JOIN LATERAL (
      SELECT array_agg(k.id) AS ids, (array_agg(k.id ORDER BY k.opened_at DESC) FILTER (WHERE k.ended_at IS NULL))[1] AS open_id
        FROM matters_matter k
       WHERE k.kind = 'case' AND (k.arose_from_id = m.id
          OR k.id IN (SELECT j.matter_id FROM cases_joinedreport j WHERE j.report_id = m.id))) cases ON true
    LEFT JOIN LATERAL (
      SELECT min(x.started_at) AS at FROM people_person q JOIN cases_contactseen s ON s.person_id = q.id
        JOIN cases_contact x ON x.id = s.contact_id
       WHERE q.identity_id = mine.identity_id AND s.seen = 'yes' AND s.in_person AND x.started_at >= rep.received_at
         AND NOT EXISTS (SELECT 1 FROM cases_contact y WHERE y.corrects_id = x.id)) met ON true
    LEFT JOIN LATERAL (
      SELECT count(DISTINCT x.id) AS n FROM cases_contactserves v JOIN cases_contact x ON x.id = v.contact_id
       WHERE v.matter_id = ANY (cases.ids || m.id) AND x.outcome <> 'met'
         AND NOT EXISTS (SELECT 1 FROM cases_contact y WHERE y.corrects_id = x.id)) tried ON true
    LEFT JOIN matters_matter h ON h.id = coalesce(cases.open_id, m.id) AND h.ended_at IS NULL
$$;
"""
ASKED_DOWN = """
DROP VIEW rosters_settled;
DROP FUNCTION rosters_progress; DROP FUNCTION rosters_running; DROP FUNCTION rosters_child_of; DROP FUNCTION rosters_to_take; DROP FUNCTION rosters_alike;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rosters", "0001_rosters"),
        ("access", "0002_keys_of_a_viewer"),
        ("people", "0004_finding"),
        ("intake", "0002_who_may_read"),
        ("cases", "0006_reports_that_join"),
        ("matters", "0003_promises"),
    ]
    operations = [
        protect("rosters_rosterbody", file="file_id", zone="safety"),
        protect("rosters_rostercells", file="file_id"),
        protect("rosters_rostersettlement", file="file_id"),
        *(
            append_only(f"rosters_{table}")
            for table in ("rosterbody", "rostercells", "rostersettlement", "rosteralarm")
        ),
        migrations.RunSQL(COUNTS, COUNTS_DOWN),
        migrations.RunSQL(KEPT, KEPT_DOWN),
        migrations.RunSQL(ASKED, ASKED_DOWN),
    ]
