"""Who is looking, as the database sees it: the keys of the worker named in `anwang.worker`, at `anwang.at`."""

from django.db import migrations

UP = """
CREATE FUNCTION access_at() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('anwang.at', true), '')::timestamptz, clock_timestamp())
$$;

-- Every key a worker holds at an instant: himself, whom he covers, his posts, the desks where he is on shift.
CREATE FUNCTION access_keys_of(who uuid, at timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(key), '{}') FROM (
    SELECT 'w:' || who WHERE EXISTS (SELECT 1 FROM directory_worker WHERE id = who AND left_on IS NULL)
    UNION ALL SELECT 'w:' || a.worker_id FROM directory_absence a
      WHERE a.covered_by_id = who AND a.starts_at <= at AND a.ends_at > at
    UNION ALL SELECT unnest(ARRAY['u:' || p.unit_id, 'u:' || p.unit_id || '/' || p.role]) FROM directory_appointment p
      WHERE p.worker_id = who AND p.started_at <= at AND (p.ended_at IS NULL OR p.ended_at > at)
    UNION ALL SELECT 'u:' || p.unit_id || '/supervising' FROM directory_appointment p
      WHERE p.worker_id = who AND p.started_at <= at AND (p.ended_at IS NULL OR p.ended_at > at)
        AND p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'ngo_supervisor')
    UNION ALL SELECT DISTINCT 'd:' || s.desk_id FROM directory_shift s
      WHERE s.worker_id = who AND s.starts_at <= at AND s.ends_at > at
  ) keys (key)
$$;

CREATE FUNCTION access_keys() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT access_keys_of(nullif(current_setting('anwang.worker', true), '')::uuid, access_at())
$$;

-- Names the viewer for the rest of the transaction and answers what a page needs to know of him, in one statement.
CREATE FUNCTION access_viewer(who uuid, seen_at timestamptz, lang text,
  OUT name text, OUT unit_id uuid, OUT unit_name text, OUT county text,
  OUT units uuid[], OUT roles text[], OUT desks uuid[], OUT covers uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('anwang.worker', who::text, true), set_config('anwang.at', seen_at::text, true),
          set_config('anwang.service', '', true);
  SELECT CASE WHEN lang = 'en' AND w.name_en <> '' THEN w.name_en ELSE w.name END INTO name
    FROM directory_worker w WHERE w.id = who;
  SELECT coalesce(array_agg(p.unit_id ORDER BY p.started_at), '{}'), coalesce(array_agg(p.role::text ORDER BY p.started_at), '{}')
    INTO units, roles
    FROM directory_appointment p
   WHERE p.worker_id = who AND p.started_at <= seen_at AND (p.ended_at IS NULL OR p.ended_at > seen_at);
  unit_id := units[1];
  SELECT CASE WHEN lang = 'en' AND u.name_en <> '' THEN u.name_en ELSE u.name END, u.jurisdiction_id
    INTO unit_name, county FROM directory_unit u WHERE u.id = unit_id;
  SELECT coalesce(array_agg(DISTINCT s.desk_id), '{}') INTO desks
    FROM directory_shift s WHERE s.worker_id = who AND s.starts_at <= seen_at AND s.ends_at > seen_at;
  SELECT coalesce(array_agg(a.worker_id), '{}') INTO covers
    FROM directory_absence a WHERE a.covered_by_id = who AND a.starts_at <= seen_at AND a.ends_at > seen_at;
END $$;

-- Grants are ended, never otherwise changed; involvements only grow.
REVOKE UPDATE, DELETE ON access_grant, access_involvement FROM anwang_app;
GRANT UPDATE (ends_at) ON access_grant TO anwang_app;
CREATE FUNCTION grant_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at) THEN
    RAISE 'an ended grant stays ended: write a new one' USING ERRCODE = '23514', CONSTRAINT = 'grant_stays_ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON access_grant FOR EACH ROW EXECUTE FUNCTION grant_only_ends();
"""
DOWN = """
DROP TRIGGER only_ends ON access_grant; DROP FUNCTION grant_only_ends;
DROP FUNCTION access_viewer; DROP FUNCTION access_keys; DROP FUNCTION access_keys_of; DROP FUNCTION access_at;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_accounts_and_grants")]
    operations = [migrations.RunSQL(UP, DOWN)]
