"""Duties: what an event starts, how long it may take, what ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .cites import Cite
from .conditions import Condition, Facts, plain
from .problems import Report
from .text import Text

OWNERS = ("acting", "unit_desk", "supervisor", "accountable", "reporter")
PER = ("matter", "subject")
ROLLS = ("none", "forward", "backward")
KEYS = (
    "starts_when",
    "only_if",
    "only_known",
    "unless",
    "counted_from",
    "within",
    "count",
    "per",
    "owed_by",
    "done_by",
    "done_only_if",
    "void_when",
    "resting",
    "rests",
    "late",
    "in_principle",
    "informs",
    "pauses",
    "backwards",
)


@dataclass(frozen=True)
class Duty:
    """The body of a duty; see `policy/README.md` for the meaning of each word."""

    starts_when: tuple[str, ...]
    only_if: Mapping[str, Condition]
    only_known: Mapping[str, Condition]
    unless: Mapping[str, Condition]
    counted_from: str
    within: str
    first_day: str
    roll: str
    per: str
    owed_by: str
    done_by: frozenset[str]
    done_only_if: Mapping[str, Condition]
    void_when: frozenset[str]
    resting: bool
    rests: tuple[str, ...]
    late: Mapping[str, str]
    in_principle: bool
    informs: bool
    pauses: bool
    backwards: bool
    """Due so long before the instant it is counted from."""

    def starts(self, event: str, facts: Facts) -> bool:
        """Whether the event starts it.

        For `only_if` a fact given as unknown does not hold protection back, one not given does; `only_known`
        must be known to hold; `unless` must be known to hold to stop it.
        """
        return event in self.starts_when and not self.resting and not self.informs and self.applies(facts)

    def applies(self, facts: Facts) -> bool:
        """Whether the facts are those of the duty; read as `starts` reads them."""
        for name, test in self.only_if.items():
            if name not in facts or test.holds(plain(facts[name])) is False:
                return False
        if not all(test.holds(plain(facts.get(name))) for name, test in self.only_known.items()):
            return False
        return not any(test.holds(plain(facts.get(name))) for name, test in self.unless.items())

    def ends(self, event: str, facts: Facts) -> bool:
        """Whether the event discharges it; what is unknown never does."""
        if event not in self.done_by:
            return False
        return all(test.holds(plain(facts.get(name))) is True for name, test in self.done_only_if.items())

    def reads(self) -> set[str]:
        pauses = {"excluded_minutes"} if self.pauses else set()
        return {*self.only_if, *self.only_known, *self.unless, self.counted_from} | pauses


@dataclass(frozen=True)
class Started:
    """A duty that an event starts: when it is due, and the arithmetic in words."""

    rule_id: str
    title: Text
    from_: date
    hash: str
    due_at: datetime
    inputs: Mapping[str, str | int | None]
    words: Text
    cite: Cite | None
    assumption: Text | None
    owed_by: str
    per: str
    resting: bool = False
    in_principle: bool = False
    late: Mapping[str, str] = field(default_factory=dict)
    county: str | None = None


def read_duty(body: Mapping[str, Any], events: Mapping[str, frozenset[str]], report: Report) -> Duty | None:
    """The duty of one version; `events` gives the facts each event carries."""
    from .clocks import check_length

    before = len(report.problems)
    starts = _events(body, "starts_when", events, report)
    carried = frozenset.intersection(*(events.get(event, frozenset()) for event in starts)) if starts else frozenset()
    done_by = _events(body, "done_by", events, report)
    ending = frozenset[str]().union(*(events.get(event, frozenset()) for event in done_by))
    count, late = _part(body, "count", ("first_day", "roll"), report), _part(body, "late", ("asks", "rises_to"), report)
    check_length(body.get("within"), report)
    counted_from = str(body.get("counted_from", "at"))
    if starts and counted_from not in carried:
        report.complain(f"counted_from: {', '.join(starts)} carries no '{counted_from}'")
    duty = Duty(
        starts,
        _tests(body, "only_if", carried, report),
        _tests(body, "only_known", carried, report),
        _tests(body, "unless", carried, report),
        counted_from,
        str(body.get("within")),
        _one(count, "first_day", ("excluded", "included"), report),
        _one(count, "roll", ROLLS, report),
        _one(body, "per", PER, report),
        _one(body, "owed_by", OWNERS, report),
        frozenset(done_by),
        _tests(body, "done_only_if", ending, report),
        frozenset(_events(body, "void_when", events, report)),
        _yes(body, "resting", report),
        tuple(map(str, body.get("rests", []))),
        {str(key): str(value) for key, value in late.items()},
        _yes(body, "in_principle", report),
        _yes(body, "informs", report),
        _yes(body, "pauses", report),
        _yes(body, "backwards", report),
    )
    if duty.resting != bool(duty.rests):
        report.complain("'resting: yes' and 'rests: [kinds of matter]' belong together")
    if duty.backwards and (duty.roll == "forward" or duty.pauses):
        report.complain("what is counted backwards neither rolls forward nor pauses")
    if not duty.done_by and not duty.informs:
        report.complain("'done_by' is missing: a duty needs an act that discharges it")
    return duty if len(report.problems) == before else None


def _part(body: Mapping[str, Any], key: str, allowed: tuple[str, ...], report: Report) -> Mapping[str, Any]:
    part = report.mapping(body.get(key, {}), key)
    report.keys(part, allowed)
    return part


def _events(body: Mapping[str, Any], key: str, known: Mapping[str, object], report: Report) -> tuple[str, ...]:
    raw = body.get(key, [])
    events = [raw] if isinstance(raw, str) else report.sequence(raw, key)
    for event in events:
        if event not in known:
            report.complain(f"{key}: unknown event '{event}'")
    return tuple(map(str, events))


def _tests(body: Mapping[str, Any], key: str, carried: frozenset[str], report: Report) -> dict[str, Condition]:
    tests = {}
    for name, raw in report.mapping(body.get(key, {}), key).items():
        if name not in carried:
            report.complain(f"{key}: the event carries no fact '{name}'")
        try:
            tests[str(name)] = Condition.read(raw)
        except ValueError as error:
            report.complain(f"{key}: {name}: {error}")
    return tests


def _one(body: Mapping[str, Any], key: str, words: tuple[str, ...], report: Report) -> str:
    """One of `words`, the first being the default."""
    word = str(body.get(key, words[0]))
    if word not in words:
        report.complain(f"{key}: '{word}' is not one of {', '.join(words)}")
    return word


def _yes(body: Mapping[str, Any], key: str, report: Report) -> bool:
    return _one(body, key, ("no", "yes"), report) == "yes"
