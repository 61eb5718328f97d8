"""Versions of the keys, sealing again behind the grants, and hidden addresses that lie sealed."""

from django.db import migrations, models

import anwang.foundation.uuid7

# Only for what grows: these definer functions may put the same content under another key, or take content away by law.
# Nobody else gets past: the application has no right to update, and the setting counts for the owner alone.
GROWS = """
CREATE FUNCTION append_only_but_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_user <> 'anwang_app' AND current_setting('anwang.rewriting', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE '% only grows: add a correction', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
"""

KEYS = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON people_keyversion FROM anwang_app;

-- Which version a value is sealed with; 0 for what is not sealed.
CREATE FUNCTION people_version_of(sealed bytea) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(sealed) > 30 AND get_byte(sealed, 0) = 1
              THEN get_byte(sealed, 1) * 256 + get_byte(sealed, 2) ELSE 0 END $$;
CREATE FUNCTION people_sealed_in(words text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN words LIKE '⟦1:%⟧' THEN decode(substr(words, 4, length(words) - 4), 'base64') END $$;

-- The version that new values of a ring use, as the database knows it.
CREATE FUNCTION people_newest_key(of_ring text) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$ SELECT max(version) FROM people_keyversion WHERE ring = of_ring $$;

-- Values of one column that are sealed with a version older than the newest: ciphertext, and nothing else of the row.
CREATE FUNCTION people_old_seals(tab text, key text, col text, words boolean, of_ring text, after text, most int)
RETURNS TABLE (id text, sealed bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE value text := CASE WHEN words THEN format('people_sealed_in(%I)', col) ELSE quote_ident(col) END;
BEGIN
  IF nullif(current_setting('anwang.service', true), '') IS DISTINCT FROM 'reseal' THEN RETURN; END IF;
  RETURN QUERY EXECUTE format(
    'SELECT %1$I::text, %2$s FROM %3$I WHERE ($1 = '''' OR %1$I > $1::uuid)
        AND people_version_of(%2$s) BETWEEN 1 AND $2 - 1 ORDER BY %1$I LIMIT $3', key, value, tab)
  USING after, people_newest_key(of_ring), most;
END $$;

-- The same value under the newest key, unless somebody changed it meanwhile.
CREATE FUNCTION people_seal_again(tab text, key text, col text, words boolean, of_ring text, ids text[], old bytea[],
                                  new bytea[])
RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE value text := CASE WHEN words THEN format('people_sealed_in(t.%I)', col) ELSE format('t.%I', col) END;
  given text := CASE WHEN words THEN '''⟦1:'' || translate(encode(n.new, ''base64''), E''\\n'', '''') || ''⟧''' ELSE 'n.new' END;
  changed int;
BEGIN
  IF nullif(current_setting('anwang.service', true), '') IS DISTINCT FROM 'reseal' THEN RETURN 0; END IF;
  PERFORM set_config('anwang.rewriting', 'on', true);
  EXECUTE format(
    'UPDATE %1$I t SET %2$I = %5$s FROM unnest($1, $2, $3) AS n (id, old, new)
      WHERE t.%3$I = n.id::uuid AND %4$s = n.old AND people_version_of(n.new) = $4
        AND people_version_of(n.old) BETWEEN 1 AND $4 - 1', tab, col, key, value, given)
  USING ids, old, new, people_newest_key(of_ring);
  GET DIAGNOSTICS changed = ROW_COUNT;
  PERFORM set_config('anwang.rewriting', '', true);
  RETURN changed;
END $$;

-- How many values of a column use each version.
CREATE FUNCTION people_key_use(tab text, col text, words boolean)
RETURNS TABLE (version int, used bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE value text := CASE WHEN words THEN format('people_sealed_in(%I)', col) ELSE quote_ident(col) END;
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT people_version_of(%1$s), count(*) FROM %2$I WHERE %1$s IS NOT NULL GROUP BY 1 ORDER BY 1', value, tab);
END $$;
CREATE FUNCTION people_key_done(of_ring text, of_version int, at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_keyversion SET done_at = at WHERE ring = of_ring AND version = of_version AND done_at IS NULL
     AND nullif(current_setting('anwang.service', true), '') = 'reseal' $$;
-- Counting by version is open to whoever reaches the database: the owner counts too, and it tells nothing.
REVOKE EXECUTE ON FUNCTION people_old_seals, people_seal_again, people_key_done FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_old_seals, people_seal_again, people_key_done TO anwang_app;
"""
KEYS_DOWN = """
DROP FUNCTION people_key_done; DROP FUNCTION people_key_use; DROP FUNCTION people_seal_again; DROP FUNCTION people_old_seals;
DROP FUNCTION people_newest_key; DROP FUNCTION people_sealed_in; DROP FUNCTION people_version_of;
"""

# Hiding tells which rows it hid and how they read, so that they are sealed in the same transaction; sealing changes
# only what is hidden and still open.
HIDE = """
DROP FUNCTION people_hide_addresses;
CREATE FUNCTION people_hide_addresses(who uuid) RETURNS TABLE (id uuid, place text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_address a SET is_hidden = true
    FROM people_safetyaddress s
   WHERE s.lookup = a.lookup AND a.lookup <> '' AND NOT a.is_hidden
     AND s.person_id IN (SELECT people_near(who)) AND a.person_id IN (SELECT people_near(who))
  RETURNING a.id, a.text
$$;
CREATE FUNCTION people_seal_address(one uuid, words text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_address SET text = words WHERE id = one AND is_hidden AND text NOT LIKE '⟦1:%⟧' AND words LIKE '⟦1:%⟧'
$$;
REVOKE EXECUTE ON FUNCTION people_hide_addresses, people_seal_address FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_hide_addresses, people_seal_address TO anwang_app;
"""
HIDE_DOWN = """
DROP FUNCTION people_seal_address;
DROP FUNCTION people_hide_addresses;
CREATE FUNCTION people_hide_addresses(who uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_address a SET is_hidden = true
    FROM people_safetyaddress s
   WHERE s.lookup = a.lookup AND a.lookup <> '' AND NOT a.is_hidden
     AND s.person_id IN (SELECT people_near(who)) AND a.person_id IN (SELECT people_near(who))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_enough_found"), ("audit", "0002_only_grow")]

    operations = [
        migrations.CreateModel(
            name="KeyVersion",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("ring", models.CharField(max_length=20)),
                ("version", models.PositiveSmallIntegerField()),
                ("fingerprint", models.CharField(max_length=16)),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["ring", "version"], name="one_row_a_key_version")],
            },
        ),
        migrations.AlterField("address", "text", models.TextField()),
        migrations.RunSQL(GROWS, "DROP FUNCTION append_only_but_rewritten"),
        migrations.RunSQL(KEYS, KEYS_DOWN),
        migrations.RunSQL(HIDE, HIDE_DOWN),
    ]
