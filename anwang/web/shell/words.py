"""Time in words, and text that breaks where a reader breathes. Taipei time, ROC years, the reader's language."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anwang.foundation import clock, roc

_WEEKDAYS = "一二三四五六日"
_DATES = r"(?:\d+年)?\d+月\d+日(?:（.）)?"
_UNITS = (
    "小時|個工作日|個月|個單位|個人|個|分鐘|分|天|日|件|家|歲|次|則|人|頁|級|年|位|封|通"
    "| (?:hours?|minutes?|working days?|days?|months?|people|cases?|families|family|units?|times?|items?)"
)
_MINUTE, _DAY, _INSTANT = timedelta(minutes=1), timedelta(days=1), timedelta(microseconds=1)
_TOGETHER = re.compile(rf"{_DATES}|\d[\d,]*(?:{_UNITS})")
_CLAUSE = re.compile(r"[^，。；：！？]+[，。；：！？]?")


class Left(NamedTuple):
    """Time left until an instant: the words, and the state whose shape and colour go with them."""

    words: str
    state: str


def left(due: datetime, now: datetime | None = None) -> Left:
    """還有2小時20分 (due, within a day), 還有3天 (open), 逾期3天 (late). Both instants aware."""
    now = now or clock.now()
    if due <= now:
        return _late(max((now - due) // _MINUTE, 1), get_language())
    if due - now < _DAY:
        return _soon(max((due - now) // _MINUTE, 1), get_language())
    return _open(max((clock.local(due - _INSTANT).date() - clock.local(now).date()).days, 1), get_language())


# The same few spans of time stand on every list: worked out once a language, whose word is active when they are.
@lru_cache(maxsize=4096)
def _open(days: int, _language: str | None) -> Left:
    return Left(ngettext("還有%(n)d天", "還有%(n)d天", days) % {"n": days}, "open")


@lru_cache(maxsize=4096)
def _late(minutes: int, _language: str | None) -> Left:
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return Left(ngettext("逾期%(n)d天", "逾期%(n)d天", days) % {"n": days}, "late")
    if hours:
        return Left(ngettext("逾期%(n)d小時", "逾期%(n)d小時", hours) % {"n": hours}, "late")
    return Left(ngettext("逾期%(n)d分", "逾期%(n)d分", minutes) % {"n": minutes}, "late")


@lru_cache(maxsize=4096)
def _soon(rest: int, _language: str | None) -> Left:
    return Left(_hands(*divmod(rest, 60)), "due")


def _hands(hours: int, minutes: int) -> str:
    if not hours:
        return ngettext("還有%(n)d分", "還有%(n)d分", minutes) % {"n": minutes}
    if not minutes:
        return ngettext("還有%(n)d小時", "還有%(n)d小時", hours) % {"n": hours}
    return _("還有%(h)d小時%(m)d分") % {"h": hours, "m": minutes}


def day(on: date | roc.PartialDate, today: date | None = None) -> str:
    """11月26日（四） within the year, 114年6月20日 otherwise; 108年10月 when no more is known."""
    if isinstance(on, roc.PartialDate):
        return on.text(lang())
    return roc.roc_date(on, today or clock.today(), lang())


def instant(at: datetime, now: datetime | None = None, *, deadline: bool = False) -> str:
    """14:00 today, 昨天17:30, 11月24日08:53. A deadline at midnight is 24:00 of the day it ends."""
    return roc.clock_time(at, now or clock.now(), lang(), deadline=deadline)


def long(at: datetime) -> str:
    """115年11月24日　星期二　09:40: the dateline of a page, the head of a print."""
    here = clock.local(at)
    if lang() == "en":
        return f"{here:%A} {roc.roc_long(here.date(), 'en')}, {here:%H:%M}"
    return f"{roc.roc_long(here.date())}　星期{_WEEKDAYS[here.weekday()]}　{here:%H:%M}"


def lang() -> roc.Lang:
    """The reader's language as the foundation names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def keep(text: object) -> SafeString:
    """Escape, and keep each date and each number with its unit on one line."""
    held = _TOGETHER.sub(r'<span class="n">\g<0></span>', escape(str(text)))
    return mark_safe(held)  # noqa: S308  escaped in the line above; only spans were added


def clauses(text: object) -> SafeString:
    """A title as clauses: `<span>今天有4件到期，</span><span>另有2件已經逾期。</span>`."""
    if lang() == "en":
        return keep(text)
    return mark_safe("".join(f"<span>{keep(part)}</span>" for part in _CLAUSE.findall(str(text))))  # noqa: S308


_ARTICLE = re.compile(r"(?:第(\d+)條(?:之(\d+))?)?(?:第(\d+)項)?(?:第(\d+)款)?(附表|但書)?")


def place(at: str) -> str:
    """第50條第3項、第4項 as a reader of English finds it: Article 50, paragraph 3; paragraph 4. Else as it stands."""
    found = [_ARTICLE.fullmatch(one) for one in re.split("[、及]", at)] if lang() == "en" else [None]
    return "; ".join(_article(one) for one in found if one) if all(found) else at


def _article(found: re.Match[str]) -> str:
    article, sub, paragraph, item, more = found.groups()
    parts = [f"Article {article}{f'-{sub}' if sub else ''}"] if article else []
    parts += [f"paragraph {paragraph}"] if paragraph else []
    parts += [f"item {item}"] if item else []
    parts += [{"附表": "annex", "但書": "proviso"}[more]] if more else []
    return ", ".join(parts)


def cited(title: str, at: str) -> str:
    """A source and the place in it: 家庭暴力防治法第50條; Domestic Violence Prevention Act, Article 50."""
    gap = ", " if lang() == "en" else ""
    return title if not at or at in title else f"{title}{gap}{place(at)}"
