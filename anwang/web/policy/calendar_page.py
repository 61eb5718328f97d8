"""The official calendar of working days: what differs from Monday to Friday, and when it was known."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from anwang.foundation import roc
from anwang.foundation.errors import NotFound
from anwang.rulebook import Rulebook, yaml12
from anwang.web.shell import words

from . import rule_page


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday off, or a Saturday worked."""

    day: str
    what: str
    is_worked: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one year: its name, working days, and what differs."""

    name: str
    worked: int
    days: tuple[DayOff, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """One year of the calendar."""

    year: str
    worked: int
    order: str
    source: str
    months: tuple[Month, ...]
    closures: tuple[tuple[str, str], ...]
    amendments: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, str], ...]


def calendar_page(book: Rulebook, year: int) -> CalendarPage:
    """Raises NotFound for a year whose calendar has not been issued."""
    listed, known = _listed(book.folder), book.clock.calendar
    if known is None or year not in listed["years"]:
        raise NotFound(_("這一年的辦公日曆還沒有公布。"))
    entry, lang = listed["years"][year], words.lang()
    named = {**_names(entry), **_amended(listed, year)}
    months = tuple(_month(known, year, month, named) for month in range(1, 13))
    closures = tuple(
        (roc.roc_long(day, lang), rule_page.county_name(code))
        for code, days in known.closures.items() for day in sorted(days) if day.year == year
    )  # fmt: skip
    amendments = tuple(
        (roc.roc_long(date.fromisoformat(str(one["known_from"])), lang), str(one.get("order", "")))
        for one in listed.get("amendments") or () if _touches(one, year)
    )  # fmt: skip
    return CalendarPage(
        roc.roc_year(year) if lang == "zh" else str(year), sum(month.worked for month in months),
        str(entry.get("order", "")), str(listed["source"]), months, closures, amendments,
        tuple((one, roc.roc_year(one) if lang == "zh" else str(one)) for one in sorted(listed["years"])),
    )  # fmt: skip


def _month(known: Any, year: int, month: int, named: dict[date, str]) -> Month:
    first = date(year, month, 1)
    days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == month]
    differs = []
    for day in days:
        worked = known.is_working(day)
        if worked != (day.weekday() < 5):
            differs.append(DayOff(roc.roc_date(day, day, words.lang()), named.get(day, ""), worked))
    name = f"{month}月" if words.lang() == "zh" else f"{first:%B}"
    return Month(name, sum(known.is_working(day) for day in days), tuple(differs))


def _names(entry: dict[str, Any]) -> dict[date, str]:
    both = {**(entry.get("holidays") or {}), **(entry.get("workdays") or {})}
    return {date.fromisoformat(str(day)): str(what) for day, what in both.items()}


def _amended(listed: dict[str, Any], year: int) -> dict[date, str]:
    return {
        day: what for one in listed.get("amendments") or () for day, what in _names(one).items() if day.year == year
    }


def _touches(one: dict[str, Any], year: int) -> bool:
    return any(day.year == year for day in _names(one))


@lru_cache(maxsize=2)
def _listed(folder: Path) -> dict[str, Any]:
    """The calendar as it is written, for names of days that the counting does not need."""
    documents = yaml12.read(folder / "calendars" / "working-days.yaml", "working-days.yaml", [])
    body: dict[str, Any] = documents[0][1]
    return {**body, "years": {int(year): entry for year, entry in body["years"].items()}}
