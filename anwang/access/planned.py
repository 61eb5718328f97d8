"""Functions of the database that keep their plan for the session.

PostgreSQL before 18 plans a function written in SQL anew at every call; the same statement in PL/pgSQL once a session.
A definer function is never written into the statement that asks it, so that each row it is asked about pays for a plan:
after every migration all of them that only read are rewritten (`project.postgres.walls`), whoever made them, but for
those that answer one row of several columns.
"""

from django.db.migrations import RunSQL

_REWRITE = """
DO $do$
DECLARE
  f record; body text; said text;
BEGIN
  FOR f IN SELECT p.*, pg_get_functiondef(p.oid) AS whole FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
            WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'sql' AND {which}
  LOOP
    body := rtrim(f.prosrc, E' \\n;');
    IF f.proretset AND f.proargmodes IS NOT NULL THEN
      SELECT string_agg(format('q.%I::%s', name, format_type(kind, NULL)), ', ' ORDER BY i),
             string_agg(format('%I', name), ', ' ORDER BY i) INTO said, body
        FROM unnest(f.proallargtypes, f.proargmodes, f.proargnames) WITH ORDINALITY a (kind, mode, name, i)
       WHERE mode IN ('t', 'o');
      body := format('RETURN QUERY SELECT %s FROM (%s) q (%s);', said, rtrim(f.prosrc, E' \\n;'), body);
    ELSIF f.proretset THEN
      body := format('RETURN QUERY SELECT q.one::%s FROM (%s) q (one);', format_type(f.prorettype, NULL), body);
    ELSE
      body := format('RETURN (%s);', body);
    END IF;
    EXECUTE replace(replace(f.whole, ' LANGUAGE sql' || E'\\n', ' LANGUAGE plpgsql' || E'\\n'), f.prosrc,
                    E'\\n#variable_conflict use_column\\nBEGIN\\n' || body || E'\\nEND ');
  END LOOP;
END $do$;
"""

EVERY = _REWRITE.format(
    which="p.prosecdef AND p.provolatile <> 'v' AND (p.proretset OR p.prorettype <> 'record'::regtype)"
)


def planned(*names: str) -> RunSQL:
    """Keep the plans of the named functions, each one statement of SQL; what they answer stays the same."""
    said = ", ".join(f"'{name}'" for name in names)
    return RunSQL(_REWRITE.format(which=f"p.proname IN ({said})"), RunSQL.noop)
