"""Every rule of row-level security asks whether the viewer's seal is whole, a family page some fifty times (ADR 0153).

Two thirds of that answer were looking up the pads. `access_pad` is said to be immutable, so that a connection works it
out once, when it first plans the functions that ask; `walls.py` has them planned anew when the pads change. What names
a viewer reads his posts, shifts and covers in one statement and makes his keys of it, and a service's keys, which are
none, are believed as a worker's are, instead of being looked for at each rule.
"""

from importlib import import_module

from django.db import migrations

MAC = "encode(sha256(access_pad('outer') || sha256(access_pad('inner') || convert_to({words}, 'UTF8'))), 'hex')"
SEALED_WORDS = """concat_ws(E'\\n', 'seal', pg_backend_pid(), transaction_timestamp(), current_setting('anwang.worker', true),
    current_setting('anwang.service', true), current_setting('anwang.at', true),
    current_setting('anwang.keys', true), current_setting('anwang.closed', true))"""
SEALS = f"""
CREATE FUNCTION access_pad(side text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT CASE side WHEN 'inner' THEN k.inner_pad WHEN 'outer' THEN k.outer_pad END FROM access_claimkey k);
END $$;
REVOKE EXECUTE ON FUNCTION access_pad FROM PUBLIC;

CREATE OR REPLACE FUNCTION access_mac(words text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN {MAC.format(words="words")};
END $$;

CREATE OR REPLACE FUNCTION access_sealed() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN current_setting('anwang.seal', true) = {MAC.format(words=SEALED_WORDS)};
END $$;
"""  # noqa: S608  words of our own

STANDING = """
-- What a worker is at an instant, and every key it gives him; one row. Written into the statements of the two that ask.
CREATE FUNCTION access_standing(who uuid, at timestamptz)
RETURNS TABLE (name text, units uuid[], roles text[], desks uuid[], covers uuid[], keys text[])
LANGUAGE sql STABLE AS $$
  SELECT w.called, p.units, p.roles, s.desks, a.covers,
         CASE WHEN w.stays THEN ARRAY['w:' || who] ELSE '{}' END || a.keys || p.keys || s.keys
         || CASE WHEN w.stays AND EXISTS (
                   SELECT 1 FROM access_grant g
                    WHERE g.holder = 'w:' || who || '/glass' AND g.starts_at <= at AND g.ends_at > at)
                 THEN ARRAY['w:' || who || '/glass'] ELSE '{}' END
    FROM (SELECT coalesce(array_agg(p.unit_id ORDER BY p.started_at), '{}') AS units,
                 coalesce(array_agg(p.role::text ORDER BY p.started_at), '{}') AS roles,
                 coalesce(array_agg('u:' || p.unit_id) || array_agg('u:' || p.unit_id || '/' || p.role)
                   || array_agg('u:' || p.unit_id || '/supervising') FILTER (
                     WHERE p.role IN ('supervisor', 'screening_supervisor', 'duty_supervisor', 'ngo_supervisor')),
                   '{}') AS keys
            FROM directory_appointment p
           WHERE p.worker_id = who AND p.started_at <= at AND (p.ended_at IS NULL OR p.ended_at > at)) p,
         (SELECT coalesce(array_agg(DISTINCT s.desk_id), '{}') AS desks,
                 coalesce(array_agg(DISTINCT 'd:' || s.desk_id), '{}') AS keys
            FROM directory_shift s WHERE s.worker_id = who AND s.starts_at <= at AND s.ends_at > at) s,
         (SELECT coalesce(array_agg(a.worker_id), '{}') AS covers,
                 coalesce(array_agg('w:' || a.worker_id), '{}') AS keys
            FROM directory_absence a WHERE a.covered_by_id = who AND a.starts_at <= at AND a.ends_at > at) a
         LEFT JOIN LATERAL (SELECT d.called, d.left_on IS NULL AS stays FROM directory_worker d WHERE d.id = who) w ON true
$$;
REVOKE EXECUTE ON FUNCTION access_standing FROM PUBLIC;

CREATE OR REPLACE FUNCTION access_keys_of(who uuid, at timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.keys FROM access_standing(who, at) s
$$;
"""

# Which files are closed is said first: the keys rest on grants, which are read through it.
VIEWER = """
CREATE OR REPLACE FUNCTION access_viewer(words text, proof text, who uuid, lang text,
  OUT name text, OUT unit_id uuid, OUT unit_name text, OUT county text,
  OUT units uuid[], OUT roles text[], OUT desks uuid[], OUT covers uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text[] := access_claimed(words, proof); seen_at timestamptz := said[3]::timestamptz; keys text[];
BEGIN
  IF NOT (said[1] = 'worker' AND said[2] = who::text OR said[1] = 'account' AND EXISTS (
            SELECT 1 FROM access_account a WHERE a.id = said[2]::uuid AND a.worker_id = who AND a.is_active)) THEN
    RAISE 'the claim names somebody else' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('anwang.worker', who::text, true), set_config('anwang.at', seen_at::text, true),
          set_config('anwang.service', '', true), set_config('anwang.language', lang, true),
          set_config('anwang.closed', access_closed_to(who, seen_at)::text, true),
          set_config('anwang.keys_of', who::text || ' ' || seen_at::text, true);
  SELECT s.name, s.units, s.roles, s.desks, s.covers, s.keys, s.units[1], u.called, u.jurisdiction_id
    INTO name, units, roles, desks, covers, keys, unit_id, unit_name, county
    FROM access_standing(who, seen_at) s LEFT JOIN directory_unit u ON u.id = s.units[1];
  PERFORM set_config('anwang.keys', keys::text, true);
  PERFORM access_seal();
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
  IF closed = '{}' THEN RETURN closed; END IF;
  RETURN ARRAY (SELECT DISTINCT f FROM unnest(closed) f);
END $$;
"""

_JOB = import_module("anwang.access.migrations.0009_claims").NAMING
SERVICE = (
    _JOB[_JOB.index("CREATE FUNCTION access_job(") :]
    .replace("CREATE", "CREATE OR REPLACE", 1)
    .replace("set_config('anwang.keys_of', '', true)", "set_config('anwang.keys_of', ' ' || said[3], true)")
)
ADMITTED = """
DO $do$
BEGIN
  EXECUTE replace(pg_get_functiondef('systems_admit'::regproc),
                  $a$set_config('anwang.keys_of', '', true)$a$, $b$set_config('anwang.keys_of', ' ' || seen_at, true)$b$);
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0012_naming_a_viewer_costs_less"), ("directory", "0006_officers_of_an_authority")]
    operations = [
        migrations.RunSQL(SEALS + STANDING + CLOSED + VIEWER + SERVICE, migrations.RunSQL.noop),
        migrations.RunSQL(ADMITTED, migrations.RunSQL.noop),
    ]
