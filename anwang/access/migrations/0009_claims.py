"""Who is looking must be claimed, and is sealed for one transaction; files can be closed to single viewers.

A claim (`access.claims`) is checked by an HMAC whose pads the application's log-in cannot read. What the claim gave is
kept in settings of the transaction, sealed with the same key together with the server process and the transaction's
instant: whoever sets them by hand, or sets them again in another transaction, is nobody.
"""

from django.db import migrations

TABLE = """
CREATE TABLE access_claimkey (is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
                              inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
REVOKE ALL ON access_claimkey FROM anwang_app;
"""

SEALS = """
CREATE FUNCTION access_mac(words text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(words, 'UTF8'))), 'hex') FROM access_claimkey k
$$;
REVOKE EXECUTE ON FUNCTION access_mac FROM PUBLIC;

-- What is sealed: everything that decides what the viewer reads, and the transaction it was given to.
CREATE FUNCTION access_sealed() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT current_setting('anwang.seal', true) = encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(
           concat_ws(E'\\n', 'seal', pg_backend_pid(), transaction_timestamp(), current_setting('anwang.worker', true),
             current_setting('anwang.service', true), current_setting('anwang.at', true),
             current_setting('anwang.keys', true), current_setting('anwang.closed', true)), 'UTF8'))), 'hex')
            FROM access_claimkey k);
END $$;

-- Only for functions of ours that have checked somebody themselves.
CREATE FUNCTION access_seal() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('anwang.seal', access_mac(
    concat_ws(E'\\n', 'seal', pg_backend_pid(), transaction_timestamp(), current_setting('anwang.worker', true),
      current_setting('anwang.service', true), current_setting('anwang.at', true),
      current_setting('anwang.keys', true), current_setting('anwang.closed', true))), true);
END $$;
REVOKE EXECUTE ON FUNCTION access_seal FROM PUBLIC;

CREATE FUNCTION access_claimed(words text, proof text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text[] := string_to_array(words, E'\\n');
BEGIN
  IF cardinality(said) IS DISTINCT FROM 4 OR proof IS DISTINCT FROM access_mac(words)
     OR abs(extract(epoch FROM clock_timestamp()) - said[4]::bigint) > 300 THEN
    RAISE 'the claim does not hold: who is looking stays unknown' USING ERRCODE = '28000',
      HINT = 'Run `anwang migrate` when the keys were changed; let the clocks of both machines agree.';
  END IF;
  RETURN said;
END $$;
REVOKE EXECUTE ON FUNCTION access_claimed FROM PUBLIC;

CREATE FUNCTION access_worker() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN access_sealed() THEN nullif(current_setting('anwang.worker', true), '')::uuid END
$$;
CREATE FUNCTION access_service() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN access_sealed() THEN nullif(current_setting('anwang.service', true), '') END
$$;
CREATE FUNCTION access_known() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT access_sealed() AND coalesce(nullif(current_setting('anwang.worker', true), ''),
                                      nullif(current_setting('anwang.service', true), '')) IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION access_keys() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN NOT coalesce(access_sealed(), false) THEN '{}'
         WHEN current_setting('anwang.keys_of', true) = current_setting('anwang.worker', true) || ' ' || current_setting('anwang.at', true)
         THEN current_setting('anwang.keys')::text[]
         ELSE access_keys_of(nullif(current_setting('anwang.worker', true), '')::uuid, access_at()) END
$$;

-- Files closed to the viewer although a grant names him. Not checked: whoever changes it breaks the seal of his keys.
CREATE FUNCTION access_closed() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('anwang.keys_of', true) = current_setting('anwang.worker', true) || ' ' || current_setting('anwang.at', true)
         THEN coalesce(nullif(current_setting('anwang.closed', true), '')::uuid[], '{}')
         ELSE access_closed_to(nullif(current_setting('anwang.worker', true), '')::uuid, access_at()) END
$$;
"""

CLOSED = """
-- Nobody's files are closed yet: restrictions and ties come with 0010.
CREATE FUNCTION access_closed_to(who uuid, at timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN '{}';
END $$;
"""

