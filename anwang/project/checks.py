"""What the database must be before it may hold anybody's record; run by `anwang migrate` and by the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Django's check signature

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

OLDEST = 150000
SHARED_SQL = """
SELECT count(*) FILTER (WHERE is_demo), count(*) FILTER (WHERE username ~* %s) FROM access_account WHERE is_active
"""
SHARED = "^(admin|administrator|root|test|guest|demo|user|anwang|duty|desk)[0-9.-]*$"
"""Names that belong to nobody: `accounts.actions.invite` gives none of them."""


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


@register(Tags.database)
def accounts_have_owners(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Outside the demonstration there is no account of the demonstration, and none that anybody could share."""
    if settings.DEMO:
        return []
    return [error for alias in databases or () for error in _owned(alias)]


def _owned(alias: str) -> list[Error]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('access_account') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(SHARED_SQL, [SHARED])
        demo, shared = cursor.fetchone()
    found = []
    if demo:
        hint = "Serve this database with ANWANG_DEMO=1, or begin an empty one."
        found.append(Error(f"{demo} accounts of the demonstration are open.", hint=hint, id="anwang.E005"))
    if shared:
        hint = "An account is one person's: close them on the page of accounts and invite each person."
        found.append(Error(f"{shared} accounts are named after a role.", hint=hint, id="anwang.E006"))
    return found
