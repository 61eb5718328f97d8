"""What the database must be before it may hold anybody's record; run by `anwang migrate` and by the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Django's check signature

from django.core.checks import Error, Tags, register
from django.db import connections

OLDEST = 150000


@register(Tags.database)
def database_is_fit(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Version, Chinese trigrams, and a log-in that row-level security binds."""
    return [error for alias in databases or () for error in _examine(alias)]


def _examine(alias: str) -> list[Error]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, rolsuper OR rolbypassrls,"
            " EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') FROM pg_roles WHERE rolname = current_user"
        )
        version, unbound, searchable = cursor.fetchone()
        letters = 0
        if searchable:
            # 0 when LC_CTYPE is C: search would silently miss every Chinese name.
            cursor.execute("SELECT cardinality(show_trgm('王小明'))")
            (letters,) = cursor.fetchone()
    found = []
    if version < OLDEST:
        found.append(Error("PostgreSQL is older than 15.", hint="Use 15 or newer.", id="anwang.E001"))
    if unbound:
        found.append(Error("The log-in bypasses row-level security.", hint="Use anwang_app.", id="anwang.E002"))
    if not searchable:
        found.append(Error("pg_trgm is missing.", hint="Run `anwang migrate`.", id="anwang.E003"))
    elif letters != 4:
        found.append(Error("The database does not know Chinese letters.", hint="LC_CTYPE=C.UTF-8", id="anwang.E004"))
    return found
