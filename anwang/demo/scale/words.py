"""The dates inside a duty's arithmetic in words, found and written anew: 3月7日23:40接獲＋24小時＝3月8日23:40."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from anwang.foundation.clock import TAIPEI

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TOKEN = re.compile(
    r"(?:(?P<roc>\d{3})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<at>\d\d:\d\d)"
    rf"|(?P<day_en>\d{{1,2}}) (?P<month_en>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))? (?P<at_en>\d\d:\d\d)"
)
NEAR = timedelta(days=183)


def instant(found: re.Match[str], near: datetime) -> datetime:
    """What the words mean, in the year closest to `near` where they name none."""
    month = int(found["month"]) if found["month"] else MONTHS.index(found["month_en"]) + 1
    day, hands = int(found["day"] or found["day_en"]), found["at"] or found["at_en"]
    hours, minutes = (int(part) for part in hands.split(":"))
    years = range(near.year - 1, near.year + 2)
    if found["roc"] or found["year"]:
        years = range(
            *(lambda year: (year, year + 1))(int(found["roc"]) + 1911 if found["roc"] else int(found["year"]))
        )
    several = [_at(year, month, day, hours, minutes) for year in years]
    return min((one for one in several if one), key=lambda one: abs(one - near))


def _at(year: int, month: int, day: int, hours: int, minutes: int) -> datetime | None:
    try:
        there = datetime.combine(date(year, month, day), datetime.min.time(), TAIPEI)
    except ValueError:
        return None
    return (there + timedelta(hours=hours, minutes=minutes)).astimezone(UTC)
