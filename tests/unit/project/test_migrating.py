"""The tables are what the models say, by whichever short cut the migrations ran."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from anwang.project import migrating

COLUMNS = """
SELECT c.relname, a.attname, NOT a.attnotnull, format_type(a.atttypid, a.atttypmod)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
"""
NAMED = """
SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind IN ('i', 'I')
"""
KEYS = """
SELECT c.relname, a.attname, t.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_class t ON t.oid = k.confrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
 WHERE k.contype = 'f'
"""


def _tables() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]


def _rows(sql: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_has_every_column_of_every_model_and_its_type() -> None:
    there = {(table, column): (null, type_) for table, column, null, type_ in _rows(COLUMNS)}
    wrong = []
    for model in _tables():
        for field in model._meta.concrete_fields:
            null, type_ = there.get((model._meta.db_table, field.column), (None, ""))
            wanted = str(field.db_type(connection)).replace("varchar", "character varying")
            nullable = field.null or isinstance(field, models.GeneratedField)
            if null != nullable or wanted.partition("(")[0].split()[0] not in str(type_):
                wrong.append((model._meta.db_table, field.column, null, type_, wanted))
    assert len(there) > 1000
    assert wrong == []


@pytest.mark.django_db
def test_has_every_constraint_and_index_of_every_model() -> None:
    there = {name for (name,) in _rows(NAMED)}
    named = {one.name for model in _tables() for one in (*model._meta.constraints, *model._meta.indexes)}
    assert len(named) > 300
    assert named - there == set()


@pytest.mark.django_db
def test_has_every_foreign_key_of_every_model() -> None:
    wanted = {
        (model._meta.db_table, field.column, field.remote_field.model._meta.db_table)
        for model in _tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.db_constraint
    }
    assert wanted - _rows(KEYS) == set()


def test_leaves_django_as_it_was() -> None:
    before = ProjectState._find_reload_model

    def fails() -> None:
        with migrating._changed_models_alone():
            assert ProjectState._find_reload_model is not before
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert ProjectState._find_reload_model is before
