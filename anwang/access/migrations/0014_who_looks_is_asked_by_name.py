"""What rules of row-level security ask about the viewer is asked by name, not written out in each of them (ADR 0154).

PostgreSQL writes a function in SQL into the statement that asks it. Five such questions in every rule, twenty steps each,
had to be got ready for every table a statement names, whether a row of it was read or not: of a family page's 4.2 ms
three quarters. A function in PL/pgSQL is one step.
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access_at() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce(nullif(current_setting('anwang.at', true), '')::timestamptz, statement_timestamp());
END $$;

CREATE OR REPLACE FUNCTION access_worker() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN access_sealed() THEN nullif(current_setting('anwang.worker', true), '')::uuid END;
END $$;

CREATE OR REPLACE FUNCTION access_service() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN access_sealed() THEN nullif(current_setting('anwang.service', true), '') END;
END $$;

CREATE OR REPLACE FUNCTION access_known() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN access_sealed() AND coalesce(nullif(current_setting('anwang.worker', true), ''),
                                      nullif(current_setting('anwang.service', true), '')) IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION access_keys() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN NOT coalesce(access_sealed(), false) THEN '{}'
         WHEN current_setting('anwang.keys_of', true) = current_setting('anwang.worker', true) || ' ' || current_setting('anwang.at', true)
         THEN current_setting('anwang.keys')::text[]
         ELSE access_keys_of(nullif(current_setting('anwang.worker', true), '')::uuid, access_at()) END;
END $$;

CREATE OR REPLACE FUNCTION access_writing_keys() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN array_remove(access_keys(), 'w:' || current_setting('anwang.worker', true) || '/glass');
END $$;

CREATE OR REPLACE FUNCTION access_closed() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN current_setting('anwang.keys_of', true) = current_setting('anwang.worker', true) || ' ' || current_setting('anwang.at', true)
         THEN coalesce(nullif(current_setting('anwang.closed', true), '')::uuid[], '{}')
         ELSE access_closed_to(nullif(current_setting('anwang.worker', true), '')::uuid, access_at()) END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0013_a_seal_costs_less")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
