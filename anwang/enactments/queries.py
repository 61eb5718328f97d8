"""The rulebook with the counties' own values laid over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db import connection

from anwang import rulebook
from anwang.rulebook import Rulebook

from .models import Enactment

# Written out: every action asks, and to compile it anew costs more than to run it.
STATE_SQL = "SELECT count(*), max(enacted_at) FROM enactments_enactment"
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
        count, last = cursor.fetchone()
    return _laid_over(count, str(last)) if count else rulebook.book()


@lru_cache(maxsize=2)
def _laid_over(count: int, last: str) -> Rulebook:
    return rulebook.book().overlay(
        [
            {"enacts": rule_id, "county": county, **body}
            for rule_id, county, body in Enactment.objects.values_list("rule_id", "county", "body")
        ]
    )
