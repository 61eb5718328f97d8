"""What the front door asks the rulebook. No number of law is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.foundation.roc import age_on
from anwang.rulebook import Advice, Code, NotInForce, UnknownRule, WrongAnswer

from .incoming import PersonIn

CHILD_PROTECTION = "child_protection"
DISPATCH_FIRST = "dispatch_then_investigate"
CENTRE_FIRST = "investigate_then_dispatch"
_YEARS = re.compile(r"(\d{1,3})\s*(?:歲|足歲|years?|$)")
_MONTHS = re.compile(r"(\d{1,2})\s*個?月|months?")


def on_day(at: datetime) -> date:
    """The day whose rules hold for an instant."""
    return clock.local(at).date()


def codes(codelist: str, at: datetime, county: str | None = None) -> tuple[Code, ...]:
    """The codes of a list in force at an instant; empty where the list did not exist yet."""
    try:
        return tuple(book().codelist(codelist).on(on_day(at), county).codes)
    except (NotInForce, UnknownRule):
        return ()


def is_code(codelist: str, code: str, at: datetime, county: str | None = None) -> bool:
    return any(entry.code == code for entry in codes(codelist, at, county))


def mark(codelist: str, code: str, name: str, at: datetime, county: str | None = None) -> object:
    """A mark of a code (what a page or an act must know of it), None when it has none."""
    return next((entry.marks.get(name) for entry in codes(codelist, at, county) if entry.code == code), None)


def whole(rule_id: str, at: datetime, county: str) -> int:
    return int(book().value(rule_id).on(on_day(at), county).value)


def before(rule_id: str, at: datetime, county: str) -> datetime:
    """The instant one length of time before `at` (a window looking back)."""
    length = days.Length.parse(str(book().value(rule_id).on(on_day(at), county).value))
    return days.before(at, length)


def is_late(rule_id: str, happened_at: datetime, recorded_at: datetime, county: str) -> bool:
    """Whether an entry came so long after the fact that it is marked 補登."""
    length = days.Length.parse(str(book().value(rule_id).on(on_day(recorded_at), county).value))
    return days.due(happened_at, length) < recorded_at


def regime(at: datetime, county: str) -> str:
    """Which way of intake holds in a county: dispatch first, or the centre investigates first (2026)."""
    return str(book().value("intake.regime").on(on_day(at), county).value)


def is_mandated(kind: str, category: str, at: datetime, county: str) -> str:
    """yes, no or unknown: whether somebody of that category must report that kind of case."""
    if not category:
        return "unknown"
    try:
        advice = book().table("reporter.mandated").on(on_day(at), county).advise({"kind": kind, "category": category})
    except (WrongAnswer, UnknownRule):
        return "unknown"
    return {"mandated": "yes", "may": "no"}.get(advice.outcome or "", "unknown")


def ages(person: PersonIn, on: date) -> tuple[int, int] | None:
    """Least and greatest age of somebody as reported, from the birth date or from the words; None when unknown."""
    if person.is_unborn:
        return (0, 0)
    if person.birth is not None:
        return age_on(person.birth, on)
    if match := _YEARS.search(person.age_text.strip()):
        return (int(match[1]), int(match[1]))
    return (0, 0) if _MONTHS.search(person.age_text) else None


def child_facts(
    known: Iterable[tuple[int, int] | None], child_role: bool, at: datetime, county: str
) -> dict[str, object]:
    """`has_child` and `youngest_age` for an event. What is not known is given as None and holds no duty back."""
    limit = whole("age.child", at, county)
    spans = list(known)
    least = [span[0] for span in spans if span is not None]
    sure = child_role or any(span is not None and span[1] < limit for span in spans)
    none = bool(spans) and all(span is not None and span[0] >= limit for span in spans)
    youngest = min(least) if least and (not child_role or min(least) < limit) else None
    return {"has_child": "yes" if sure else "no" if none else None, "youngest_age": youngest}


def advise(table: str, answers: dict[str, object], at: datetime, county: str) -> Advice | None:
    """Advice of a table for answers that may be unknown; None where no rule was in force that day."""
    try:
        rule = book().table(table).on(on_day(at), county)
    except (NotInForce, UnknownRule):
        return None
    known = {name: value for name, value in answers.items() if name in rule.content.inputs}
    return rule.advise(known)
