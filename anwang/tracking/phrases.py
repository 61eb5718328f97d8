"""What days the words of minutes mean: 會後1週內, 110年7月, 下次會議, 每半年. A person confirms each."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from anwang.foundation.days import months_on
from anwang.minutes.reading.marks import value

from .states import DueHow

_HAN = {"一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "半": 0}
_AFTER = re.compile(r"(?:會後)?(\d+|[一二兩三四五六])\s*(?:個)?(日|天|週|周|星期|月)(?:內|後)")
_DAYS = {"日": 1, "天": 1, "週": 7, "周": 7, "星期": 7}
_EVERY = re.compile(r"每(\d+|[一二兩三四五六半])?\s*個?(月|季|年)")
_MONTHS = {"月": 1, "季": 3, "年": 12}
_BY_YEAR = re.compile(r"(?:(\d{2,3})|今|本|明)?年度?底(?:前|以前|內)")
_BY_DAY = re.compile(
    r"^(\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(\d{1,2}|[一二三四五六七八九十]{1,3})日|底|中|初)?(?:前|以前)$"
)
_BY_QUARTER = re.compile(r"^(?:(\d{2,3})年度?)?第([1-4一二三四])季")
_ISO = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")


@dataclass(frozen=True)
class Proposed:
    """A day read out of the minutes' words, for a person to confirm; `on` is None where only he can say."""

    on: date | None
    how: DueHow
    why: str


def proposed_due(printed: str, met_on: date | None, next_on: date | None) -> Proposed:
    """What day the minutes mean, and why. `next_on` is the next sitting of the series, where one is planned."""
    said = printed.strip()
    if not said:
        return Proposed(None, DueHow.NONE, _("紀錄沒有寫期限，請定一天。"))
    if _ISO.match(said):
        year, month, *day = (int(part) for part in said.split("-"))
        if day:
            return Proposed(date(year, month, day[0]), DueHow.DAY, _("紀錄寫明這一天。"))
        last = date(year, month, monthrange(year, month)[1])
        return Proposed(last, DueHow.MONTH, _("紀錄只寫到月份，先帶入那個月最後一天。"))
    if "下次會議" in said:
        why = _("下次會議的日期。") if next_on else _("下次會議還沒定日期，請定一天。")
        return Proposed(next_on, DueHow.PHRASE, why)
    found = _by(met_on, said) or _after(met_on, said) if met_on else None
    if found is None:
        return Proposed(None, DueHow.PHRASE, _("這個說法要由人定出日期。"))
    return Proposed(found, DueHow.PHRASE, _("從開會那天起算，請確認。"))


def every_months(printed: str) -> int | None:
    """How many months apart something recurs (每半年: 6), or None where the words do not say so."""
    found = _EVERY.search(printed)
    if found is None:
        return None
    count, unit = found.group(1) or "1", _MONTHS[found.group(2)]
    if count == "半":
        return unit // 2 or None
    return (int(count) if count.isdigit() else _HAN[count]) * unit


def next_round(day: date, months: int) -> date:
    """The day on which it is due again."""
    return months_on(day, months)


def _by(met_on: date, said: str) -> date | None:
    """The last day of 113年底前, 6月30日前, 3月底前, 第1季前; without a year the next such day after the sitting."""
    if found := _BY_QUARTER.search(said):
        return _coming(met_on, found[1], (value(found[2]) or 1) * 3, None)
    if found := _BY_DAY.search(said):
        return _coming(met_on, None, value(found[1]) or 0, value(found[2]) if found[2] else None)
    if "月" in said or not (found := _BY_YEAR.search(said)):
        return None
    return date(int(found[1]) + 1911 if found[1] else met_on.year + ("明" in said), 12, 31)


def _coming(met_on: date, year: str | None, month: int, day: int | None) -> date | None:
    """A day of a month, its last where none is said; None for a day that no calendar has."""
    if not 1 <= month <= 12:
        return None
    for one in [int(year) + 1911] if year else [met_on.year, met_on.year + 1]:
        last = monthrange(one, month)[1]
        if day is not None and not 1 <= day <= last:
            return None
        found = date(one, month, day or last)
        if year or found >= met_on:
            return found
    return None


def _after(met_on: date, said: str) -> date | None:
    """The day that a phrase counts to from the sitting."""
    if "半年" in said:
        return months_on(met_on, 6)
    if "1年" in said or "一年" in said:
        return months_on(met_on, 12)
    found = _AFTER.search(said)
    if found is None:
        return None
    number = int(found.group(1)) if found.group(1).isdigit() else _HAN[found.group(1)]
    if found.group(2) == "月":
        return months_on(met_on, number)
    return met_on + timedelta(days=number * _DAYS[found.group(2)])
