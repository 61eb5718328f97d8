"""What the database says of its own tables: columns that can be written, in which a story may have left rows."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection, sql

_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relkind = 'r'
   AND c.relnamespace = 'public'::regnamespace AND NOT (a.attidentity <> '' AND a.atttypid <> 'uuid'::regtype)
 ORDER BY c.relname, a.attnum
"""
_OWN_NUMBER = ("pg_current_xact_id()", "nextval(")
"""Columns the database fills by itself: the writing transaction, counted numbers."""


@dataclass(frozen=True)
class Table:
    """One table: its name and (column, type) of what a copy has to give."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def listed(self) -> sql.Composed:
        """The columns, quoted, with commas."""
        return sql.SQL(", ").join(sql.Identifier(name) for name, _ in self.columns)

    def out(self) -> sql.Composed:
        """COPY … TO STDOUT of the columns, with the writing transaction first."""
        return sql.SQL("COPY (SELECT xmin, {} FROM {}) TO STDOUT").format(self.listed(), sql.Identifier(self.name))

    def into(self) -> sql.Composed:
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), self.listed())


def tables(connection: Connection) -> list[Table]:
    """Every table with the columns a writer gives."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind, default in connection.execute(_COLUMNS):
        columns = found.setdefault(table, [])
        if not any(mark in default for mark in _OWN_NUMBER):
            columns.append((column, kind))
    return [Table(name, tuple(columns)) for name, columns in found.items()]
