"""Several lists of one page in one statement: each as if it were asked alone, with the reader's own rights.

A page of casework shows half a dozen short lists of one file. Asked one by one they cost as many journeys, together
one (ADR 0137). Rows come as JSON and become the same objects, with whatever `select_related` brings along.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any  # rows of any shape

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BinaryField, Field, JSONField, QuerySet
from django.db.models.query import get_related_populators

__all__ = ["Said", "read"]


@dataclass(frozen=True)
class Said:
    """A list by a statement of our own. Its rows come by the names of its columns, with values as JSON has them."""

    sql: str
    given: Sequence[Any] = ()


@dataclass(frozen=True)
class _Asked:
    """A sub-select of the one statement, and how its rows are made into what was asked for."""

    sql: str
    params: Sequence[Any]
    made: Callable[[list[dict[str, Any]]], list[Any]]


def read(*lists: QuerySet[Any] | Said) -> tuple[list[Any], ...]:
    """The lists, in the order in which they were asked for.

    A queryset is one of whole objects: with `select_related` and `annotate`, without `values` and `prefetch_related`.
    """
    asked = [_of_ours(one, at) if isinstance(one, Said) else _of_objects(one, at) for at, one in enumerate(lists)]
    statement = "SELECT " + ", ".join(one.sql for one in asked)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for one in asked for value in one.params])
        row = cursor.fetchone()
    return tuple(one.made(json.loads(text) if text else []) for one, text in zip(asked, row, strict=True))


def _of_ours(said: Said, at: int) -> _Asked:
    return _Asked(_folded(said.sql, at), said.given, list)


def _of_objects(rows: QuerySet[Any], at: int) -> _Asked:
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:  # it asks for one of none
        return _Asked("NULL", (), list)
    return _Asked(_folded(sql, at), params, lambda found: _objects(compiler, found))


def _folded(sql: str, at: int) -> str:
    return f"(SELECT json_agg(l{at})::text FROM ({sql}) l{at})"  # noqa: S608 - statements of the program, values apart


def _objects(compiler: Any, found: list[dict[str, Any]]) -> list[Any]:
    """What `ModelIterable` makes of rows of the driver, of rows of JSON."""
    columns = [(alias, expression.output_field) for expression, _sql, alias in compiler.select]
    populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    own = compiler.klass_info["select_fields"]
    names = [compiler.select[place][0].target.attname for place in own]
    made = []
    for one in found:
        row = [_value(kind, one[alias]) for alias, kind in columns]
        made.append(compiler.klass_info["model"].from_db(connection.alias, names, [row[place] for place in own]))
        for populator in populators:
            populator.populate(row, made[-1])
        for name, place in compiler.annotation_col_map.items():
            setattr(made[-1], name, row[place])
    return made


def _value(kind: Field[Any, Any], value: Any) -> Any:
    """A value of a column as the driver would give it."""
    if value is None or isinstance(kind, JSONField):
        return value
    if isinstance(kind, ArrayField):
        return [_value(kind.base_field, one) for one in value]
    if isinstance(kind, BinaryField):
        return bytes.fromhex(value.removeprefix("\\x"))
    return kind.to_python(value)
