"""Writing many rows at once: keys and secondary indexes set aside while rows come in, then made anew and proven.

The owner does this. No promise is left out: every key, index and trigger is there again afterwards, and PostgreSQL
checks every row when it makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql

from .tables import Table

CONNECTIONS = 2
MAINTENANCE = "512MB"

_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE contype = 'f' AND conrelid = ANY (%s::regclass[]) ORDER BY 1, 2
"""
_INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
 WHERE indrelid = ANY (%s::regclass[])
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Aside:
    """What was set aside, as statements that make it again."""

    keys: tuple[tuple[str, str, str], ...]
    """(table, name, definition)."""
    indexes: tuple[str, ...]
    triggers: tuple[sql.Composed, ...]
    """And row-level security for the owner, under which nothing is copied in."""


_FORCED = "SELECT oid::regclass::text FROM pg_class WHERE relforcerowsecurity AND oid = ANY (%s::regclass[])"


def set_aside(connection: Connection, tables: Iterable[Table]) -> Aside:
    """Drop the tables' foreign keys and secondary indexes and silence their triggers, in one transaction."""
    names = [table.name for table in tables]
    with connection.transaction():
        keys = connection.execute(_KEYS, [names]).fetchall()
        indexes = connection.execute(_INDEXES, [names]).fetchall()
        for table, name, _ in keys:
            connection.execute(_alter(table, "DROP CONSTRAINT {}", name))
        for _, name, _ in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))  # type: ignore[arg-type]
        forced = [name for (name,) in connection.execute(_FORCED, [names]).fetchall()]
        for name in names:
            connection.execute(_alter(name, "DISABLE TRIGGER USER"))
        for name in forced:
            connection.execute(_alter(name, "NO FORCE ROW LEVEL SECURITY"))
    return Aside(
        tuple(keys),
        tuple(text for _, _, text in indexes),
        (
            *(_alter(name, "ENABLE TRIGGER USER") for name in names),
            *(_alter(name, "FORCE ROW LEVEL SECURITY") for name in forced),
        ),
    )


def put_back(url: str, aside: Aside, tables: Iterable[Table], tell: Callable[[str], None]) -> None:
    """Make everything again: indexes first, then statistics, then keys, which read every row."""
    tell("indexes")
    _in_parallel(url, [sql.SQL(text) for text in aside.indexes])  # type: ignore[arg-type]
    tell("statistics")
    _in_parallel(url, [sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table.name)) for table in tables])
    tell("keys")
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in aside.triggers:
            connection.execute(statement)
        # At first not proven: that takes no time, and to prove them afterwards locks nothing that another waits for.
        for table, name, text in aside.keys:
            connection.execute(_alter(table, "ADD CONSTRAINT {} " + text + " NOT VALID", name))
    _in_parallel(url, [_alter(table, "VALIDATE CONSTRAINT {}", name) for table, name, _ in aside.keys])


def _alter(table: str, what: str, *names: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} ").format(sql.SQL(table)) + sql.SQL(what).format(*map(sql.Identifier, names))  # type: ignore[arg-type]


def _in_parallel(url: str, statements: list[sql.SQL | sql.Composed]) -> None:
    """Each in its own transaction, over so many connections. The first error ends it."""

    def run(mine: list[sql.SQL | sql.Composed]) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"SET maintenance_work_mem = '{MAINTENANCE}'")  # type: ignore[arg-type]  # a constant
            for statement in mine:
                connection.execute(statement)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(run, [statements[at::CONNECTIONS] for at in range(CONNECTIONS)]))
