"""How many children of some lists nobody has seen, for a line on other pages: a count, past the grants, no child."""

from django.db import migrations

# The same as `rosters_progress` says one by one: taken, not over, and not seen in person since the list came.
NOT_SEEN = """
CREATE FUNCTION rosters_not_seen(of_county text, files uuid[]) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)
    FROM rosters_rosterrow r JOIN rosters_rosterfile f ON f.id = r.file_id JOIN people_person p ON p.id = r.person_id
    JOIN matters_matter m ON m.id = r.report_id JOIN intake_report rep ON rep.id = r.report_id
   WHERE f.id = ANY (files) AND f.county = of_county AND r.state = 'accepted'
     AND (current_setting('anwang.service', true) = 'rosters' OR EXISTS (
       SELECT 1 FROM directory_appointment a JOIN directory_unit u ON u.id = a.unit_id
        WHERE a.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND u.jurisdiction_id = of_county
          AND a.started_at <= access_at() AND (a.ended_at IS NULL OR a.ended_at > access_at())))
     AND (m.ended_at IS NULL
       OR EXISTS (SELECT 1 FROM matters_matter k WHERE k.arose_from_id = m.id AND k.kind = 'case' AND k.ended_at IS NULL)
       OR EXISTS (SELECT 1 FROM cases_joinedreport j JOIN matters_matter k ON k.id = j.matter_id
                   WHERE j.report_id = m.id AND k.ended_at IS NULL))
     AND NOT EXISTS (
       SELECT 1 FROM people_person q JOIN cases_contactseen s ON s.person_id = q.id
         JOIN cases_contact x ON x.id = s.contact_id
        WHERE q.identity_id = p.identity_id AND s.seen = 'yes' AND s.in_person
          AND x.started_at >= CASE WHEN r.taken = 'joined' THEN f.received_at ELSE rep.received_at END
          AND NOT EXISTS (SELECT 1 FROM cases_contact y WHERE y.corrects_id = x.id))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("rosters", "0005_settled_by_code_withdrawn_by_two")]
    operations = [migrations.RunSQL(NOT_SEEN, "DROP FUNCTION rosters_not_seen")]
