"""Nobody is believed while a wall is down: fewer tables under forced row-level security than were left there.

Lists of the application rely on the policies. Were they switched off, by hand or by a restore, every page would answer
with an error instead of with everybody's record.
"""

from importlib import import_module

from django.db import migrations

FORMER = import_module("anwang.access.migrations.0009_claims").SEALS
_BEGIN = FORMER.index("CREATE FUNCTION access_claimed(")
CLAIMED = FORMER[_BEGIN : FORMER.index("END $$;", _BEGIN) + 7].replace("CREATE", "CREATE OR REPLACE", 1)
STAND = """
  IF (SELECT count(*) FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity)
     < (SELECT k.walls FROM access_claimkey k) THEN
    RAISE 'row-level security is off for a table: nobody may look' USING ERRCODE = '28000',
      HINT = 'Run `anwang migrate`.';
  END IF;
  RETURN said;"""
WALLS = "ALTER TABLE access_claimkey ADD COLUMN walls integer NOT NULL DEFAULT 0;"
UP = WALLS + CLAIMED.replace("\n  RETURN said;", STAND)


class Migration(migrations.Migration):
    dependencies = [("access", "0010_restricted_files")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
