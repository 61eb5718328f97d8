"""What referral asks the rulebook. No literal of law here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length, before
from anwang.rulebook import Advice, Code
from anwang.rulebook.problems import RulebookError, UnknownRule

KINDS = "referral.kinds"
FITS, REPORT = "fits", "report"


def code(list_id: str, value: str, on: date | None = None) -> Code | None:
    """One entry of a list, or None when the list of that day has no such code."""
    try:
        return book().codelist(list_id).on(on or clock.today()).content[value]
    except (UnknownRule, RulebookError):
        return None


def kinds(on: date | None = None, county: str | None = None) -> tuple[Code, ...]:
    """The kinds of receiver, in the order a page shows them."""
    return book().codelist(KINDS).on(on or clock.today(), county).content.codes


def said(list_id: str, value: str, on: date | None = None) -> str:
    """A code in the reader's language; the code itself where the list does not know it."""
    found = code(list_id, value, on)
    return found.label.to(get_language() or "zh-hant") if found else value


def mark(list_id: str, value: str, name: str, on: date | None = None) -> str:
    """What an entry is marked with; empty where it is not."""
    found = code(list_id, value, on)
    return str(found.marks.get(name, "")) if found else ""


def sources_of_out() -> tuple[str, ...]:
    """Who tells of somebody who is out already."""
    listed = book().codelist("release.sources").on(clock.today()).content.codes
    return tuple(one.code for one in listed if one.marks.get("urgent") == "yes")


def same_since(at: datetime, county: str) -> datetime:
    """Since when a notice that names no day is taken as the same coming home."""
    length = Length.parse(str(book().value("release.same_within").on(clock.local(at).date(), county).value))
    return before(at, length)


def is_urgent(urgency: str) -> str:
    """`yes` or `no`, as the clocks read it. Not knowing is urgent."""
    return mark("referral.urgency", urgency, "urgent") or "yes"


@dataclass(frozen=True)
class Question:
    """One published indicator as a question."""

    name: str
    text: str


def table_of(kind: str) -> str:
    return f"referral.to_{kind}"


def questions(kind: str, on: date, county: str | None = None) -> tuple[Question, ...]:
    """The indicators of a receiving kind as published on a day; none where nothing was published."""
    lang = get_language() or "zh-hant"
    found = _table(kind)
    dated = found.get(on, county) if found else None
    return tuple(Question(name, one.ask.to(lang)) for name, one in dated.content.inputs.items()) if dated else ()


def advise(kind: str, answers: Mapping[str, str], on: date, county: str | None = None) -> Advice | None:
    """Whether the indicators fit; None where nothing was published."""
    found = _table(kind)
    dated = found.get(on, county) if found else None
    if dated is None:
        return None
    known = {name: answers.get(name) if answers.get(name) in ("yes", "no") else None for name in dated.content.inputs}
    return dated.advise(known)


def again(rule_id: str, inputs: Mapping[str, object], on: date, county: str | None = None) -> Advice | None:
    """What the table answered to these inputs on that day."""
    return advise(rule_id.removeprefix("referral.to_"), {k: str(v) for k, v in inputs.items()}, on, county)


def _table(kind: str):  # type: ignore[no-untyped-def]
    try:
        return book().table(table_of(kind))
    except UnknownRule:
        return None


def in_words(advice: Advice) -> str:
    """A table's answer as a sentence, with its first reason, in the reader's language."""
    lang = get_language() or "zh-hant"
    reason = next((text.to(lang) for text in advice.reasons), "")
    label = advice.label.to(lang)
    return f"{label}。{reason}" if reason and reason != label else label


def length(rule_id: str, on: date, county: str | None = None) -> timedelta:
    """A length of policy in whole days, weeks or hours, as a distance."""
    parsed = Length.parse(str(book().value(rule_id).on(on, county).value))
    return timedelta(**{parsed.unit: parsed.n})


def age_of_majority(on: date) -> int:
    return int(book().value("age.child").on(on).value)


def midnight(on: date) -> datetime:
    """The instant at which a day begins in Taipei."""
    return datetime(on.year, on.month, on.day, tzinfo=clock.TAIPEI)


def tomorrow(day: date) -> date:
    return day + timedelta(days=1)
