"""What mental health care asks the rulebook. No literal of law here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any  # a table's inputs as stored

from anwang.care.states import MeasureKind, RuleSet
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Count, Length, due, end_of_day
from anwang.rulebook import Advice, Code
from anwang.rulebook.problems import RulebookError, UnknownRule

SERVICE, ISSUE, OVERRIDE, DECLINE = "care.service", "care.issue", "care.override", "care.reroute_decline"
PSYCHIATRIC, LEAVING, MEASURE_END = "care.psychiatric", "care.leaving", "care.measure_end"
FOUND_BY, DONE, ON_SCENE, KNOWN = "emergency.found_by", "emergency.done", "emergency.on_scene", "emergency.known"
WHO_SERVES, LEVEL = "care.who_serves", "care.level"
SOCIAL_WORKER, CARE_VISITOR, NURSE, SUICIDE_VISITOR = "social_worker", "care_visitor", "nurse", "suicide_visitor"
NOT_HERE = "not_here"
LEVELS = ("one", "two", "three", "four", "five")
MIND, SUICIDE = "mental_health", "suicide"
KINDS = (MIND, SUICIDE)
FROM_LISTS = ("suicide", "other_party", "protected")
STANDS_IN_FOR = frozenset({CARE_VISITOR})
"""Services that a public health nurse does while their posts are empty (seed: levels 1 and 2)."""
ONE_DAY = timedelta(days=1)


def codes(list_id: str, on: date, county: str | None = None) -> tuple[Code, ...]:
    """The entries of a code list in force on a day; none before the list begins."""
    try:
        return tuple(book().codelist(list_id).on(on, county).content.codes)
    except (UnknownRule, RulebookError):
        return ()


def code(list_id: str, value: str, on: date, county: str | None = None) -> Code | None:
    """One entry, or None when the list of that day has no such code."""
    return next((one for one in codes(list_id, on, county) if one.code == value), None)


def mark(list_id: str, value: str, name: str, on: date) -> str:
    """A mark of an entry; empty when it has none."""
    entry = code(list_id, value, on)
    return str(entry.marks.get(name, "")) if entry else ""


def is_registrable(psychiatric: str, on: date) -> bool:
    """Whether somebody of whom this is known may stand in the psychiatric register."""
    return mark(PSYCHIATRIC, psychiatric, "register", on) == "yes"


def inputs(psychiatric: str, level: int | None, issues: Collection[str], on: date) -> dict[str, Any]:
    """What `care.who_serves` is told: flat, missing where not known."""
    patient = mark(PSYCHIATRIC, psychiatric, "patient", on)
    told: dict[str, Any] = {
        "patient": patient if patient in ("yes", "no") else None,
        "other_issues": len(set(issues) - set(FROM_LISTS)),
        "level": level,
    }
    return told | {name: "yes" if name in issues else "no" for name in FROM_LISTS}


def who_serves(told: Mapping[str, Any], on: date, county: str | None = None) -> Advice:
    """The proposal of `care.who_serves` with its reasons; nothing is routed by it."""
    return book().table(WHO_SERVES).on(on, county).advise(told)


def level_advice(compulsory: bool, danger: str, months_out: int | None, on: date, county: str | None = None) -> Advice:
    """The proposal of `care.level` (an assumption, shown as one)."""
    told = {"compulsory": "yes" if compulsory else "no", "danger": danger or None, "months_out": months_out}
    return book().table(LEVEL).on(on, county).advise(told)


def level_number(outcome: str | None) -> int | None:
    """1 to 5 for an outcome of `care.level`."""
    return LEVELS.index(outcome) + 1 if outcome in LEVELS else None


def rule_set(on: date, county: str | None) -> RuleSet:
    """Which rules of compulsory treatment hold on a day (`compulsory.rule_set`): committee or court."""
    return RuleSet(str(book().value("compulsory.rule_set").on(on, county).value))


def length_of(kind: str, held: str, extension: int) -> Length:
    """How long a term of a measure may be at most, under a rule set."""
    name = f"compulsory.{held}.{kind}{'_again' if extension else ''}"
    return Length.parse(str(_latest(name)))


def specialists(held: str) -> int:
    """How many specialists examine; one is enough on islands (and, by the court's rules, in remote places)."""
    return int(_latest(f"compulsory.{held}.specialists"))


def may_extend(kind: str, held: str, extension: int) -> bool:
    """Whether a term may be followed by a further one of its kind."""
    if kind == MeasureKind.PLACEMENT:
        return False
    if kind == MeasureKind.HOSPITAL and held == RuleSet.COURT:
        return extension < int(_latest("compulsory.court.hospital_extensions"))
    return True


def _latest(name: str) -> Any:
    """A number of a rule set: which set holds is dated apart, so its newest version counts."""
    return book().value(name).on(clock.today()).value


def last_day(kind: str, held: str, began_at: datetime, extension: int = 0) -> date:
    """The longest last day: the first day counts as one and the end never moves (行政程序法§48 V)."""
    end = due(began_at, length_of(kind, held, extension), Count("included", "none"))
    return clock.local(end - timedelta(seconds=1)).date()


def end_of(day: date) -> datetime:
    """The instant at which a last day is over."""
    return end_of_day(day)


def beginning_of(day: date) -> datetime:
    """The first instant of a day, for clocks that count days."""
    return end_of_day(day) - ONE_DAY


def call_by(noticed_at: datetime, expected_at: datetime | None, county: str) -> datetime:
    """Until when she is called: so long after it was known, and before he is home, whichever is first."""
    length = Length.parse(str(book().value("care.call_before_home").on(clock.local(noticed_at).date(), county).value))
    soon = due(noticed_at, length)
    return soon if expected_at is None or expected_at > soon else expected_at


def asked_again_when(at: datetime, county: str) -> str:
    """Which other day has her called once more, told of the former: `another_day`, or `sooner_only`."""
    return str(book().value("care.asked_again_when").on(clock.local(at).date(), county).value)


def load_target(service: str, on: date, county: str | None = None) -> int | None:
    """How many persons one worker of a service should serve; None where no target is known."""
    try:
        return int(book().value(f"care.load.{service}").on(on, county).value)
    except (UnknownRule, RulebookError):
        return None
