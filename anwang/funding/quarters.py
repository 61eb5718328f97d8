"""The fiscal year and its quarters as days, and what falls due after them. The calendar year by 預算法第12條."""

from __future__ import annotations

from datetime import date, timedelta

from anwang.foundation.days import Length, months_on

MONTHS = 3
"""Of a quarter."""


def first_day(year: int) -> date:
    """The first day of a fiscal year."""
    return date(year, 1, 1)


def last_day(year: int) -> date:
    """By then every rule that begins within the fiscal year is in force."""
    return date(year, 12, 31)


def ends(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return months_on(first_day(year), MONTHS * quarter) - timedelta(days=1)


def after(day: date, length: str) -> date:
    """The last day of a length (`15 days`, `2 months`) that begins on the day after."""
    parsed = Length.parse(length)
    if parsed.unit == "months":
        return months_on(day + timedelta(days=1), parsed.n) - timedelta(days=1)
    return day + timedelta(days=parsed.n)
