"""A key under which is read and never written: that of a worker while he has broken the glass (緊急調閱).

The key `w:<worker>/glass` is his alone, not of who covers him, and exists only while a grant names it. Changing a row
asks for `access_writing_keys()`, which leave it out; so a policy for UPDATE never rests on such a grant.
"""

from importlib import import_module

from django.db import migrations

from anwang.access.planned import planned

FIRST = import_module("anwang.access.migrations.0002_keys_of_a_viewer").UP
_BEGIN = FIRST.index("CREATE FUNCTION access_keys_of(")
FORMER = FIRST[_BEGIN : FIRST.index("$$;", _BEGIN) + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
LAST = "  ) keys (key)"
GLASS = """    UNION ALL SELECT 'w:' || who || '/glass' WHERE EXISTS (SELECT 1 FROM access_grant g
      WHERE g.holder = 'w:' || who || '/glass' AND g.starts_at <= at AND g.ends_at > at)
      AND EXISTS (SELECT 1 FROM directory_worker WHERE id = who AND left_on IS NULL)
"""
UP = [
    FORMER.replace(LAST, GLASS + LAST),
    """
CREATE FUNCTION access_writing_keys() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(access_keys(), 'w:' || current_setting('anwang.worker', true) || '/glass')
$$;

-- Lets the policies for UPDATE on a table ask for the keys that write. Called for every table that is protected.
CREATE FUNCTION access_writes_with_writing_keys(of_table text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE p record;
BEGIN
  FOR p IN SELECT policyname, tablename, qual FROM pg_policies
            WHERE schemaname = 'public' AND tablename = of_table AND cmd = 'UPDATE' AND qual LIKE '%access_keys()%'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (%s)', p.policyname, p.tablename,
                   replace(p.qual, 'access_keys()', 'access_writing_keys()'));
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION access_writes_with_writing_keys FROM PUBLIC;
SELECT access_writes_with_writing_keys(tablename::text) FROM pg_tables WHERE schemaname = 'public';
""",
]
DOWN = [
    FORMER,
    """
DO $$ DECLARE p record; BEGIN
  FOR p IN SELECT policyname, tablename, qual FROM pg_policies
            WHERE schemaname = 'public' AND cmd = 'UPDATE' AND qual LIKE '%access_writing_keys()%'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (%s)', p.policyname, p.tablename,
                   replace(p.qual, 'access_writing_keys()', 'access_keys()'));
  END LOOP;
END $$;
DROP FUNCTION access_writes_with_writing_keys; DROP FUNCTION access_writing_keys;
""",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0007_bars"), ("directory", "0002_names_as_read")]
    operations = [migrations.RunSQL(UP, DOWN), planned("access_keys_of")]
