"""What every request pays before its page. Naming a viewer took 0.55 ms, four fifths of it for two questions.

Whether every wall stands: each claim asks the tables by name whether their rules bind (`row_security_active`, from what
the connection has at hand); all of pg_class is counted once a second of the claims, and only that finds FORCE taken off,
which would free the owner, never the application. Which files are closed: in steps, since few viewers have any. And
functions in SQL are planned anew at each call from outside a plan, those in plpgsql once a connection.
"""

from importlib import import_module

from django.db import migrations

FORMER = import_module("anwang.access.migrations.0011_walls_stand")
STANDING = "ALTER TABLE access_claimkey ADD COLUMN standing regclass[] NOT NULL DEFAULT '{}';"
ASKED = """
  IF NOT (SELECT coalesce(bool_and(row_security_active(t)), true) FROM access_claimkey k, unnest(k.standing) t) THEN
    RAISE 'row-level security is off for a table: nobody may look' USING ERRCODE = '28000',
      HINT = 'Run `anwang migrate`.';
  END IF;
  IF current_setting('anwang.walls_stood', true) IS NOT DISTINCT FROM said[4] THEN
    RETURN said;
  END IF;"""
KEPT = """
  PERFORM set_config('anwang.walls_stood', said[4], false);
  RETURN said;"""
CLAIMED = FORMER.CLAIMED.replace("\n  RETURN said;", ASKED + FORMER.STAND.replace("\n  RETURN said;", KEPT))
BARRED = """
CREATE OR REPLACE FUNCTION access_barred_to(who uuid, at timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT b.person_id), '{}') FROM access_bar b
           WHERE b.worker_id = who AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at));
END $$;
"""
CLOSED = """
CREATE OR REPLACE FUNCTION access_closed_to(who uuid, at timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE barred uuid[]; closed uuid[];
BEGIN
  IF who IS NULL THEN RETURN '{}'; END IF;
  barred := access_barred_to(who, at);
  closed := ARRAY (
    SELECT r.file_id FROM access_restriction r
     WHERE r.starts_at <= at AND r.until_at > at AND (r.ended_at IS NULL OR r.ended_at > at)
       AND NOT EXISTS (SELECT 1 FROM access_restrictionreader n WHERE n.restriction_id = r.id AND n.worker_id = who
                          AND n.since_at <= at AND (n.until_at IS NULL OR n.until_at > at)));
  IF barred <> '{}' THEN
    closed := closed || ARRAY (
      SELECT i.file_id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
        JOIN access_involvement i ON i.person_id = q.id WHERE p.id = ANY (barred));
  END IF;
  RETURN ARRAY (SELECT DISTINCT f FROM unnest(closed) f);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0011_walls_stand")]
    operations = [migrations.RunSQL(STANDING + CLAIMED + BARRED + CLOSED, migrations.RunSQL.noop)]
