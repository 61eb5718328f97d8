"""A reading is written with the purpose of the relation that opened the file, not with what the session says of itself.

Role, relation and zone are compared by row-level security; the purpose is the relation's own, so what is compared is
compared here: a reading whose file a live grant opens takes that grant's purpose, and its ground where none was said.
One's own relation counts before the desk's, the desk's before the unit's. What was read past the grants (looks across
agencies, figures) keeps the purpose that was asked for there.
"""

from django.db import migrations

UP = """
CREATE FUNCTION oversight_says_its_purpose() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE g record; asked timestamptz := access_at(); keys text[] := access_keys();
BEGIN
  IF NEW.by_worker_id IS DISTINCT FROM access_worker() OR keys = '{}' THEN RETURN NEW; END IF;
  SELECT a.purpose, a.because INTO g FROM access_grant a
   WHERE a.file_id = NEW.file_id AND a.holder = ANY (keys) AND a.starts_at <= asked
     AND (a.ends_at IS NULL OR a.ends_at > asked)
   ORDER BY NOT NEW.zone = ANY (a.zones), a.holder LIKE 'u:%', a.holder LIKE 'd:%', a.starts_at LIMIT 1;
  IF NOT FOUND THEN
    SELECT a.purpose, a.because INTO g FROM access_involvement i JOIN access_grant a ON a.file_id = i.file_id
     WHERE i.person_id = NEW.file_id AND a.holder = ANY (keys) AND a.starts_at <= asked
       AND (a.ends_at IS NULL OR a.ends_at > asked)
     ORDER BY NOT NEW.zone = ANY (a.zones), a.holder LIKE 'u:%', a.holder LIKE 'd:%', a.starts_at LIMIT 1;
  END IF;
  IF FOUND THEN
    NEW.purpose := g.purpose;
    NEW.because := coalesce(nullif(NEW.because, ''), g.because);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER says_its_purpose BEFORE INSERT ON audit_reading
  FOR EACH ROW EXECUTE FUNCTION oversight_says_its_purpose();
"""
DOWN = "DROP TRIGGER says_its_purpose ON audit_reading; DROP FUNCTION oversight_says_its_purpose"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_relations_end"), ("access", "0011_walls_stand")]
    operations = [migrations.RunSQL(UP, DOWN)]
