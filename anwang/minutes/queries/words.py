"""Days and times of sittings, as the reader's language says them."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anwang.foundation import roc

WHY = {
    "impossible_date": _("這個日期不存在"),
    "other_weekday": _("日期與星期不符"),
    "released_and_told_to_report": _("同一案既解除列管，又要求提出報告"),
    "sums_differ": _("前後數字加總不同"),
    "repeated_question": _("與前面的發言重複"),
    "numbering_jumps": _("項次不連續"),
    "cases_not_named": _("有案次沒有逐案列出"),
    "no_date": _("找不到開會日期"),
    "no_sections": _("找不到會議的段落"),
    "two_meetings": _("檔案裡有兩次會議"),
}
"""The codes of `reading.doubts.WORDS`, in the reader's language."""


def day(value: date | None) -> str:
    """115年4月15日; empty when it is not known."""
    if value is None:
        return ""
    return roc.roc_long(value, "en" if (get_language() or "").startswith("en") else "zh")


def clock(value: time | None) -> str:
    """09:30; empty when it is not known."""
    return f"{value:%H:%M}" if value else ""
