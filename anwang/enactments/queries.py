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

__all__ = ["Kept", "book", "held", "kept", "with_change"]

# Written out: every action asks, and to compile it anew costs more than to run it.
STATE_SQL = "SELECT count(*), max(enacted_at), max(id::text) FROM enactments_enactment"
_held: ContextVar[list[Rulebook] | None] = ContextVar("held_rulebook", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Ask for the book once for everything inside, when it is first wanted: for work that enacts nothing."""
    kept = _held.get()
    token = _held.set([] if kept is None else kept)
    try:
        yield
    finally:
        _held.reset(token)


def book() -> Rulebook:
    """The rules in force: the files of `policy/`, with every county's enactments over them.

    Costs one small statement; the laid-over book is rebuilt only when an enactment was added.
    """
    kept = _held.get()
    if kept:
        return kept[0]
    found = _in_force()
    if kept is not None:
        kept.append(found)
    return found


def _in_force() -> Rulebook:
    with connection.cursor() as cursor:
        cursor.execute(STATE_SQL)
        count, *last = cursor.fetchone()
    return _laid_over(count, str(last)) if count else rulebook.book()


@lru_cache(maxsize=2)
def _laid_over(count: int, last: str) -> Rulebook:
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
