"""Orders and shields in the reader's words. No statement is needed for any of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from anwang.cases.words import day, instant, lang
from anwang.protection import rules
from anwang.protection.states import Standing

__all__ = ["choices", "day", "instant", "label", "terms_words", "until_words"]


def label(list_id: str, value: str, on: date) -> str:
    """The words of a code as the list of that day has them; the code itself when it has none."""
    entry = rules.code(list_id, value, on)
    return entry.label.to(lang()) if entry else value


def choices(list_id: str, on: date) -> list[tuple[str, str]]:
    """Code and words of a list of a day, in its order."""
    return [(one.code, one.label.to(lang())) for one in rules.codes(list_id, on)]


def article(value: str, on: date) -> str:
    """Where a term stands in its act: 第14條第1項第2款."""
    entry = rules.code(rules.TERM, value, on)
    return str(entry.marks.get("at", "")) if entry else ""


def terms_words(terms: Sequence[str], distance_m: int | None, on: date) -> tuple[str, ...]:
    """Each term in words, with the distance where one asks for it."""
    said = []
    for one in terms:
        words = label(rules.TERM, one, on)
        if distance_m and rules.needs([one], "distance", on):
            words += _("（%(n)d公尺）") % {"n": distance_m}
        said.append(words)
    return tuple(said)


def until_words(standing: Standing, ends_on: date | None, lasts: bool) -> str:
    """在效到117年5月3日；期滿，聲請延長中仍有效；在效，到通常保護令核發為止."""
    if standing == Standing.IN_FORCE and ends_on:
        return _("在效，到%(day)s") % {"day": day(ends_on)}
    if standing == Standing.IN_FORCE and not lasts:
        return _("在效，到法院核發通常保護令為止")
    return str(standing.label)
