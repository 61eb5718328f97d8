"""The rulebook with the counties' own values laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any  # the body of a rule, as data

from django.db import connection

from anwang import rulebook
from anwang.rulebook import Rulebook

from .models import Enactment, PolicyVersion

__all__ = ["STATE", "Kept", "book", "held", "kept", "with_change"]

# Written out: every action asks, and to compile it anew costs more than to run it.
STATE_SQL = """
SELECT CASE WHEN count(*) > 0 THEN concat_ws('/', count(*), max(enacted_at), max(id::text)) ELSE '' END
  FROM enactments_enactment
"""
STATE = f"({STATE_SQL.strip()})"
"""Which enactments there are, as one text: for a statement that is made anyhow, and then for `held`. Empty: none."""


@dataclass
class _Keeping:
    """What is held: the book once it was wanted; until then perhaps the state that it is to be of."""

    state: str | None
    book: Rulebook | None = None


_held: ContextVar[_Keeping | None] = ContextVar("held_rulebook", default=None)


@contextmanager
def held(state: str | None = None) -> Iterator[None]:
    """Ask for the book once for everything inside, when it is first wanted: for work that enacts nothing.

    `state`: what `STATE` gave in this transaction already; the book then costs no statement. An outer one holds.
    """
    token = _held.set(_held.get() or _Keeping(state))
    try:
        yield
    finally:
        _held.reset(token)


def book() -> Rulebook:
    """The rules in force: the files of `policy/`, with every county's enactments over them.

    Costs one small statement; the laid-over book is rebuilt only when an enactment was added.
    """
    keeping = _held.get()
    if keeping is None:
        return _in_force(None)
    if keeping.book is None:
        keeping.book = _in_force(keeping.state)
    return keeping.book


def _in_force(state: str | None) -> Rulebook:
    if state is None:
        with connection.cursor() as cursor:
            cursor.execute(STATE_SQL)
            (state,) = cursor.fetchone()
    return _laid_over(state) if state else rulebook.book()


@lru_cache(maxsize=2)
def _laid_over(state: str) -> Rulebook:
    """The book of a state, which is part of the key alone: whoever asks for it has just read it."""
    rows = Enactment.objects.order_by("enacted_at", "id").values_list("rule_id", "county", "body")
    return rulebook.book().overlay([_row(*row) for row in rows])


def _row(rule_id: str, county: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"enacts": rule_id, "county": county, **body}


def with_change(rule_id: str, county: str, body: Mapping[str, Any]) -> Rulebook:
    """The book in force with one more change laid over it; raises RulebookError where the reader refuses it."""
    return book().overlay([_row(rule_id, county, body)])


@dataclass(frozen=True, slots=True)
class Kept:
    """The body of one version, kept for good. `stored` is what its hash covers."""

    hash: str
    stored: Mapping[str, Any]
    first_used_at: datetime


def kept(rule_id: str) -> list[Kept]:
    """Every body of a rule that was ever in the book, the latest day first."""
    rows = PolicyVersion.objects.filter(rule_id=rule_id).values_list("hash", "body", "first_used_at")
    return sorted((Kept(*row) for row in rows), key=lambda one: str(one.stored.get("from")), reverse=True)
