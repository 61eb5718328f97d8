"""Mental health care in the reader's words; health's own words for opening and closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from anwang.care import rules
from anwang.cases.words import day, instant, lang
from anwang.foundation import clock
from anwang.rulebook import Advice

__all__ = ["choices", "day", "instant", "label", "labels", "level_words", "months_between", "reasons"]
MONTHS_OF_A_YEAR = 12


def label(list_id: str, value: str, on: date | None = None) -> str:
    """The words of a code as the list of that day has them; the code itself when it has none."""
    entry = rules.code(list_id, value, on or clock.today()) if value else None
    return entry.label.to(lang()) if entry else value


def labels(list_id: str, values: Iterable[str]) -> str:
    """Several codes in words, in their order."""
    return "、".join(label(list_id, one) for one in values)


def choices(list_id: str, on: date | None = None, *, but: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Code and words of a list of a day, in its order."""
    left_out = set(but)
    return [
        (one.code, one.label.to(lang()))
        for one in rules.codes(list_id, on or clock.today())
        if one.code not in left_out
    ]


def service_words(service: str, stands_in: bool = False) -> str:
    """Who serves; 公衛護理師暫代關訪員 while a post is empty."""
    if service == rules.NOT_HERE:
        return _("不屬精神照護")
    said = label(rules.SERVICE, service)
    if not stands_in:
        return said
    return _("%(nurse)s（暫代%(post)s）") % {"nurse": label(rules.SERVICE, rules.NURSE), "post": said}


def level_words(level: int | None) -> str:
    """第一級 to 第五級; 還沒定級 where it is not known."""
    said = (_("第一級"), _("第二級"), _("第三級"), _("第四級"), _("第五級"))
    return said[level - 1] if level else _("還沒定級")


def reasons(advice: Advice) -> tuple[str, ...]:
    """Why a table proposes what it proposes."""
    return tuple(text.to(lang()) for text in advice.reasons)


def months_between(since: date, on: date) -> int:
    """Whole months from a day until another, never less than none."""
    whole = (on.year - since.year) * MONTHS_OF_A_YEAR + on.month - since.month
    return max(0, whole - (on.day < since.day))
