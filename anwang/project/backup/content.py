"""What a database holds, told so that two can be compared: rows and a sum of every table, and the last seal."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
# The same text of a row everywhere, whatever the server's settings are.
PLAIN = (
    "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1; SET search_path = public;"
    # An owner who says that he keeps the database sees every row; whoever else does not is told so.
    " SELECT set_config('row_security', CASE current_setting('anwang.keeps', true) WHEN 'on' THEN 'on' ELSE 'off' END,"
    " false)"
)
# Rows have no order: their sums are added up.
ROWS = "SELECT count(*), coalesce(sum(('x' || left(md5(one::text), 15))::bit(60)::bigint), 0)::text FROM {} AS one"
SEAL = "SELECT id, horizon, acts, readings, encode(root, 'hex'), key_id FROM audit_checkpoint ORDER BY id DESC LIMIT 1"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
# Each block that writes takes a transaction number of its own.
USE_UP = """
DO $$ BEGIN FOR n IN 1..{} LOOP
  BEGIN INSERT INTO passed VALUES (n); EXCEPTION WHEN division_by_zero THEN NULL; END;
END LOOP; END $$
"""
STEP = 50_000

Connection = psycopg.Connection[tuple[Any, ...]]
Content = dict[str, tuple[int, str]]


def content(connection: Connection) -> Content:
    """Rows and sum by table."""
    connection.execute(PLAIN)
    names = [name for (name,) in connection.execute(TABLES).fetchall()]
    found = {}
    for name in names:
        rows, added = connection.execute(sql.SQL(ROWS).format(sql.Identifier(name))).fetchone() or (0, "0")
        found[name] = (int(rows), str(added))
    return found


def differences(was: Content, now: Content) -> list[str]:
    """One sentence a table that is not as it was."""
    found = [f"table {name} is missing" for name in sorted(set(was) - set(now))]
    found += [f"table {name} was not in the backup" for name in sorted(set(now) - set(was))]
    for name in sorted(set(was) & set(now)):
        if was[name][0] != now[name][0]:
            found.append(f"table {name} has {now[name][0]} rows instead of {was[name][0]}")
        elif was[name] != now[name]:
            found.append(f"table {name} has other content")
    return found


def last_seal(connection: Connection) -> dict[str, int | str] | None:
    """The newest checkpoint of the audit record; None before the first."""
    row = connection.execute(SEAL).fetchone()
    return dict(zip(("id", "horizon", "acts", "readings", "root", "key"), row, strict=True)) if row else None


def migrations(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(MIGRATIONS).fetchall()]


def next_transaction(connection: Connection) -> int:
    """A number no transaction has reached yet."""
    (number,) = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone() or (0,)
    return int(number)


def pass_transactions(connection: Connection, until: int) -> None:
    """Use up transaction numbers, so that whatever is written from now on comes behind what was sealed (ADR 0012).

    The audit record is sealed by transaction numbers, and a new server counts from its beginning.
    """
    while (missing := until - next_transaction(connection)) > 0:
        with connection.transaction():
            connection.execute("CREATE TEMPORARY TABLE passed (n int) ON COMMIT DROP")
            connection.execute(USE_UP.format(min(missing, STEP)))  # type: ignore[arg-type]
