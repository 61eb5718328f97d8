"""Day counting as data: how long, whether the first day counts, and what a day off at the end does.

行政程序法第48條: hours and minutes run at once and never roll; the first day is not counted unless the law
says "from that day"; weeks, months and years end on the day before the one that corresponds to the first
counted day, or at the end of a month that has no such day (31 January → 28 February → 31 March, and
28 February → 31 March). Instants in, instants out, aware UTC; a day ends at the next Taipei midnight.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from anwang.foundation.calendar import WorkingCalendar
from anwang.foundation.clock import TAIPEI, local

Unit = Literal["minutes", "hours", "days", "working_days", "weeks", "months", "years"]
FirstDay = Literal["excluded", "included"]
Roll = Literal["none", "forward", "backward", "forward_noon_saturday"]

_DAY = timedelta(days=1)
_LENGTH = re.compile(r"([1-9]\d{0,5}) (working[ _])?(minute|hour|day|week|month|year)s?", re.ASCII)
_WORDS: dict[str, tuple[str, str]] = {
    "minutes": ("分鐘", "minute"),
    "hours": ("小時", "hour"),
    "days": ("日", "day"),
    "working_days": ("個工作日", "working day"),
    "weeks": ("週", "week"),
    "months": ("個月", "month"),
    "years": ("年", "year"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """A positive number of units, such as 24 hours. Raises ValueError for anything else."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if type(self.n) is not int or self.n < 1 or self.unit not in get_args(Unit):
            raise ValueError(f"a length is a positive whole number and one of {get_args(Unit)}, not {self}")

    @classmethod
    def parse(cls, text: str) -> "Length":
        """ "24 hours", "1 month", "5 working days" or "5 working_days"."""
        match = _LENGTH.fullmatch(text.strip())
        if not match or (match[2] and match[3] != "day"):
            raise ValueError(f"a length reads like '24 hours' or '5 working days', not {text!r}")
        return cls(int(match[1]), ("working_" if match[2] else "") + match[3] + "s")  # type: ignore[arg-type]

    @property
    def is_exact(self) -> bool:
        """Whether it runs from the instant itself (minutes, hours), not by days."""
        return self.unit in ("minutes", "hours")

    def times(self, n: int) -> "Length":
        return Length(self.n * n, self.unit)

    def words(self, lang: Literal["zh", "en"] = "zh") -> str:
        """24小時, 5個工作日; 24 hours, 1 working day."""
        zh, en = _WORDS[self.unit]
        return f"{self.n}{zh}" if lang == "zh" else f"{self.n} {en}{'' if self.n == 1 else 's'}"

    def __str__(self) -> str:
        return f"{self.n} {self.unit}"


@dataclass(frozen=True, slots=True)
class Count:
    """How a clock counts. `forward_noon_saturday`: a last day on Saturday ends Monday noon (第48條第4項)."""

    first_day: FirstDay = "excluded"
    roll: Roll = "none"

    def __post_init__(self) -> None:
        if self.first_day not in get_args(FirstDay) or self.roll not in get_args(Roll):
            raise ValueError(f"first_day is one of {get_args(FirstDay)}, roll one of {get_args(Roll)}, not {self}")


def due(
    start: datetime,
    length: Length,
    count: Count = Count(),
    calendar: WorkingCalendar | None = None,
    county: str | None = None,
) -> datetime:
    """The instant at which a clock that starts at `start` runs out.

    `calendar` is needed for working days and for rolling (ValueError without it); with `county`, days when
    it was closed are days off. Raises OutsideCalendar where the calendar ends.
    """
    if length.is_exact:
        return start.astimezone(UTC) + _exact(length)
    first = local(start).date() + (_DAY if count.first_day == "excluded" else timedelta(0))
    if length.unit == "working_days":
        known = _required(calendar)
        last = known.add_working_days(known.next_working(first, county), length.n - 1, county)
    else:
        last = last_day(first, length)
    return _rolled(last, count.roll, calendar, county)


def before(
    deadline: datetime,
    length: Length,
    count: Count = Count(),
    calendar: WorkingCalendar | None = None,
    county: str | None = None,
) -> datetime:
    """The last instant for what must be done `length` before `deadline` ("15 days before expiry").

    Counts backwards over whole days: the day on which the deadline falls in mid-day counts only when
    `first_day` is included; a day that ends with the deadline always counts. A day off at the end never
    moves it forward (ValueError for a forward roll); `backward` moves it to the working day before.
    """
    if count.roll in ("forward", "forward_noon_saturday"):
        raise ValueError("a limit counted backwards never rolls forward")
    if length.is_exact:
        return deadline.astimezone(UTC) - _exact(length)
    there = local(deadline)
    edge = there.date() + (_DAY if count.first_day == "included" and there.time() != time() else timedelta(0))
    if length.unit == "working_days":
        last = _required(calendar).add_working_days(edge, -length.n, county) - _DAY
    elif length.unit in ("months", "years"):
        last = months_on(edge, -_months(length)) - _DAY
    else:
        last = edge - _DAY * _days(length) - _DAY
    return _rolled(last, count.roll, calendar, county)


def nth(
    start: datetime,
    length: Length,
    n: int,
    count: Count = Count(),
    calendar: WorkingCalendar | None = None,
) -> datetime:
    """The end of the n-th period (n ≥ 1) of a series, always counted from `start`, so it cannot drift.

    The periods tile: each begins where the one before ended, and a rolled end does not move the next.
    """
    return due(start, length.times(n), count, calendar)


def extend(due_at: datetime, minutes: int) -> datetime:
    """`due_at` later by minutes that do not count (the way, a ferry, a storm). ValueError if negative."""
    if minutes < 0:
        raise ValueError("minutes that do not count only move a deadline later")
    return due_at + timedelta(minutes=minutes)


def end_of_day(day: date) -> datetime:
    """24:00 of that day in Taipei, which is 0:00 of the next, as a UTC instant."""
    return datetime.combine(day + _DAY, time(), TAIPEI).astimezone(UTC)


def _exact(length: Length) -> timedelta:
    return timedelta(minutes=length.n) if length.unit == "minutes" else timedelta(hours=length.n)


def _days(length: Length) -> int:
    return length.n * (7 if length.unit == "weeks" else 1)


def _months(length: Length) -> int:
    return length.n * (12 if length.unit == "years" else 1)


def last_day(first: date, length: Length) -> date:
    """The last day of days, weeks, months or years that begin with `first`."""
    if length.unit not in ("months", "years"):
        return first + _DAY * (_days(length) - 1)
    corresponding = months_on(first, _months(length))
    return corresponding - _DAY if corresponding.day == first.day else corresponding


def months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rolled(last: date, roll: Roll, calendar: WorkingCalendar | None, county: str | None) -> datetime:
    if roll == "none" or _required(calendar).is_working(last, county):
        return end_of_day(last)
    known = _required(calendar)
    if roll == "backward":
        return end_of_day(known.previous_working(last, county))
    moved = known.next_working(last, county)
    # The law says "the morning of the following Monday"; when that Monday is off, the whole next working day.
    if roll == "forward_noon_saturday" and last.weekday() == 5 and moved == last + 2 * _DAY:
        return datetime.combine(moved, time(12), TAIPEI).astimezone(UTC)
    return end_of_day(moved)


def _required(calendar: WorkingCalendar | None) -> WorkingCalendar:
    if calendar is None:
        raise ValueError("working days and rolling need a calendar")
    return calendar
