"""Office hours of a county, by its own value and the official calendar: who can be at a desk now."""

from __future__ import annotations

from calendar import FRIDAY
from datetime import date, datetime, time, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.calendar import OutsideCalendar
from anwang.rulebook import Rulebook

LONGEST = 15
"""Days looked back for the last working day: longer than any row of holidays."""


def office_closes(at: datetime, county: str, rules: Rulebook | None = None) -> datetime | None:
    """When the county's offices close today; None on a day off, before they open and after they close."""
    rules, here = rules or book(), clock.local(at)
    opens, closes = _hours(rules, here.date(), county)
    if not opens <= here.time() < closes or not _is_worked(rules, here.date(), county):
        return None
    return datetime.combine(here.date(), closes, clock.TAIPEI)


def closed_since(at: datetime, county: str, rules: Rulebook | None = None) -> datetime | None:
    """When the county's offices closed last, if they are closed at `at`; None while they are open."""
    rules = rules or book()
    if office_closes(at, county, rules) is not None:
        return None
    today = clock.local(at).date()
    for back in range(LONGEST):
        day = today - timedelta(days=back)
        closed = datetime.combine(day, _hours(rules, day, county)[1], clock.TAIPEI)
        if closed <= at and _is_worked(rules, day, county):
            return closed
    return datetime.combine(today - timedelta(days=LONGEST), time.min, clock.TAIPEI)


def while_closed(
    begin: datetime, end: datetime, county: str, rules: Rulebook | None = None
) -> list[tuple[datetime, datetime]]:
    """The parts of a span in which the county's offices are closed."""
    rules, parts, since = rules or book(), [], begin
    day, last = clock.local(begin).date(), clock.local(end).date()
    while day <= last:
        if _is_worked(rules, day, county):
            opens, closes = (datetime.combine(day, hour, clock.TAIPEI) for hour in _hours(rules, day, county))
            if since < min(opens, end):
                parts.append((since, min(opens, end)))
            since = max(since, closes)
        day += timedelta(days=1)
    return [*parts, (since, end)] if since < end else parts


def _hours(rules: Rulebook, day: date, county: str) -> tuple[time, time]:
    opens, closes = (time.fromisoformat(hour) for hour in rules.value("office.hours").on(day, county).value)
    return opens, closes


def _is_worked(rules: Rulebook, day: date, county: str) -> bool:
    """By the official calendar and the county's closed days; Monday to Friday where no calendar is out yet."""
    calendar = rules.clock.calendar
    try:
        return calendar.is_working(day, county) if calendar else day.weekday() <= FRIDAY
    except OutsideCalendar:
        return day.weekday() <= FRIDAY
