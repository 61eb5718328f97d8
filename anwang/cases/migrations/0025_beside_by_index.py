"""Leads of a case and units beside it are looked up by family and person, not sought among all open cases.

An `OR` over two ways to belong to a lead kept every index out, and each open case of the nation was asked whose side it
serves: half a second with 14,000 cases. What the functions answer stays the same (`0023_lead_of_a_person`).
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION cases_leads_over(of_case uuid) RETURNS TABLE (lead_id uuid, unit_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH told AS MATERIALIZED (
    SELECT m.id, m.family_id FROM matters_matter m
     WHERE m.id = of_case AND access_known() AND NOT cases_serves_other_party(m.id)),
  leads AS MATERIALIZED (
    SELECT l.id FROM told m JOIN matters_matter l ON l.family_id = m.family_id
     WHERE l.kind = 'coordination' AND l.sort = '' AND l.ended_at IS NULL
    UNION
    SELECT l.id FROM told m JOIN cases_casesubject s ON s.matter_id = m.id JOIN people_person p ON p.id = s.person_id
      JOIN people_person q ON q.identity_id = p.identity_id JOIN cases_coordination c ON c.person_id = q.id
      JOIN matters_matter l ON l.id = c.id
     WHERE l.kind = 'coordination' AND l.sort = 'person' AND l.ended_at IS NULL)
  SELECT l.id, l.acting_unit_id FROM leads JOIN matters_matter l ON l.id = leads.id
    JOIN cases_coordination c ON c.id = l.id
$$;
CREATE OR REPLACE FUNCTION cases_beside(of_lead uuid)
RETURNS TABLE (case_id uuid, unit_id uuid, worker_id uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH led AS MATERIALIZED (
    SELECT l.sort, l.family_id, c.person_id FROM matters_matter l JOIN cases_coordination c ON c.id = l.id
     WHERE l.id = of_lead AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = l.id AND g.holder = ANY (access_keys())
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))),
  served AS MATERIALIZED (
    SELECT k.id FROM led JOIN matters_matter k ON k.family_id = led.family_id WHERE led.sort = '' AND k.ended_at IS NULL
    UNION
    SELECT p.case_id FROM led CROSS JOIN LATERAL cases_partners_of(led.person_id) p WHERE led.sort = 'person'),
  -- Asked of these alone: the planner takes the question for cheap and would ask it of every open case first.
  open AS MATERIALIZED (
    SELECT m.id, m.acting_unit_id, m.acting_worker_id, m.opened_at FROM served JOIN matters_matter m ON m.id = served.id
     WHERE m.kind = 'case' AND m.ended_at IS NULL)
  SELECT o.* FROM open o WHERE NOT cases_serves_other_party(o.id)
$$;
CREATE OR REPLACE FUNCTION cases_visits_beside(of_lead uuid, q_from timestamptz, q_until timestamptz, q_ways text[], q_rules text[])
RETURNS TABLE (unit_id uuid, worker_id uuid, at timestamptz, is_planned boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH beside AS MATERIALIZED (SELECT * FROM cases_beside(of_lead))
  SELECT c.unit_id, c.by_id, c.started_at, false FROM beside b
    JOIN cases_contactserves s ON s.matter_id = b.case_id JOIN cases_contact c ON c.id = s.contact_id
   WHERE c.started_at BETWEEN q_from AND access_at() AND c.method = ANY (q_ways)
     AND NOT EXISTS (SELECT 1 FROM cases_contact x WHERE x.corrects_id = c.id)
  UNION
  SELECT b.unit_id, b.worker_id, d.due_at, true FROM beside b
    JOIN matters_duty d ON d.matter_id = b.case_id AND d.state = 'open'
   WHERE d.rule_id = ANY (q_rules) AND d.due_at BETWEEN access_at() AND q_until
$$;
-- A person or family is served by a handful, not by the thousand that is assumed of any function.
ALTER FUNCTION cases_partners_of ROWS 10;
ALTER FUNCTION cases_leads_over ROWS 4;
ALTER FUNCTION cases_beside ROWS 10;
ALTER FUNCTION cases_visits_beside ROWS 50;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_a_name_is_looked_for_by_somebody")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
