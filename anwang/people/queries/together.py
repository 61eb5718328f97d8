"""Rows of several tables about one person, read in the statement that reads the person."""

from __future__ import annotations

from typing import Any, TypeVar  # rows as the database gives them

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=Model)


def beside(rows: QuerySet[Row], *fields: str) -> ArraySubquery:
    """These rows of the person, in their order, as one column: row-level security holds in it as anywhere."""
    of_person = rows.filter(person_id=OuterRef("id"))
    return ArraySubquery(of_person.values(row=JSONObject(**{field: F(field) for field in fields})))


def rows_of(model: type[Row], column: list[dict[str, Any]]) -> list[Row]:
    """What `beside` read, as rows of the model that know the asked fields only."""
    return [
        model(**{field: model._meta.get_field(field).to_python(value) for field, value in one.items()})
        for one in column
    ]
