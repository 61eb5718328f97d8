"""Dates as people here write and read them: ROC years, ISO dates, and dates known only in part.

ROC year n is Gregorian year n + 1911; the years before 1912 count backwards (民國前1年 is 1911).
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering
from typing import Literal

from anwang.foundation.clock import TAIPEI, local
from anwang.foundation.errors import BadInput

Lang = Literal["zh", "en"]

DATE_WANTED = "請填年月日，例如115年11月24日；只知道年也可以。"
NO_SUCH_DAY = "月曆上沒有這一天，請再看一次，例如115年11月24日。"
WHOLE_DATE_WANTED = "這裡要完整的年月日，例如115年11月24日。"
TIME_WANTED = "請填幾點幾分，例如14:30或下午2點30分。"

_YEARS = range(1800, 2200)
_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@total_ordering
@dataclass(frozen=True, slots=True, eq=True)
class PartialDate:
    """A day, a month or a year (Gregorian numbers); `approximate` when the person said "about".

    Sorts by (earliest, latest). Raises BadInput for a day that no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.year not in _YEARS or (self.day is not None and self.month is None):
            raise BadInput(DATE_WANTED)
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise BadInput(NO_SUCH_DAY) from None

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """First day that fits what is written; "about" does not widen it."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day that fits what is written."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def exact(self) -> date | None:
        """The day, when all of it is known for certain."""
        return self.earliest if self.day and not self.approximate else None

    def surely_before(self, other: "PartialDate") -> bool:
        return self.latest < other.earliest

    def may_equal(self, other: "PartialDate") -> bool:
        """Whether both can mean the same day: 70年 and 70年5月 can."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, date, bool]:
        return self.earliest, self.latest, self.approximate

    def text(self, lang: Lang = "zh") -> str:
        """108年10月3日, 108年10月, 約70年; 3 October 2019, October 2019, about 1981."""
        if lang == "en":
            words = [str(self.day) if self.day else "", _EN_MONTHS[self.month - 1] if self.month else ""]
            return ("about " if self.approximate else "") + " ".join(filter(None, [*words, str(self.year)]))
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{'約' if self.approximate else ''}{roc_year(self.year)}{month}{day}"

    def __str__(self) -> str:
        return self.text()


def roc_year(year: int) -> str:
    """2019 → 108年; 1911 → 民國前1年."""
    return f"{year - 1911}年" if year > 1911 else f"民國前{1912 - year}年"