NAMING = """
DROP FUNCTION access_viewer(uuid, timestamptz, text);
-- Names the viewer for the rest of the transaction and answers what a page needs to know of him, in one statement.
CREATE FUNCTION access_viewer(words text, proof text, who uuid, lang text,
  OUT name text, OUT unit_id uuid, OUT unit_name text, OUT county text,
  OUT units uuid[], OUT roles text[], OUT desks uuid[], OUT covers uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text[] := access_claimed(words, proof); seen_at timestamptz := said[3]::timestamptz;
BEGIN
  IF NOT (said[1] = 'worker' AND said[2] = who::text OR said[1] = 'account' AND EXISTS (
            SELECT 1 FROM access_account a WHERE a.id = said[2]::uuid AND a.worker_id = who AND a.is_active)) THEN
    RAISE 'the claim names somebody else' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('anwang.worker', who::text, true), set_config('anwang.at', seen_at::text, true),
          set_config('anwang.service', '', true), set_config('anwang.language', lang, true);
  SELECT w.called INTO name FROM directory_worker w WHERE w.id = who;
  SELECT coalesce(array_agg(p.unit_id ORDER BY p.started_at), '{}'), coalesce(array_agg(p.role::text ORDER BY p.started_at), '{}')
    INTO units, roles
    FROM directory_appointment p
   WHERE p.worker_id = who AND p.started_at <= seen_at AND (p.ended_at IS NULL OR p.ended_at > seen_at);
  unit_id := units[1];
  SELECT u.called, u.jurisdiction_id
    INTO unit_name, county FROM directory_unit u WHERE u.id = unit_id;
  SELECT coalesce(array_agg(DISTINCT s.desk_id), '{}') INTO desks
    FROM directory_shift s WHERE s.worker_id = who AND s.starts_at <= seen_at AND s.ends_at > seen_at;
  SELECT coalesce(array_agg(a.worker_id), '{}') INTO covers
    FROM directory_absence a WHERE a.covered_by_id = who AND a.starts_at <= seen_at AND a.ends_at > seen_at;
  PERFORM set_config('anwang.keys', access_keys_of(who, seen_at)::text, true),
          set_config('anwang.closed', access_closed_to(who, seen_at)::text, true),
          set_config('anwang.keys_of', current_setting('anwang.worker') || ' ' || current_setting('anwang.at'), true);
  PERFORM access_seal();
END $$;

-- A job or an import: it holds no key and reads no personal row.
CREATE FUNCTION access_job(words text, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text[] := access_claimed(words, proof);
BEGIN
  IF said[1] <> 'service' OR said[2] = '' THEN
    RAISE 'the claim names somebody else' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('anwang.worker', '', true), set_config('anwang.service', said[2], true),
          set_config('anwang.at', said[3], true), set_config('anwang.keys', '{}', true),
          set_config('anwang.closed', '{}', true), set_config('anwang.keys_of', '', true);
  PERFORM access_seal();
END $$;
"""

# A token of another system names a service by itself: the function that checks it seals what it found.
ADMITTED = """
DO $do$
DECLARE f oid := 'systems_admit'::regproc; said text := pg_get_functiondef(f);
BEGIN
  EXECUTE replace(said, $a$set_config('anwang.at', seen_at::text, true);$a$,
    $b$set_config('anwang.at', seen_at::text, true), set_config('anwang.keys', '{}', true),
          set_config('anwang.closed', '{}', true), set_config('anwang.keys_of', '', true);
  PERFORM access_seal();$b$);
END $do$;
"""

GRANTS = """
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_grant FOR SELECT USING ((SELECT access_known()));
CREATE POLICY open_to_the_viewer ON access_grant AS RESTRICTIVE FOR SELECT
  USING (file_id <> ALL ((SELECT access_closed())::uuid[]));
CREATE POLICY writes ON access_grant FOR INSERT WITH CHECK ((SELECT access_known()));
CREATE POLICY changes ON access_grant FOR UPDATE USING ((SELECT access_known())) WITH CHECK (true);
ALTER TABLE access_involvement ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_involvement FOR SELECT USING ((SELECT access_known()));
CREATE POLICY writes ON access_involvement FOR INSERT WITH CHECK ((SELECT access_known()));
"""


class Migration(migrations.Migration):
    """Not undone: without it anybody with a password of the database could say who he is."""

    dependencies = [("access", "0008_read_only_keys"), ("systems", "0004_endpoints_of_live_systems")]
    operations = [
        migrations.RunSQL(TABLE + CLOSED + SEALS + NAMING, migrations.RunSQL.noop),
        migrations.RunSQL(ADMITTED, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
