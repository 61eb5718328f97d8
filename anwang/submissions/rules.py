"""What submissions and posts ask the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from anwang.cases.rules import code, codes
from anwang.cases.words import label
from anwang.foundation.clock import TAIPEI

POST = "post.kind"
__all__ = ["POST", "code", "codes", "label", "last_day_at", "year_starts_at"]


def last_day_at(on: date) -> datetime:
    """An instant within the last day of a term, from which the clock counts to its end."""
    return datetime.combine(on, time.max.replace(microsecond=0), TAIPEI).astimezone(UTC)


def year_starts_at(year: int) -> datetime:
    """The first instant of a fiscal year, which is the calendar year."""
    return datetime(year, 1, 1, tzinfo=TAIPEI).astimezone(UTC)
