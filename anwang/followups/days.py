"""Days on which to go: spread over what is left of a window, before holidays rather than in them. Advice only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from anwang.enactments.queries import book
from anwang.foundation.calendar import OutsideCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """Days off in a row, both ends in it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def is_worked(day: date, county: str) -> bool:
    """Whether offices work that day; Monday to Friday where no calendar has been issued."""
    calendar = book().clock.calendar
    try:
        return calendar.is_working(day, county) if calendar else day.weekday() < 5
    except OutsideCalendar:
        return day.weekday() < 5


def suggested(first: date, last: date, n: int, county: str) -> list[date]:
    """`n` days spread evenly from `first` to `last`, on days worked: rather before than after days off, each another.

    Fewer worked days than `n` gives fewer.
    """
    worked = [day for day in _days(first, last) if is_worked(day, county)] or list(_days(first, last))
    found: list[date] = []
    for k in range(1, min(n, len(worked)) + 1):
        wanted = first + _DAY * max(round(((last - first).days + 1) * k / n) - 1, 0)
        free = [day for day in worked if day not in found]
        found.append(min(free, key=lambda day: (day > wanted, abs((day - wanted).days))))
    return sorted(found)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY


def holidays(first: date, last: date, least: int, county: str) -> Iterator[Holiday]:
    """Runs of at least `least` days off that begin from `first` to `last`; one that runs already counts as begun."""
    day = first
    while day <= last:
        if is_worked(day, county):
            day += _DAY
            continue
        begun = day
        while not is_worked(day, county):
            day += _DAY
        if (day - begun).days >= least:
            yield Holiday(begun, day - _DAY)
