"""A visit misses nobody who was known to be placed elsewhere."""

from django.db import migrations, models

SEEN = """
-- When each subject of a case was last seen, and last missed, over all contacts that stand (corrected ones do not).
-- Whoever was not looked for there was not missed.
CREATE OR REPLACE FUNCTION cases_after_serving() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE cases_casesubject s SET last_seen_at = w.seen_at, missed_at = w.missed_at
    FROM (SELECT p.person_id,
                 max(c.started_at) FILTER (WHERE p.seen = 'yes' AND p.in_person) AS seen_at,
                 max(c.started_at) FILTER (WHERE p.seen = 'no' AND c.is_visit{looked_for}) AS missed_at
            FROM cases_contactserves v JOIN cases_contact c ON c.id = v.contact_id
            JOIN cases_contactseen p ON p.contact_id = c.id
           WHERE v.matter_id = NEW.matter_id
             AND NOT EXISTS (SELECT 1 FROM cases_contact k WHERE k.corrects_id = c.id)
           GROUP BY p.person_id) w
   WHERE s.matter_id = NEW.matter_id AND s.person_id = w.person_id AND s.until_on IS NULL
     AND (s.last_seen_at, s.missed_at) IS DISTINCT FROM (w.seen_at, w.missed_at);
  RETURN NULL;
END $$;
"""
UP, DOWN = SEEN.replace("{looked_for}", " AND p.looked_for"), SEEN.replace("{looked_for}", "")


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_in_a_case_already")]
    operations = [
        migrations.AddField("contactseen", "looked_for", models.BooleanField(default=True)),
        migrations.AddConstraint(
            "contactseen",
            models.CheckConstraint(
                condition=models.Q(("looked_for", True), ("seen", "no"), _connector="OR"), name="seen_is_looked_for"
            ),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
