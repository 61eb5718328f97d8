-- What holds for every table and function whoever made it; see walls.py. One transaction, repeatable.

SELECT pg_advisory_xact_lock(7026);
SET LOCAL client_min_messages = warning;
GRANT anwang_functions TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO anwang_functions;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO anwang_functions;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO anwang_functions;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO anwang_functions;
REVOKE ALL ON access_claimkey FROM PUBLIC, anwang_app, anwang_functions;
GRANT SELECT ON access_claimkey TO anwang_functions;

-- Here: definer functions that only read keep their plans.

-- Functions and policies that ask who is looking: the sealed answer instead of the bare setting.
DO $do$
DECLARE f record; said text;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname !~ '^access_'
              AND p.prosrc ~ 'current_setting\(''anwang\.(worker|service)''' AND p.prokind = 'f'
  LOOP
    said := pg_get_functiondef(f.oid);
    said := regexp_replace(said, 'nullif\(current_setting\(''anwang\.worker'', true\), ''''\)::uuid', 'access_worker()', 'gi');
    said := regexp_replace(said, 'nullif\(current_setting\(''anwang\.worker'', true\), ''''\)', 'access_worker()::text', 'gi');
    said := regexp_replace(said, 'nullif\(current_setting\(''anwang\.service'', true\), ''''\)', 'access_service()', 'gi');
    said := regexp_replace(said, 'current_setting\(''anwang\.service'', true\)', 'access_service()', 'gi');
    EXECUTE said;
  END LOOP;
END $do$;

DO $do$
DECLARE p record; term text; asked text; checked text;
BEGIN
  FOR p IN SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'
              AND coalesce(qual, '') || coalesce(with_check, '') ~ 'current_setting\(''anwang\.(worker|service)'''
  LOOP
    asked := p.qual; checked := p.with_check;
    FOREACH term IN ARRAY ARRAY[
      '\(NULLIF\(current_setting\(''anwang\.worker''::text, true\), ''''::text\)\)::uuid=>(SELECT access_worker())',
      'NULLIF\(current_setting\(''anwang\.worker''::text, true\), ''''::text\)=>(SELECT access_worker()::text)',
      'NULLIF\(current_setting\(''anwang\.service''::text, true\), ''''::text\)=>(SELECT access_service())',
      'current_setting\(''anwang\.service''::text, true\)=>(SELECT access_service())']
    LOOP
      asked := regexp_replace(asked, split_part(term, '=>', 1), split_part(term, '=>', 2), 'g');
      checked := regexp_replace(checked, split_part(term, '=>', 1), split_part(term, '=>', 2), 'g');
    END LOOP;
    EXECUTE format('ALTER POLICY %I ON %I', p.policyname, p.tablename)
      || coalesce(' USING (' || asked || ')', '') || coalesce(' WITH CHECK (' || checked || ')', '');
  END LOOP;
END $do$;

-- Definer functions run as a role that owns nothing else.
DO $do$
DECLARE f record;
BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p
            WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.proowner <> 'anwang_functions'::regrole
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO anwang_functions', f.name);
  END LOOP;
END $do$;

-- Views that answer alike whoever asks read as those functions do; the others ask as whoever looks (security_invoker).
DO $do$
DECLARE v record;
BEGIN
  FOR v IN SELECT c.oid::regclass AS name FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND c.relowner <> 'anwang_functions'::regrole
              AND NOT coalesce(array_to_string(c.reloptions, ',') ~ 'security_invoker=(true|on|1)', false)
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER VIEW %s OWNER TO anwang_functions', v.name);
  END LOOP;
END $do$;

-- What narrows the application's view does not bind definer functions, which such rules may ask; access_grant's does.
DO $do$
DECLARE p record;
BEGIN
  FOR p IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND permissive = 'RESTRICTIVE'
              AND tablename <> 'access_grant' AND roles = '{public}'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I TO anwang_app', p.policyname, p.tablename);
  END LOOP;
END $do$;

-- The owner is bound too, and the definer functions see every row.
DO $do$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.oid, c.relname, c.relforcerowsecurity FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relkind IN ('r', 'p')
  LOOP
    IF NOT t.relforcerowsecurity THEN
      EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.relname);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND polname = 'inside') THEN
      EXECUTE format('CREATE POLICY inside ON %I TO anwang_functions USING (true) WITH CHECK (true)', t.relname);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND polname = 'keeping') THEN
      EXECUTE format('CREATE POLICY keeping ON %I TO CURRENT_USER USING (current_setting(''anwang.keeps'', true) = ''on'')'
                     ' WITH CHECK (current_setting(''anwang.keeps'', true) = ''on'')', t.relname);
    END IF;
  END LOOP;
END $do$;

-- Nobody who is not named writes (docs/adr/0142). Tables under row-level security ask it in their rules, the others here;
-- where less is asked, at the door, a trigger of this name says what.
DO $do$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity AND c.relkind IN ('r', 'p')
              AND NOT c.relispartition AND c.relname <> ALL (ARRAY[
                'access_throttle', 'accounts_sitting', 'django_session',  -- who comes in is not known yet
                'audit_checkpoint', 'audit_posting', 'audit_watch'])  -- signed by keys outside the database
              AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'by_somebody_known')
  LOOP
    EXECUTE format('CREATE TRIGGER by_somebody_known BEFORE INSERT OR UPDATE OR DELETE ON %I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_the_unknown()', t.relname);
  END LOOP;
END $do$;

REVOKE CREATE ON SCHEMA public FROM anwang_functions;
REVOKE anwang_functions FROM CURRENT_USER;
