"""A person may have a lead of his own (少輔會統籌, or nobody else in the family); who serves beside whom, and when."""

import django.db.models.deletion
from django.db import migrations, models

PARTNERS = """
-- Whoever acts on an open case about this person, under any record of his, except on the other party's side.
-- For granting, never for showing.
CREATE FUNCTION cases_partners_of(about uuid) RETURNS TABLE (case_id uuid, worker_id uuid, unit_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT m.id, m.acting_worker_id, m.acting_unit_id
    FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
    JOIN cases_casesubject s ON s.person_id = q.id AND s.until_on IS NULL
    JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL
   WHERE p.id = about AND access_known() AND NOT cases_serves_other_party(m.id)
$$;
-- Whom a case that is about to end tells: the lead of its family, and the leads of its subjects. Never on his side.
CREATE FUNCTION cases_leads_over(of_case uuid) RETURNS TABLE (lead_id uuid, unit_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.acting_unit_id FROM matters_matter m
    JOIN matters_matter l ON l.kind = 'coordination' AND l.ended_at IS NULL
    JOIN cases_coordination c ON c.id = l.id
   WHERE m.id = of_case AND access_known() AND NOT cases_serves_other_party(m.id)
     AND (l.sort = '' AND l.family_id = m.family_id
       OR l.sort = 'person' AND EXISTS (
            SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
              JOIN people_person q ON q.identity_id = p.identity_id
             WHERE s.matter_id = m.id AND q.id = c.person_id))
$$;
-- Units that serve beside each other, for whoever reads the lead's file: who, and nothing of any case.
CREATE FUNCTION cases_beside(of_lead uuid) RETURNS TABLE (case_id uuid, unit_id uuid, worker_id uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.acting_unit_id, m.acting_worker_id, m.opened_at
    FROM matters_matter l JOIN cases_coordination c ON c.id = l.id
    JOIN matters_matter m ON m.kind = 'case' AND m.ended_at IS NULL
   WHERE l.id = of_lead
     AND (l.sort = '' AND m.family_id = l.family_id
       OR l.sort = 'person' AND m.id IN (SELECT p.case_id FROM cases_partners_of(c.person_id) p))
     AND NOT cases_serves_other_party(m.id)
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = l.id AND g.holder = ANY (access_keys())
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
$$;
-- Visits these units made or mean to make between two instants: unit and instant only.
CREATE FUNCTION cases_visits_beside(of_lead uuid, q_from timestamptz, q_until timestamptz, q_ways text[], q_rules text[])
RETURNS TABLE (unit_id uuid, worker_id uuid, at timestamptz, is_planned boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.unit_id, c.by_id, c.started_at, false FROM cases_beside(of_lead) b
    JOIN cases_contactserves s ON s.matter_id = b.case_id JOIN cases_contact c ON c.id = s.contact_id
   WHERE c.started_at BETWEEN q_from AND access_at() AND c.method = ANY (q_ways)
     AND NOT EXISTS (SELECT 1 FROM cases_contact x WHERE x.corrects_id = c.id)
  UNION
  SELECT b.unit_id, b.worker_id, d.due_at, true FROM cases_beside(of_lead) b
    JOIN matters_duty d ON d.matter_id = b.case_id AND d.state = 'open'
   WHERE d.rule_id = ANY (q_rules) AND d.due_at BETWEEN access_at() AND q_until
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_changes_refusals_and_rulings"),
        ("matters", "0020_given_back"),
        ("people", "0013_disputed_facts"),
    ]
    operations = [
        migrations.AddField(
            "coordination",
            "person",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField("coordination", "is_over", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "coordination",
            models.UniqueConstraint(
                condition=models.Q(("is_over", False), ("person__isnull", False)),
                fields=("person",),
                name="one_lead_per_person",
            ),
        ),
        migrations.RemoveConstraint("leaving", "lead_told_once_of_a_leaving"),
        migrations.AddField(
            "leaving",
            "unit",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
            ),
        ),
        migrations.AddField("leaving", "because", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddConstraint(
            "leaving",
            models.UniqueConstraint(
                fields=("matter", "coordination", "unit"), name="lead_told_once_of_a_leaving", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(
            PARTNERS,
            "DROP FUNCTION cases_visits_beside; DROP FUNCTION cases_beside; DROP FUNCTION cases_leads_over;"
            " DROP FUNCTION cases_partners_of",
        ),
    ]
