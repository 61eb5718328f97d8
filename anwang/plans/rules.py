"""What plans ask the rulebook."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Count, Length, due
from anwang.rulebook import UnknownRule

REVIEW_WITHIN = "plan.review_within"


def review_on(on: date, county: str) -> date | None:
    """The day by which a plan agreed on `on` is looked at again where nobody says another; None before the rule."""
    try:
        length = Length.parse(str(book().value(REVIEW_WITHIN).on(on, county).value))
    except (UnknownRule, LookupError):
        return None
    return clock.local(due(midnight(on), length, Count())).date() - timedelta(days=1)


def midnight(on: date) -> datetime:
    """The first instant of a day in Taipei."""
    return datetime.combine(on, datetime.min.time(), clock.TAIPEI)
