"""Definer functions: what was before, whom an incident note reaches; and the grants a case carries to its reports."""

from django.db import migrations

LOOK = """
-- Earlier reports and services of persons (and of the records taken to be the same person). Only the front door asks:
-- screeners, duty workers and their supervisors, or whoever is on shift. Seen from a file of the other party's side,
-- nothing of the victim's side comes out, not even a report that led to a case there.
CREATE FUNCTION cases_involvement_before(persons uuid[], from_circle text)
RETURNS TABLE (person_id uuid, matter_id uuid, number text, matter_kind text, case_kind text, phase text, as_what text,
  opened_at timestamptz, ended_at timestamptz, ended_how text, grounds text[], closed_because text, was_seen boolean,
  unit_name text, unit_name_en text, unit_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asked AS (
    SELECT p.id AS asked_id, q.id AS record_id
      FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = ANY (persons)),
  may AS (SELECT EXISTS (SELECT 1 FROM unnest(access_keys()) AS k(key)
            WHERE key LIKE 'd:%' OR split_part(key, '/', 2)
              IN ('screener', 'screening_supervisor', 'duty_worker', 'duty_supervisor')) AS yes)
  SELECT DISTINCT ON (m.opened_at, m.id, a.asked_id)
         a.asked_id, m.id, m.number::text, m.kind::text, coalesce(c.kind, '')::text, coalesce(c.phase, '')::text,
         coalesce(s.role, '')::text, m.opened_at, m.ended_at, m.ended_how::text, c.grounds::text[],
         coalesce(c.closed_because, '')::text, CASE WHEN s.id IS NOT NULL THEN s.last_seen_at IS NOT NULL END,
         u.name::text, u.name_en::text, u.phone::text
    FROM asked a
    JOIN access_involvement i ON i.person_id = a.record_id
    JOIN matters_matter m ON m.id = i.file_id AND m.kind IN ('report', 'case')
    JOIN directory_unit u ON u.id = m.acting_unit_id
    LEFT JOIN cases_case c ON c.id = m.id
    LEFT JOIN cases_casesubject s ON s.matter_id = m.id AND s.person_id = a.record_id
   WHERE (SELECT yes FROM may)
     AND (from_circle <> 'other' OR (coalesce(c.circle, 'neutral') <> 'victim' AND i.circle <> 'victim'
       AND NOT EXISTS (SELECT 1 FROM cases_case v JOIN matters_matter vm ON vm.id = v.id
                        WHERE v.circle = 'victim' AND vm.arose_from_id = m.id)))
   ORDER BY m.opened_at DESC, m.id, a.asked_id, s.since_on DESC
$$;

-- The open files an incident note reaches: the one with the number, or those of the one person so called.
-- None when nobody or more than one person is meant; the page says the same in every case.
CREATE FUNCTION cases_incident_files(typed_number text, typed_key text, of_county text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH by_number AS (SELECT id FROM matters_matter
                      WHERE number = typed_number AND kind IN ('case', 'report') AND ended_at IS NULL),
  by_name AS (SELECT DISTINCT p.identity_id, m.id FROM people_person p
                JOIN cases_casesubject s ON s.person_id = p.id AND s.until_on IS NULL
                JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL AND m.county = of_county
               WHERE typed_key <> '' AND p.name_key = typed_key)
  SELECT coalesce((SELECT array_agg(id) FROM by_number),
                  (SELECT array_agg(id) FROM by_name HAVING count(DISTINCT identity_id) = 1), '{}')
$$;
"""
LOOK_DOWN = "DROP FUNCTION cases_incident_files; DROP FUNCTION cases_involvement_before"

CARRY = """
-- Whoever acts on a case reads the reports it arose from, reporter included; his supervisors read them without the
-- reporter. The grants follow the acting pair. A case of the other party's side carries nothing.
CREATE FUNCTION cases_carry_reports(of_case uuid, since timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  acting text; supervising text;
BEGIN
  SELECT coalesce('w:' || m.acting_worker_id, 'd:' || m.acting_desk_id), 'u:' || m.acting_unit_id || '/supervising'
    INTO acting, supervising
    FROM matters_matter m JOIN cases_case c ON c.id = m.id WHERE m.id = of_case AND c.circle <> 'other';
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE access_grant SET ends_at = greatest(starts_at, since)
   WHERE because = 'case' AND because_id = of_case AND ends_at IS NULL AND holder NOT IN (acting, supervising);
  INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, because_id, starts_at, recorded_at)
  SELECT gen_random_uuid(), r.id, h.holder, h.zones, h.purpose, 'case', of_case, since, access_at()
    FROM (SELECT arose_from_id AS id FROM matters_matter WHERE id = of_case
          UNION SELECT report_id FROM cases_joinedreport WHERE matter_id = of_case) r
    JOIN matters_matter rm ON rm.id = r.id AND rm.kind = 'report'
   CROSS JOIN (VALUES (acting, '{work,case,special,reporter}'::varchar[], 'casework'),
                      (supervising, '{work,case,special}'::varchar[], 'supervision')) h (holder, zones, purpose)
   WHERE NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = r.id AND g.holder = h.holder
                        AND g.because = 'case' AND g.because_id = of_case AND g.ends_at IS NULL);
END $$;

CREATE FUNCTION cases_after_opening() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM cases_carry_reports(NEW.id, (SELECT acting_since FROM matters_matter WHERE id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER carries_reports AFTER INSERT ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_after_opening();

CREATE FUNCTION cases_after_moving() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM cases_carry_reports(NEW.id, NEW.acting_since);
  RETURN NULL;
END $$;
CREATE TRIGGER case_carries_reports AFTER UPDATE OF acting_since ON matters_matter FOR EACH ROW
  WHEN (NEW.kind = 'case' AND NEW.acting_since IS DISTINCT FROM OLD.acting_since) EXECUTE FUNCTION cases_after_moving();

-- A report that tells something new makes an earlier sight of the child insufficient for ending.
CREATE FUNCTION cases_after_joining() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM cases_carry_reports(NEW.matter_id, NEW.at);
  IF NEW.as_what <> 'same_event' THEN
    UPDATE cases_casesubject SET must_see_after = greatest(must_see_after, NEW.at)
     WHERE matter_id = NEW.matter_id AND until_on IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER joins AFTER INSERT ON cases_joinedreport FOR EACH ROW EXECUTE FUNCTION cases_after_joining();
"""
CARRY_DOWN = """
DROP TRIGGER joins ON cases_joinedreport; DROP TRIGGER case_carries_reports ON matters_matter;
DROP TRIGGER carries_reports ON cases_case; DROP FUNCTION cases_after_joining; DROP FUNCTION cases_after_moving;
DROP FUNCTION cases_after_opening; DROP FUNCTION cases_carry_reports;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_who_may_read")]
    operations = [migrations.RunSQL(LOOK, LOOK_DOWN), migrations.RunSQL(CARRY, CARRY_DOWN)]
