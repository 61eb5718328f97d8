"""The days of a meeting that sat on more than one: 113年3月5日9時至12時、3月6日9時至11時."""

from __future__ import annotations

import re
from datetime import date

from .lines import squeezed
from .marks import PLAIN, value
from .paper import Session
from .times import times_in

_FIGURE = "[0-9〇○零一二三四五六七八九十廿百]"
_DAY = re.compile(
    rf"(?:(?:中華)?(?:民國)?(?P<year>{_FIGURE}{{2,5}})年)?(?:(?P<month>{_FIGURE}{{1,3}})月)?(?P<day>{_FIGURE}{{1,3}})日"
    r"(?:[(]?(?:星期|週|周|禮拜)?(?P<weekday>[一二三四五六日天])[)])?"
)
_DAYS = "一二三四五六日"


def days_in(text: str) -> tuple[list[Session], str | None]:
    """Each day with its hours, also where it is one, and what is wrong with one of them; none before a day with a year.

    A day without year or month is of those printed before it. Days between two that are joined by 至 are not made up.
    """
    plain = squeezed(text.translate(PLAIN))
    found = list(_DAY.finditer(plain))
    if not found or not found[0]["year"]:
        return [], None
    said: list[Session] = []
    year, month, wrong = 0, 0, None
    for one, until in zip(found, [*(each.start() for each in found[1:]), len(plain)], strict=True):
        year, month = _number(one["year"]) or year, _number(one["month"]) or month
        try:
            day = date(year if year > 1911 else year + 1911, month, _number(one["day"]))
        except ValueError:
            wrong = wrong or "impossible_date"
            continue
        weekday = "日" if one["weekday"] == "天" else one["weekday"]
        wrong = wrong or ("other_weekday" if weekday and _DAYS[day.weekday()] != weekday else None)
        begins, ends = times_in(plain[one.end() : until].strip("、,;及至和與~-:"))
        if not said or said[-1].date != day.isoformat():
            said.append(Session(day.isoformat(), begins, ends))
        else:
            said[-1].adjourned_time = ends or said[-1].adjourned_time
    return said, wrong


def sessions_in(text: str) -> tuple[list[Session], str | None]:
    """Each day with its hours, and what is wrong with one of them; none where the meeting sat on one day."""
    said, wrong = days_in(text)
    return said if len(said) > 1 else [], wrong


def _number(words: str | None) -> int:
    return value(words.replace("○", "〇")) or 0 if words else 0
