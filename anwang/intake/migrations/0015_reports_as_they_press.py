"""The instant by which an open report presses stands in a column, so that the queue is read in order and cut.

It is the earliest hour of a step that a person owes; else when the report was opened. The database keeps it: the
program neither reads it otherwise nor writes it.
"""

from django.db import migrations

UP = """
ALTER TABLE matters_matter ADD COLUMN pressing_at timestamptz;
UPDATE matters_matter m SET pressing_at = coalesce(
  (SELECT min(d.due_at) FROM matters_duty d WHERE d.matter_id = m.id AND d.state = 'open' AND NOT d.is_auto), m.opened_at)
 WHERE m.kind = 'report' AND m.ended_at IS NULL;

CREATE FUNCTION intake_presses_from_its_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.pressing_at := coalesce(NEW.pressing_at, NEW.opened_at);
  RETURN NEW;
END $$;
CREATE TRIGGER presses_from_its_opening BEFORE INSERT ON matters_matter
  FOR EACH ROW WHEN (NEW.kind = 'report') EXECUTE FUNCTION intake_presses_from_its_opening();

CREATE FUNCTION intake_presses_by_its_duties() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE matters_matter m SET pressing_at = x.at
    FROM (SELECT k.id, coalesce((SELECT min(d.due_at) FROM matters_duty d
                                  WHERE d.matter_id = k.id AND d.state = 'open' AND NOT d.is_auto), k.opened_at) AS at
            FROM matters_matter k
           WHERE k.id IN (SELECT n.matter_id FROM new_rows n) AND k.kind = 'report' AND k.ended_at IS NULL) x
   WHERE m.id = x.id AND m.pressing_at IS DISTINCT FROM x.at;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION intake_presses_by_its_duties FROM PUBLIC;
CREATE TRIGGER presses_after_insert AFTER INSERT ON matters_duty REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION intake_presses_by_its_duties();
CREATE TRIGGER presses_after_update AFTER UPDATE ON matters_duty REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION intake_presses_by_its_duties();
"""
INDEXES = """
CREATE INDEX open_reports_as_they_press ON matters_matter (county, pressing_at, id)
  WHERE ended_at IS NULL AND kind = 'report';
CREATE INDEX open_reports_of_unit_elsewhere ON matters_matter (acting_unit_id, county, pressing_at, id)
  WHERE ended_at IS NULL AND kind = 'report';
"""
DOWN = """
DROP TRIGGER presses_after_update ON matters_duty;
DROP TRIGGER presses_after_insert ON matters_duty;
DROP FUNCTION intake_presses_by_its_duties;
DROP TRIGGER presses_from_its_opening ON matters_matter;
DROP FUNCTION intake_presses_from_its_opening;
ALTER TABLE matters_matter DROP COLUMN pressing_at;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0014_as_far_as_shown")]
    operations = [
        migrations.RunSQL(UP, DOWN),
        migrations.RunSQL(INDEXES, "DROP INDEX open_reports_as_they_press; DROP INDEX open_reports_of_unit_elsewhere;"),
    ]
