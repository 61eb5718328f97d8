"""Questions of several rooms asked of the database together: one journey instead of one each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Question:
    """A SELECT whose columns have names, with what stands for its `%s`."""

    sql: str
    given: Sequence[Any]


def ask(*questions: Question) -> list[list[dict[str, Any]]]:
    """The rows of each, in its order, as JSON has them: identifiers and instants are texts."""
    asked = ", ".join(f"(SELECT json_agg(q) FROM ({question.sql}) q)::text" for question in questions)  # noqa: S608 - written by us
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [value for question in questions for value in question.given])
        return [json.loads(rows) if rows else [] for rows in cursor.fetchone()]
