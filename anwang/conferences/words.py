"""Meetings and decisions in the reader's words. No statement is needed for any of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.cases.words import day, instant, lang
from anwang.conferences import rules
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.people.words import name_words
from anwang.rulebook import UnknownRule

__all__ = ["choices", "day", "instant", "label", "names", "outcome", "span", "title"]


def label(list_id: str, value: str, on: date | None = None) -> str:
    """The words of a code as the list of a day has them; the code itself when it has none."""
    entry = rules.code(list_id, value, on or clock.today())
    return entry.label.to(lang()) if entry else value


def choices(list_id: str, *, mark: str = "", on: date | None = None) -> list[tuple[str, str]]:
    """Code and words of a list of a day, in its order; only entries with a mark, where one is named."""
    found = rules.codes(list_id, on or clock.today())
    return [(one.code, one.label.to(lang())) for one in found if not mark or one.marks.get(mark) == "yes"]


def names(rows: Iterable[tuple[str, str]]) -> str:
    """陳小宇、陳小樂; empty for nobody."""
    return _("、").join(name_words(name, kind) for name, kind in rows)


def span(begins: datetime, ends: datetime) -> str:
    """今天14:00到16:00."""
    return _("%(from)s到%(to)s") % {"from": instant(begins), "to": clock.local(ends).strftime("%H:%M")}


def title(rule_id: str) -> str:
    """The name of an instrument or another rule; its id when the rulebook has none such."""
    try:
        return book().handle(rule_id).title.to(lang())
    except UnknownRule:
        return rule_id


def outcome(inputs: Mapping[str, object], on: date) -> str:
    """What the rule of listing said to these inputs on that day, in words."""
    return rules.listing_again(inputs, on).label.to(lang())