_ABOUT = re.compile(r"^(大約|大概|約)|(左右|前後)$")
_ERA = r"(?P<era>中華民國前|民國前|民前|中華民國|民國|西元|公元)?"
_WRITTEN = re.compile(_ERA + r"(?P<y>\d{1,4}|元)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日號])?)?", re.ASCII)
_MARKED = re.compile(
    _ERA + r"(?P<y>\d{1,4})(?:(?P<s>[/.\-])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?)?",
    re.ASCII,
)
_PACKED = re.compile(_ERA + r"(?P<y>\d{3}|\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII)
_BEFORE = ("中華民國前", "民國前", "民前")


def parse_date(text: str) -> PartialDate:
    """What a person typed as a date: 108/10/3, 1081003, 民國108年10月3日, 2019-10-03, 約民國70年, 70.

    A year of two or three digits is ROC, one of four is Gregorian. Raises BadInput for what cannot be told
    for sure: days that do not exist, six packed digits, 10/3 without a year, different marks mixed.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    about = _ABOUT.sub("", plain)
    for shape in (_WRITTEN, _MARKED, _PACKED):
        if match := shape.fullmatch(about):
            break
    else:
        raise BadInput(DATE_WANTED)
    parts = match.groupdict()
    month, day = (int(parts[key]) if parts[key] else None for key in ("m", "d"))
    year = _gregorian(parts["era"], parts["y"], written=shape is _WRITTEN)
    if shape is _MARKED and not parts["era"] and month and not day and int(parts["y"]) <= 12:
        raise BadInput(DATE_WANTED)  # 10/3 is the third of October of an unsaid year, not March of 民國10年
    return PartialDate(year, month, day, about != plain)


def _gregorian(era: str | None, digits: str, *, written: bool) -> int:
    number = 1 if digits == "元" else int(digits)
    if era in ("西元", "公元") or (era is None and len(digits) == 4):
        wrong = len(digits) != 4
        year = number
    else:
        wrong = number < 1 or len(digits) == 4 or (era is None and len(digits) == 1 and not written)
        year = 1912 - number if era in _BEFORE else 1911 + number
    if wrong:
        raise BadInput(DATE_WANTED)
    return year


_MORNING = {"凌晨", "清晨", "早上", "上午", "AM"}
_TIME = re.compile(
    r"(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|AM|PM)?"
    r"(?:(?P<h>\d{1,2})(?::(?P<mc>\d{2})|[時點](?:(?P<m>\d{1,2})分?|(?P<thirty>半)|整)?)|(?P<hp>\d{2})(?P<mp>\d{2}))"
    r"(?P<after>AM|PM)?",
    re.ASCII,
)


def parse_instant(date_text: str, time_text: str) -> datetime:
    """A whole date and a Taipei clock time as an aware UTC instant. 24:00 is the end of that day.

    Raises BadInput naming which of the two is wrong (`field` is "date" or "time").
    """
    try:
        day = parse_date(date_text).exact
    except BadInput as error:
        raise BadInput(error.message, field="date") from None
    if day is None:
        raise BadInput(WHOLE_DATE_WANTED, field="date")
    return (datetime(day.year, day.month, day.day, tzinfo=TAIPEI) + _time_of_day(time_text)).astimezone(UTC)


def _time_of_day(text: str) -> timedelta:
    match = _TIME.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper())
    if not match or (match["half"] and match["after"]):
        raise BadInput(TIME_WANTED, field="time")
    hour = int(match["h"] or match["hp"])
    minute = 30 if match["thirty"] else int(match["mc"] or match["m"] or match["mp"] or 0)
    half = match["half"] or match["after"]
    if half in ("AM", "PM") and hour == 12:
        hour = 0
    elif half == "中午" and hour in (11, 12):
        return timedelta(hours=hour, minutes=minute)
    elif half and hour >= 12 and half in _MORNING:
        raise BadInput(TIME_WANTED, field="time")
    if half and half not in _MORNING and hour < 12:
        hour += 12
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise BadInput(TIME_WANTED, field="time")
    return timedelta(hours=hour, minutes=minute)


def roc_date(d: date, today: date, lang: Lang = "zh") -> str:
    """11月26日（四） within the year of `today`, otherwise 114年6月20日; Thu 26 Nov, 20 Jun 2025."""
    if lang == "en":
        day = f"{d.day} {_EN_MONTHS[d.month - 1][:3]}"
        return f"{_EN_DAYS[d.weekday()]} {day}" if d.year == today.year else f"{day} {d.year}"
    if d.year == today.year:
        return f"{d.month}月{d.day}日（{'一二三四五六日'[d.weekday()]}）"
    return roc_long(d)


def roc_long(d: date, lang: Lang = "zh") -> str:
    """115年11月24日; 24 November 2026."""
    return PartialDate.of(d).text(lang)


_NEAR = {0: ("", ""), -1: ("昨天", "yesterday "), 1: ("明天", "tomorrow ")}


def clock_time(dt: datetime, now: datetime, lang: Lang = "zh", *, deadline: bool = False) -> str:
    """14:00 today, 昨天17:30, 明天10:00, 11月24日08:53, 114年6月20日08:53 (Taipei).

    With `deadline`, midnight is written as 24:00 of the day it ends.
    """
    there, today = local(dt), local(now).date()
    day, hands = there.date(), f"{there.hour:02}:{there.minute:02}"
    if deadline and (there.hour, there.minute) == (0, 0):
        day, hands = day - timedelta(days=1), "24:00"
    near = _NEAR.get(day.toordinal() - today.toordinal())
    if near:
        return near[lang == "en"] + hands
    this_year = day.year == today.year
    if lang == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1][:3]} {'' if this_year else f'{day.year} '}{hands}"
    return f"{'' if this_year else roc_year(day.year)}{day.month}月{day.day}日{hands}"


def age_on(birth: PartialDate, on: date) -> tuple[int, int]:
    """The least and the greatest age in full years on that day; equal when it is certain. Never below 0.

    Who was born on 29 February is a year older on 1 March (民法第121條、第124條). "About" makes either
    bound a year wider: an assumption, so that a spoken guess never settles a legal age alone.
    """
    wider = 1 if birth.approximate else 0
    return max(_years(birth.latest, on) - wider, 0), max(_years(birth.earliest, on) + wider, 0)


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
