"""The keys of a viewer are worked out once, when he is named, and kept until the transaction ends.

Every policy asks for them, so a page asked dozens of times. A statement that changes posts, shifts or absences makes
the rest of its transaction ask anew. Both functions can now be written into the statement that calls them.
"""

from importlib import import_module

from django.db import migrations

from anwang.access.planned import planned

FORMER = import_module("anwang.access.migrations.0003_language_of_a_viewer").UP
FIRST = import_module("anwang.access.migrations.0002_keys_of_a_viewer").UP
KEPT = (
    FORMER.rstrip().removesuffix("END $$;")
    + """
  PERFORM set_config('anwang.keys', access_keys_of(who, seen_at)::text, true),
          set_config('anwang.keys_of', current_setting('anwang.worker') || ' ' || current_setting('anwang.at'), true);
END $$;
"""
)
UP = (
    KEPT
    + """
CREATE OR REPLACE FUNCTION access_at() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('anwang.at', true), '')::timestamptz, statement_timestamp())
$$;
CREATE OR REPLACE FUNCTION access_keys() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('anwang.keys_of', true) = current_setting('anwang.worker', true) || ' ' || current_setting('anwang.at', true)
         THEN current_setting('anwang.keys')::text[]
         ELSE access_keys_of(nullif(current_setting('anwang.worker', true), '')::uuid, access_at()) END
$$;
CREATE FUNCTION access_forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('anwang.keys_of', '', true);
  RETURN NULL;
END $$;
"""
    + "".join(
        f"CREATE TRIGGER forget_keys AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION access_forget_keys();\n"
        for table in ("directory_worker", "directory_appointment", "directory_absence", "directory_shift")
    )
)


def _function(sql: str, name: str) -> str:
    begin = sql.index(f"CREATE FUNCTION {name}(")
    return sql[begin : sql.index("$$;", begin) + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


DOWN = (
    "".join(
        f"DROP TRIGGER forget_keys ON {table};\n"
        for table in ("directory_worker", "directory_appointment", "directory_absence", "directory_shift")
    )
    + "DROP FUNCTION access_forget_keys;\n"
    + _function(FIRST, "access_at")
    + _function(FIRST, "access_keys")
    + FORMER
)


class Migration(migrations.Migration):
    dependencies = [("access", "0004_throttle"), ("directory", "0002_names_as_read")]
    operations = [migrations.RunSQL(UP, DOWN), planned("access_keys_of")]
