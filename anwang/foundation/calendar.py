"""Working days: the official office calendar, its changes in mid-year, and days a county was closed.

The data is `policy/calendars/working-days.yaml`; `load` takes it parsed. Whole days only: a half-day
typhoon closure counts as a working day.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from anwang.foundation.errors import AnwangError

_DAY = timedelta(days=1)


class OutsideCalendar(AnwangError):
    """The day lies in a year whose calendar is not there (not yet issued, or too long ago)."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Days that changed after the year's calendar was issued, and since when that was known."""

    known_from: date
    days: Mapping[date, bool]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked. `days` holds every day of every year covered; `closures` by county code."""

    days: Mapping[date, bool] = field(repr=False)
    closures: Mapping[str, AbstractSet[date]] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()

    def is_working(self, day: date, county: str | None = None) -> bool:
        """Whether offices work that day, in that county. Raises OutsideCalendar."""
        if day not in self.days:
            raise OutsideCalendar(f"工作日曆沒有{day.year - 1911}年，請管理員補上。")
        if county is not None and day in self.closures.get(county, ()):
            return False
        for amendment in reversed(self.amendments):
            if day in amendment.days:
                return amendment.days[day]
        return self.days[day]

    def as_known_on(self, on: date) -> "WorkingCalendar":
        """The calendar as people knew it that day, without what was announced later."""
        known = tuple(one for one in self.amendments if one.known_from <= on)
        return WorkingCalendar(self.days, self.closures, known)

    def with_closures(self, closures: Mapping[str, AbstractSet[date]]) -> "WorkingCalendar":
        """The same calendar with these closed days by county code (typhoons) instead of its own."""
        return WorkingCalendar(self.days, closures, self.amendments)

    def next_working(self, day: date, county: str | None = None) -> date:
        """`day` itself when worked, otherwise the first working day after it."""
        while not self.is_working(day, county):
            day += _DAY
        return day

    def previous_working(self, day: date, county: str | None = None) -> date:
        """`day` itself when worked, otherwise the last working day before it."""
        while not self.is_working(day, county):
            day -= _DAY
        return day

    def add_working_days(self, day: date, n: int, county: str | None = None) -> date:
        """The n-th working day after `day` (before it, when n is negative); `day` itself for 0."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day, county):
                day += step
        return day


def load(
    source: Mapping[str, Any],
    *,
    closures: Mapping[str, AbstractSet[date]] | None = None,
    known_on: date | None = None,
) -> WorkingCalendar:
    """The calendar in the parsed `working-days.yaml`; with `known_on`, as it was known that day.

    Every year is Monday to Friday but for its `holidays` and `workdays`. Raises ValueError for a day listed
    under another year, listed twice, or listed although it changes nothing.
    """
    days: dict[date, bool] = {}
    for key, listed in source["years"].items():
        days |= _year(int(key), listed)
    later = source.get("amendments") or ()
    amendments = [Amendment(_as_date(one["known_from"]), dict(_exceptions(one))) for one in later]
    for amendment in amendments:
        if missing := sorted(set(amendment.days) - set(days)):
            raise ValueError(f"amendment of {amendment.known_from} changes {missing[0]}, a year not listed")
    calendar = WorkingCalendar(days, closures or {}, tuple(sorted(amendments, key=lambda one: one.known_from)))
    return calendar.as_known_on(known_on) if known_on else calendar


def _year(year: int, listed: Mapping[str, Any]) -> dict[date, bool]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    every = (first + _DAY * n for n in range((last - first).days + 1))
    days = {day: day.weekday() < 5 for day in every}
    for day, works in _exceptions(listed):
        if days.get(day) in (None, works):
            raise ValueError(f"{day} under {year}: another year, twice, or no exception from Monday to Friday")
        days[day] = works
    return days


def _exceptions(listed: Mapping[str, Any]) -> list[tuple[date, bool]]:
    kinds = (("holidays", False), ("workdays", True))
    return [(_as_date(day), works) for key, works in kinds for day in listed.get(key) or {}]


def _as_date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
