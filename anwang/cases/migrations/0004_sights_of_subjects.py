"""A contact knows whether it was a visit; whom it saw is written to the subjects of every case it serves."""

from django.db import migrations, models

UP = """
-- When each subject of a case was last seen, and last missed, over all contacts that stand (corrected ones do not).
CREATE FUNCTION cases_after_serving() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE cases_casesubject s SET last_seen_at = w.seen_at, missed_at = w.missed_at
    FROM (SELECT p.person_id,
                 max(c.started_at) FILTER (WHERE p.seen = 'yes' AND p.in_person) AS seen_at,
                 max(c.started_at) FILTER (WHERE p.seen = 'no' AND c.is_visit) AS missed_at
            FROM cases_contactserves v JOIN cases_contact c ON c.id = v.contact_id
            JOIN cases_contactseen p ON p.contact_id = c.id
           WHERE v.matter_id = NEW.matter_id
             AND NOT EXISTS (SELECT 1 FROM cases_contact k WHERE k.corrects_id = c.id)
           GROUP BY p.person_id) w
   WHERE s.matter_id = NEW.matter_id AND s.person_id = w.person_id AND s.until_on IS NULL
     AND (s.last_seen_at, s.missed_at) IS DISTINCT FROM (w.seen_at, w.missed_at);
  RETURN NULL;
END $$;
CREATE TRIGGER sights AFTER INSERT ON cases_contactserves FOR EACH ROW EXECUTE FUNCTION cases_after_serving();
"""
DOWN = "DROP TRIGGER sights ON cases_contactserves; DROP FUNCTION cases_after_serving"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_looking_and_carrying")]
    operations = [
        migrations.AddField("contact", "is_visit", models.BooleanField(default=False)),
        migrations.RunSQL(UP, DOWN),
    ]
