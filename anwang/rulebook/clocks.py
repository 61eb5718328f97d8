"""When a duty is due, and the arithmetic in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from anwang.foundation.calendar import OutsideCalendar, WorkingCalendar
from anwang.foundation.clock import TAIPEI, local
from anwang.foundation.days import Count, Length, before, due, extend

from .conditions import Facts
from .duties import Duty
from .problems import Report, WrongAnswer
from .text import Text

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
START = Text("起算", "from")


@dataclass(frozen=True)
class Clock:
    """What counting needs besides the duty: working days, and what each instant is called in words."""

    calendar: WorkingCalendar | None = None
    instants: Mapping[str, Text] = field(default_factory=dict)

    def due(self, duty: Duty, facts: Facts, county: str | None) -> tuple[datetime, str, Text]:
        """Due instant, the fact it was counted from, and the arithmetic in words.

        Where the instant the law counts from is not known, counts from the event itself and says so.
        Raises WrongAnswer when neither is given.
        """
        name, start, length, end, guessed, rolled, pause = self._counted(duty, facts, county)
        notes = _notes(duty, length, name, guessed)
        if rolled:
            notes.append(Text("末日逢假日，已調整", "last day is a day off, moved"))
        label = self.instants.get(name, START)
        added = Text(f"＋不計入{pause}分鐘", f" + {pause} minutes not counted") if pause else Text("")
        return end, name, arithmetic(start, label, length, added, end, notes, duty.backwards)

    def ends(self, duty: Duty, facts: Facts, county: str | None) -> datetime:
        """The due instant alone, as `due` counts it; raises as it does."""
        return self._counted(duty, facts, county)[3]

    def _counted(
        self, duty: Duty, facts: Facts, county: str | None
    ) -> tuple[str, datetime, Length, datetime, bool, bool, int]:
        """Counted from which fact, its instant, the length, the end, whether guessed, whether moved, minutes added."""
        name = duty.counted_from if facts.get(duty.counted_from) is not None else "at"
        start = facts.get(name)
        if not isinstance(start, datetime) or start.tzinfo is None:
            raise WrongAnswer(f"{name} must be an instant with its zone, not {start!r}")
        length, count, unmoved = _ways(duty.within, duty.first_day, duty.roll)
        calendar, guessed, reckon = self.calendar, False, before if duty.backwards else due
        try:
            end = reckon(start, length, count, calendar, county)
        except OutsideCalendar:
            calendar, guessed = _weekdays(calendar, local(start).year), True
            end = reckon(start, length, count, calendar, county)
        pause = _minutes(facts.get("excluded_minutes")) if duty.pauses else 0
        rolled = duty.roll != "none" and end != reckon(start, length, unmoved, calendar, county)
        return name, start, length, extend(end, pause), guessed, rolled, pause


@lru_cache(maxsize=256)
def _ways(within: str, first_day: str, roll: str) -> tuple[Length, Count, Count]:
    """The length, how its days are counted, and how without moving off a day off; the words were checked at load."""
    return Length.parse(within), Count(first_day, roll), Count(first_day)  # type: ignore[arg-type]


def _minutes(fact: object) -> int:
    return fact if isinstance(fact, int) and not isinstance(fact, bool) and fact > 0 else 0


def _notes(duty: Duty, length: Length, name: str, guessed: bool) -> list[Text]:
    notes = []
    if name != duty.counted_from:
        notes.append(Text("法定起算時點不明，暫自登載時起算", "start by law not known, counted from the event"))
    if not length.is_exact and duty.first_day == "excluded" and not duty.backwards:
        notes.append(Text("首日不計", "first day not counted"))
    if guessed:
        notes.append(Text("工作日曆未公布，以週一至週五計", "no official calendar yet, Monday to Friday assumed"))
    return notes


def arithmetic(
    start: datetime, label: Text, length: Length, added: Text, end: datetime, notes: list[Text], backwards: bool = False
) -> Text:  # fmt: skip
    """3月7日23:40接獲＋24小時＝3月8日23:40; counted backwards, 7月24日24:00屆滿－15日＝7月9日24:00."""
    year, zh_sign, en_sign = local(start).year, "－" if backwards else "＋", "-" if backwards else "+"
    begun = f"{_zh(start, None, backwards)}{label.zh}{zh_sign}{length.words('zh')}{added.zh}"
    zh = f"{begun}＝{_zh(end, year, not length.is_exact)}"
    begun = f"{label.to('en')} {_en(start, None, backwards)} {en_sign} {length.words('en')}{added.en}"
    en = f"{begun} = {_en(end, year, not length.is_exact)}"
    if notes:
        zh += "（" + "；".join(note.zh for note in notes) + "）"
        en += " (" + "; ".join(note.to("en") for note in notes) + ")"
    return Text(zh, en)


def _shown(at: datetime, ends_day: bool) -> tuple[date, str]:
    """Day and time; midnight at the end of a day is that day's 24:00."""
    there = local(at)
    if ends_day and there.hour == there.minute == 0:
        return there.date() - timedelta(days=1), "24:00"
    return there.date(), f"{there:%H:%M}"


def _zh(at: datetime, year: int | None, ends_day: bool = False) -> str:
    day, time = _shown(at, ends_day)
    prefix = f"{day.year - 1911}年" if year is not None and day.year != year else ""
    return f"{prefix}{day.month}月{day.day}日{time}"


def _en(at: datetime, year: int | None, ends_day: bool = False) -> str:
    day, time = _shown(at, ends_day)
    suffix = f" {day.year}" if year is not None and day.year != year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{suffix} {time}"


def _weekdays(known: WorkingCalendar | None, year: int) -> WorkingCalendar:
    """The calendar with Monday to Friday in the years around `year` that it does not list."""
    days = dict(known.days) if known else {}
    first = date(year - 1, 1, 1)
    for offset in range((date(year + 3, 1, 1) - first).days):
        day = first + timedelta(days=offset)
        days.setdefault(day, day.weekday() < 5)
    return WorkingCalendar(days, known.closures if known else {}, known.amendments if known else ())


def check_length(raw: Any, report: Report) -> None:
    """Complain unless `raw` is a length such as `24 hours` or `4 working_days`."""
    try:
        Length.parse(str(raw))
    except ValueError as error:
        report.complain(str(error))


def parse_instant(raw: str) -> datetime:
    """An ISO instant; without a zone it is Taipei time. Raises ValueError."""
    at = datetime.fromisoformat(raw)
    return at if at.tzinfo is not None else at.replace(tzinfo=TAIPEI)
