"""Who reads questions and declarations, and the bars that declarations put up, also when a record comes later."""

from django.db import migrations

from anwang.audit.tables import append_only

SERVICE = "coalesce(current_setting('anwang.service', true), '') = 'oversight'"
ME = "nullif(current_setting('anwang.worker', true), '')::uuid"
REVIEWER = f"(reader_id <> {ME} AND to_county = ANY ((SELECT oversight_counties())::text[]))"
UP = f"""
-- The counties whose questions the viewer looks into; `central` stands for the ministry.
CREATE FUNCTION oversight_counties() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT u.jurisdiction_id::text), '{{}}')
    FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
   WHERE p.worker_id = {ME} AND p.role = 'privacy_officer'
     AND p.started_at <= access_at() AND (p.ended_at IS NULL OR p.ended_at > access_at())
$$;

ALTER TABLE oversight_declaration ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON oversight_declaration FOR SELECT USING (worker_id = {ME} OR {SERVICE});
CREATE POLICY writes ON oversight_declaration FOR INSERT WITH CHECK (worker_id = {ME} OR {SERVICE});
CREATE POLICY changes ON oversight_declaration FOR UPDATE USING (worker_id = {ME}) WITH CHECK (worker_id = {ME});
REVOKE UPDATE, DELETE ON oversight_declaration FROM anwang_app;
GRANT UPDATE (ended_at) ON oversight_declaration TO anwang_app;

ALTER TABLE oversight_question ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON oversight_question FOR SELECT
  USING ({SERVICE} OR {REVIEWER} OR (reader_id = {ME} AND asked_at IS NOT NULL));
CREATE POLICY writes ON oversight_question FOR INSERT WITH CHECK ({SERVICE});
CREATE POLICY changes ON oversight_question FOR UPDATE
  USING ({SERVICE} OR {REVIEWER} OR (reader_id = {ME} AND asked_at IS NOT NULL)) WITH CHECK (true);
REVOKE UPDATE, DELETE ON oversight_question FROM anwang_app;
GRANT UPDATE (state, asked_at, answer_due_at, answered_at, settled_at, settled_by, outcome, readings, last_at)
   ON oversight_question TO anwang_app;

ALTER TABLE oversight_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON oversight_words FOR SELECT
  USING (EXISTS (SELECT 1 FROM oversight_question q WHERE q.id = question_id));
CREATE POLICY writes ON oversight_words FOR INSERT
  WITH CHECK (written_by = {ME} AND EXISTS (SELECT 1 FROM oversight_question q WHERE q.id = question_id));

ALTER TABLE oversight_unexplained ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON oversight_unexplained FOR SELECT
  USING ({SERVICE} OR EXISTS (SELECT 1 FROM oversight_question q
                               WHERE q.reader_id = worker_id AND q.day = oversight_unexplained.day));
REVOKE INSERT, UPDATE, DELETE ON oversight_unexplained, oversight_night, oversight_ground FROM anwang_app;
"""  # noqa: S608 - written by us
BARS = """
-- Sure is a number; else the name with the exact birth date. Every record of the same identity is barred with it.
CREATE FUNCTION oversight_bar(declarations uuid[], persons uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO access_bar (id, worker_id, person_id, because, because_id, starts_at)
  SELECT gen_random_uuid(), d.worker_id, same.id, CASE d.relation WHEN 'self' THEN 'own' ELSE 'kin' END, d.id,
         d.declared_at
    FROM oversight_declaration d
    JOIN LATERAL (
      SELECT i.person_id AS id FROM people_identifier i
       WHERE i.lookup = d.number_lookup AND d.number_lookup <> '' AND (persons IS NULL OR i.person_id = ANY (persons))
      UNION
      SELECT p.id FROM people_person p
       WHERE p.name_key = d.name_key AND p.born_earliest = d.born_on AND p.born_latest = d.born_on
         AND (persons IS NULL OR p.id = ANY (persons))) found ON true
    JOIN people_person known ON known.id = found.id
    JOIN people_person same ON same.identity_id = known.identity_id
   WHERE d.ended_at IS NULL AND (declarations IS NULL OR d.id = ANY (declarations))
  ON CONFLICT DO NOTHING;
END $$;
REVOKE EXECUTE ON FUNCTION oversight_bar FROM PUBLIC;

CREATE FUNCTION oversight_bars_declared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM oversight_bar(ARRAY(SELECT id FROM fresh), NULL);
  ELSE
    UPDATE access_bar b SET ends_at = f.ended_at FROM fresh f
     WHERE b.because_id = f.id AND f.ended_at IS NOT NULL AND b.ends_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER bars AFTER INSERT ON oversight_declaration REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION oversight_bars_declared();
CREATE TRIGGER ends_bars AFTER UPDATE ON oversight_declaration REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION oversight_bars_declared();

-- Most statements bring nobody declared: that is asked first, by two indexes of a small table.
CREATE FUNCTION oversight_bars_numbers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid[];
BEGIN
  SELECT array_agg(f.person_id) INTO found FROM fresh f
    JOIN oversight_declaration d ON d.number_lookup = f.lookup AND d.ended_at IS NULL;
  IF found IS NOT NULL THEN PERFORM oversight_bar(NULL, found); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER bars AFTER INSERT ON people_identifier REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION oversight_bars_numbers();

CREATE FUNCTION oversight_bars_names() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid[];
BEGIN
  SELECT array_agg(f.id) INTO found FROM fresh f
    JOIN oversight_declaration d ON d.name_key = f.name_key AND d.born_on = f.born_earliest AND d.ended_at IS NULL;
  IF found IS NOT NULL THEN PERFORM oversight_bar(NULL, found); END IF;
  -- A record that turned out to be somebody barred.
  INSERT INTO access_bar (id, worker_id, person_id, because, because_id, starts_at)
  SELECT gen_random_uuid(), b.worker_id, f.id, b.because, b.because_id, b.starts_at
    FROM fresh f JOIN people_person p ON p.identity_id = f.identity_id AND p.id <> f.id
    JOIN access_bar b ON b.person_id = p.id AND b.ends_at IS NULL
   WHERE f.identity_id <> f.id OR p.id = f.identity_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE INDEX bars_of_person ON access_bar (person_id) WHERE ends_at IS NULL;
CREATE TRIGGER bars AFTER INSERT ON people_person REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION oversight_bars_names();
CREATE TRIGGER bars_changed AFTER UPDATE ON people_person REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION oversight_bars_names();
"""
DOWN = """
DROP TRIGGER bars_changed ON people_person; DROP TRIGGER bars ON people_person; DROP TRIGGER bars ON people_identifier;
DROP INDEX bars_of_person;
DROP FUNCTION oversight_bars_names; DROP FUNCTION oversight_bars_numbers;
DROP TRIGGER ends_bars ON oversight_declaration; DROP TRIGGER bars ON oversight_declaration;
DROP FUNCTION oversight_bars_declared; DROP FUNCTION oversight_bar;
DROP POLICY reads ON oversight_unexplained; ALTER TABLE oversight_unexplained DISABLE ROW LEVEL SECURITY;
DROP POLICY writes ON oversight_words; DROP POLICY reads ON oversight_words;
ALTER TABLE oversight_words DISABLE ROW LEVEL SECURITY;
DROP POLICY changes ON oversight_question; DROP POLICY writes ON oversight_question;
DROP POLICY reads ON oversight_question; ALTER TABLE oversight_question DISABLE ROW LEVEL SECURITY;
DROP POLICY changes ON oversight_declaration; DROP POLICY writes ON oversight_declaration;
DROP POLICY reads ON oversight_declaration; ALTER TABLE oversight_declaration DISABLE ROW LEVEL SECURITY;
DROP FUNCTION oversight_counties;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_questions_about_readings"),
        ("access", "0007_bars"),
        ("people", "0011_enough_found"),
    ]
    operations = [migrations.RunSQL(UP + BARS, DOWN), append_only("oversight_words")]
