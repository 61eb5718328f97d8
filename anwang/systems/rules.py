"""What the registry of systems asks the rulebook."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock, days


def latest_end(issued_at: datetime, county: str) -> date:
    """The last day on which a token issued now may still be good."""
    end = days.due(issued_at, _length("systems.token_longest", issued_at, county))
    return clock.local(end - timedelta(microseconds=1)).date()


def ending_from(at: datetime, county: str) -> datetime:
    """Tokens that end before this instant are about to end."""
    return days.due(at, _length("systems.token_ending", at, county))


def requests_a_minute(at: datetime, county: str) -> int:
    """How many requests one token may make in a minute."""
    return int(book().value("systems.requests_a_minute").on(clock.local(at).date(), county).value)  # type: ignore[arg-type]


def _length(rule: str, at: datetime, county: str) -> days.Length:
    return days.Length.parse(str(book().value(rule).on(clock.local(at).date(), county).value))
