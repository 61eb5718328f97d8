"""Days and hours as papers print them."""

from __future__ import annotations

import re
from datetime import date, time

from .lines import squeezed
from .marks import PLAIN, value

_FIGURE = "[0-9〇○零一二三四五六七八九十廿百]"
_DATE = re.compile(
    rf"(?:中華)?(?:民國)?({_FIGURE}{{2,5}})年({_FIGURE}{{1,3}})月({_FIGURE}{{1,3}})日"
    r"(?:[(]?(?:星期|週|周|禮拜)?([一二三四五六日天])[)])?"
)
_ISO = re.compile(r"(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,2})")
_TIME = re.compile(rf"(上午|中午|下午|晚上|晚間)?({_FIGURE}{{1,3}})(?:時|點|:)(?:({_FIGURE}{{1,3}})分?|半|整)?")
_DAYS = "一二三四五六日"


def date_in(text: str) -> tuple[str | None, str | None]:
    """The date as ISO and what is wrong with it: impossible, or not the weekday that is printed."""
    plain = text.translate(PLAIN)
    found = _DATE.search(squeezed(plain)) or _ISO.search(plain)
    if not found:
        return None, None
    year, month, of_month = (value(found[place].replace("○", "〇")) or 0 for place in (1, 2, 3))
    try:
        day = date(year if year > 1911 else year + 1911, month, of_month)
    except ValueError:
        return None, "impossible_date"
    weekday = found.re is _DATE and found[4] and ("日" if found[4] == "天" else found[4])
    return day.isoformat(), "other_weekday" if weekday and _DAYS[day.weekday()] != weekday else None


def time_in(text: str) -> str | None:
    """HH:MM of 上午9時30分, 下午2時, 中午12時45分, 14:30; None when there is none or it cannot be."""
    found = _TIME.search(_DATE.sub("", squeezed(_ISO.sub("", text.translate(PLAIN)))))
    if not found:
        return None
    hour = value(found[2]) or 0
    minute = (value(found[3]) or 0) if found[3] else 30 if found[0].endswith("半") else 0
    if (found[1] in ("下午", "晚上", "晚間") and hour < 12) or (found[1] == "中午" and hour < 3):
        hour += 12
    try:
        return time(hour, minute).strftime("%H:%M")
    except ValueError:
        return None


def times_in(text: str) -> tuple[str | None, str | None]:
    """From when until when: 下午2時至4時10分, 14:00-16:30. The afternoon goes on where the end would be the earlier."""
    plain = _DATE.sub("", squeezed(_ISO.sub("", text.translate(PLAIN))))
    if len(_DATE.findall(squeezed(text.translate(PLAIN)))) == 1:
        parts = re.split(r"(?<=[0-9時分點半整正])[、;及](?=\D{0,2}[0-9〇零一二三四五六七八九十])", plain)
        if len(parts) > 1:
            return times_in(parts[0])[0], times_in(parts[-1])[1]
    said = re.split(r"(?<=[0-9時分點半整正十])[至到~–—―-](?=\D{0,2}[0-9〇零一二三四五六七八九十])", plain, maxsplit=1)
    begins, ends = time_in(said[0]), time_in(said[1]) if len(said) > 1 else None
    if begins and ends and ends < begins and (hour := int(ends[:2])) < 12:
        ends = f"{hour + 12:02}{ends[2:]}"
    return begins, ends
