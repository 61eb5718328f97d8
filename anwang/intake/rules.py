"""What the front door asks the rulebook. No number of law is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.foundation.roc import age_on
from anwang.matters import hours
from anwang.rulebook import Advice, Code, NotInForce, Rulebook, Step, Text, UnknownRule, WrongAnswer
from anwang.rulebook.tables import Input, Outcome

from .incoming import PersonIn
from .states import What

CHILD_PROTECTION = "child_protection"
REPEAT = "report.repeat"
DISPATCH_FIRST = "dispatch_then_investigate"
CENTRE_FIRST = "investigate_then_dispatch"
_YEARS = re.compile(r"(\d{1,3})\s*(?:歲|足歲|years?|$)")
_MONTHS = re.compile(r"(\d{1,2})\s*個?月|months?")


_held: ContextVar[Rulebook | None] = ContextVar("held_rulebook", default=None)


@contextmanager
def one_book() -> Iterator[None]:
    """Ask for the rulebook once for everything inside: a page reads dozens of labels."""
    token = _held.set(_held.get() or book())
    try:
        yield
    finally:
        _held.reset(token)


def _book() -> Rulebook:
    return _held.get() or book()


def on_day(at: datetime) -> date:
    """The day whose rules hold for an instant."""
    return clock.local(at).date()


def codes(codelist: str, at: datetime, county: str | None = None) -> tuple[Code, ...]:
    """The codes of a list in force at an instant; empty where the list did not exist yet."""
    try:
        return tuple(_book().codelist(codelist).on(on_day(at), county).codes)
    except (NotInForce, UnknownRule):
        return ()


def is_code(codelist: str, code: str, at: datetime, county: str | None = None) -> bool:
    return any(entry.code == code for entry in codes(codelist, at, county))


def mark(codelist: str, code: str, name: str, at: datetime, county: str | None = None) -> object:
    """A mark of a code (what a page or an act must know of it), None when it has none."""
    return next((entry.marks.get(name) for entry in codes(codelist, at, county) if entry.code == code), None)


def whole(rule_id: str, at: datetime, county: str) -> int:
    return int(_book().value(rule_id).on(on_day(at), county).value)


def office_closes(at: datetime, county: str) -> datetime | None:
    """When the county's offices close today; None on a day off, before they open and after they close."""
    return hours.office_closes(at, county, _book())


def before(rule_id: str, at: datetime, county: str) -> datetime:
    """The instant one length of time before `at` (a window looking back)."""
    length = days.Length.parse(str(_book().value(rule_id).on(on_day(at), county).value))
    return days.before(at, length)


def is_late(rule_id: str, happened_at: datetime, recorded_at: datetime, county: str) -> bool:
    """Whether an entry came so long after the fact that it is marked 補登."""
    length = days.Length.parse(str(_book().value(rule_id).on(on_day(recorded_at), county).value))
    return days.due(happened_at, length) < recorded_at


def regime(at: datetime, county: str) -> str:
    """Which way of intake holds in a county: dispatch first, or the centre investigates first (2026)."""
    return str(_book().value("intake.regime").on(on_day(at), county).value)


def is_mandated(kind: str, category: str, at: datetime, county: str) -> str:
    """yes, no or unknown: whether somebody of that category must report that kind of case."""
    if not category:
        return "unknown"
    try:
        advice = _book().table("reporter.mandated").on(on_day(at), county).advise({"kind": kind, "category": category})
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
        rule = _book().table(table).on(on_day(at), county)
    except (NotInForce, UnknownRule):
        return None
    known = {name: value for name, value in answers.items() if name in rule.content.inputs}
    return rule.advise(known)


FIRST_CONTACT = "violence.first_contact_class"
VIOLENCE = frozenset({"intimate_violence", "other_violence"})
TABLES = {
    What.GRADE: {CHILD_PROTECTION: "child_protection.grade"},
    What.CLASS: {
        CHILD_PROTECTION: "child_protection.class",
        "intimate_violence": FIRST_CONTACT,
        "other_violence": FIRST_CONTACT,
    },
    What.JURISDICTION: {
        CHILD_PROTECTION: "jurisdiction.child_protection",
        "intimate_violence": "jurisdiction.violence",
        "other_violence": "jurisdiction.violence",
        "elder": "jurisdiction.elder",
        "disability": "jurisdiction.disability",
    },
}
CASE_EVENTS = frozenset(
    {
        "contact.made",
        "contact.attempted",
        "investigation.submitted",
        "assessment.submitted",
        "plan.shared",
        "witness.assessed",
        "notice.sent",
    }
)
"""Events of casework: a duty that one of them discharges goes along when a report becomes a case."""
FIELD = "protection_field"
"""Screening outcome of the 2026 regime: the centre itself investigates on the spot."""


def table_of(what: str, kind: str, at: datetime, county: str) -> str:
    """The rule that advises a decision, or empty where no rule does."""
    if what == What.SCREENING:
        rule_id = f"screening.{regime(at, county)}"
        asks_kind = asked_of(rule_id, at, county).get("kind")
        return rule_id if asks_kind is None or kind in asks_kind.choices else ""
    return TABLES.get(What(what), {}).get(kind, "")


def asked_of(rule_id: str, at: datetime, county: str) -> dict[str, Input]:
    """The questions of a table in force, by name; empty where none is in force."""
    try:
        return dict(_book().table(rule_id).on(on_day(at), county).content.inputs) if rule_id else {}
    except (NotInForce, UnknownRule):
        return {}


def outcomes_of(rule_id: str, at: datetime, county: str) -> tuple[Outcome, ...]:
    """What a table can say, from most to least protective."""
    try:
        return tuple(_book().table(rule_id).on(on_day(at), county).content.outcomes) if rule_id else ()
    except (NotInForce, UnknownRule):
        return ()


def protects_less(rule_id: str, outcome: str, ceiling: str, at: datetime, county: str) -> bool:
    """Whether an outcome protects less than the most protective one still possible."""
    order = [entry.code for entry in outcomes_of(rule_id, at, county)]
    return outcome in order and ceiling in order and order.index(outcome) > order.index(ceiling)


def duties_of_casework(at: datetime, county: str) -> dict[str, bool]:
    """Rule ids of duties that casework discharges; the value says whether they name a kind of case."""
    found = {}
    for handle in _book().duties():
        version = handle.latest(on_day(at), county)
        if version is not None and version.content.done_by & CASE_EVENTS:
            found[handle.rule_id] = "kind" in {*version.content.only_if, *version.content.only_known}
    return found


def discharged_by(event: str, at: datetime, county: str) -> frozenset[str]:
    """Rule ids that an event can discharge on that day."""
    return frozenset(
        handle.rule_id
        for handle in _book().duties()
        if (version := handle.latest(on_day(at), county)) is not None and event in version.content.done_by
    )


def title_of(rule_id: str) -> Text | None:
    """What a rule is called; None for a step that somebody set himself."""
    try:
        return _book().handle(rule_id).title
    except UnknownRule:
        return None


def steps(rule_id: str, at: datetime, county: str) -> tuple[Step, ...]:
    """Who is told after how many minutes of silence."""
    found: tuple[Step, ...] = _book().value(rule_id).on(on_day(at), county).value
    return found


def danger_results(at: datetime, county: str) -> dict[str, Text]:
    """Results of the danger form in use on that day, by code: taken as reported, never counted by another version."""
    found = _book().instrument("danger.intimate").get(on_day(at), county)
    if found is None:
        return {}
    form = found.content
    if form.levels is None:
        return dict(form.reported_results)
    return {outcome.code: outcome.label for outcome in form.levels.outcomes}
