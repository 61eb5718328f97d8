"""Rows that an action has planned, written together: one statement, in it each table once.

What a report brings stands in a dozen tables. To ask the database row by row costs more than to write the rows, so an
action that knows all its rows before the first is written hands them over here. Every promise is kept by the database
as before: keys between tables are deferred, and what a table checks by itself it checks for each row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, Model
from django.db.models.base import ModelState

Table = type[Model]
Row = TypeVar("Row", bound=Model)


def new(table: type[Row], **columns: Any) -> Row:
    """A row not yet written, as `table(**columns)` makes it, but by the names of columns (`unit_id`, not `unit`).

    Does without what a model does for forms and for subclasses, which costs six times as much: a report is thirty rows.
    """
    blank, made, names = _blank(table)
    if wrong := columns.keys() - names:
        raise TypeError(f"{table.__name__} has no column {', '.join(sorted(wrong))}")
    row = table.__new__(table)
    row.__dict__.update(blank)
    row.__dict__.update(columns, _state=ModelState())
    for name, make in made:
        if name not in columns:
            row.__dict__[name] = make()
    return row


class Rows:
    """Planned rows of any tables, in the order in which they were planned."""

    def __init__(self) -> None:
        self._of: dict[Table, list[Model]] = {}

    def add(self, *planned: Model) -> None:
        for row in planned:
            self._of.setdefault(type(row), []).append(row)

    def take(self, others: Rows) -> None:
        """What was planned apart and turned out well."""
        for rows in others._of.values():
            self.add(*rows)

    def write(self) -> None:
        """Write everything planned, in one statement. Keys are made by us: nothing is read back."""
        if not self._of:
            return
        tables = tuple(self._of)
        with connection.cursor() as cursor:
            cursor.execute(_statement(tables), [_document(table, self._of[table]) for table in tables])
        for rows in self._of.values():
            for row in rows:
                row._state.adding, row._state.db = False, connection.alias
        self._of = {}


def write(*planned: Model) -> None:
    """Write a few rows at once, of whatever tables."""
    rows = Rows()
    rows.add(*planned)
    rows.write()


@lru_cache(maxsize=256)
def _statement(tables: tuple[Table, ...]) -> str:
    *first, last = map(_insert, tables)
    named = ", ".join(f"w{number} AS ({insert})" for number, insert in enumerate(first))
    return f"WITH {named} {last}" if named else last


def _insert(table: Table) -> str:
    name, columns = table._meta.db_table, ", ".join(f'"{column}"' for column in _columns(table))
    rows = f"json_populate_recordset(NULL::{name}, %s::json)"
    return f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {rows}"  # noqa: S608 - names of our own models


@lru_cache(maxsize=256)
def _blank(table: Table) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], frozenset[str]]:
    """What a column holds when nobody says: what is the same for every row, and what is made anew; and all names."""
    fields = [each for each in table._meta.concrete_fields if not each.generated]
    made = {each.attname: each.default for each in fields if each.has_default() and callable(each.default)}
    same = {each.attname: each.get_default() for each in fields if each.attname not in made}
    return same, list(made.items()), frozenset({*made, *same})


@lru_cache(maxsize=256)
def _columns(table: Table) -> tuple[str, ...]:
    """What we write of a table: neither what the database computes nor what it counts."""
    fields = table._meta.concrete_fields
    return tuple(each.attname for each in fields if not each.generated and not isinstance(each, AutoField))


def _document(table: Table, rows: Iterable[Model]) -> str:
    columns = _columns(table)
    return _encode([{name: row.__dict__[name] for name in columns} for row in rows])


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return f"{value.int:032x}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return "\\x" + bytes(value).hex()
    raise TypeError(f"no column takes a {type(value).__name__}")


_encode = json.JSONEncoder(default=_plain, ensure_ascii=False, check_circular=False).encode
