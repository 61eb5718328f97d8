"""Worked examples: input, date and what must come out, each with its citation. Run by tests and `policy check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import yaml12
from .cites import read_cite, read_date
from .clocks import parse_instant
from .handles import judge
from .problems import NotInForce, Problem, Report, UnknownRule, WrongAnswer
from .schedule_situations import differs
from .values import Step

if TYPE_CHECKING:
    from .book import Rulebook

KEYS = (
    "situation",
    "on",
    "county",
    "cite",
    "assumption",
    "story",
    "rule",
    "event",
    "facts",
    "answers",
    "person",
    "resting",
    "county_rows",
    "starts",
    "starts_not",
    "ends",
    "ends_not",
    "due",
    "words",
    "outcome",
    "floor",
    "ceiling",
    "asks_first",
    "applies",
    "value",
    "codes",
    "in_force",
    "scores",
    "voids",
    "changes",
    "windows",
    "unset",
)
EXPECTED = (
    "starts",
    "starts_not",
    "ends",
    "ends_not",
    "due",
    "outcome",
    "floor",
    "ceiling",
    "asks_first",
    "applies",
    "value",
    "codes",
    "in_force",
    "scores",
    "words",
    "voids",
    "windows",
    "unset",
)
PERSON = "人工研判"


@dataclass(frozen=True)
class Situation:
    """One example. `given` holds its keys as written; `where` the file and line."""

    where: str
    name: str
    on: date
    given: Mapping[str, Any]

    @property
    def county(self) -> str | None:
        return self.given.get("county")

    @property
    def story(self) -> str:
        return str(self.given.get("story", ""))

    def rules(self) -> set[str]:
        """Rules this situation speaks about."""
        named = {self.given["rule"]} if "rule" in self.given else set()
        for key in ("starts", "starts_not", "ends", "ends_not", "voids"):
            named |= set(self.given.get(key, ()))
        return named | {str(change["rule"]) for change in self.given.get("changes", ())}


def read_situations(book: Rulebook) -> tuple[list[Situation], list[Problem]]:
    """Every situation under `situations/`, and what is wrong with their writing."""
    problems: list[Problem] = []
    found: list[Situation] = []
    for path in sorted((book.folder / "situations").rglob("*.yaml")):
        shown = path.relative_to(book.folder).as_posix()
        for where, raw in yaml12.read(path, shown, problems):
            found.extend(_read(book, raw, Report(where, "", problems), path))
    return found, problems


def _read(book: Rulebook, raw: Any, report: Report, path: Path) -> Iterable[Situation]:
    for entry in report.sequence(report.mapping(raw, path.name).get("situations"), "situations"):
        given = report.mapping(entry, "a situation")
        here = report.at(str(given.get("situation")))
        here.keys(given, KEYS, ("situation", "on"))
        if "cite" in given:
            read_cite(given["cite"], book.contents.sources, here)
        elif "assumption" not in given:
            here.complain("a situation needs a cite or an assumption")
        if not any(key in given for key in EXPECTED):
            here.complain("a situation says what must come out")
        on = read_date(given.get("on"), here, "on")
        if on is not None:
            yield Situation(report.where, str(given.get("situation")), on, given)


def run(book: Rulebook, situation: Situation) -> list[str]:
    """What came out differently, in sentences; empty when all is as required."""
    given = situation.given
    if "county_rows" in given:
        book = book.overlay(given["county_rows"])
    try:
        if "event" in given:
            return _event(book, situation)
        if "resting" in given:
            started = book.resting(given["resting"], _facts(given)["at"], situation.on, situation.county)
            named = _same("rule", given.get("rule", started.rule_id), started.rule_id)
            return [*named, *_due(given["due"], started.due_at)]
        return _rule(book, situation)
    except (WrongAnswer, UnknownRule) as error:
        return [str(error)]


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    facts = {}
    for name, value in given.get("facts", {}).items():
        is_instant = isinstance(value, str) and (name == "at" or name.endswith("_at")) and value[:1].isdigit()
        facts[name] = parse_instant(value) if is_instant else None if value == "unknown" else value
    return facts


def _event(book: Rulebook, situation: Situation) -> list[str]:
    given, facts = situation.given, _facts(situation.given)
    ask = (given["event"], facts, situation.on, situation.county)
    wrong: list[str] = []
    started = {one.rule_id: one for one in book.started_by(*ask)} if facts else {}
    for rule_id, due in given.get("starts", {}).items():
        if rule_id not in started:
            wrong.append(f"{rule_id} does not start")
        elif due != "any":
            wrong.extend(_due(due, started[rule_id].due_at))
    wrong.extend(f"{rule_id} starts" for rule_id in given.get("starts_not", ()) if rule_id in started)
    done = book.done_by(*ask)
    wrong.extend(f"{rule_id} is not done" for rule_id in given.get("ends", ()) if rule_id not in done)
    wrong.extend(f"{rule_id} is done" for rule_id in given.get("ends_not", ()) if rule_id in done)
    void = book.voided_by(*ask) if "voids" in given else frozenset()
    wrong.extend(f"{rule_id} stays" for rule_id in given.get("voids", ()) if rule_id not in void)
    for one in started.values():
        if book.replay(one.rule_id, one.hash, one.inputs).due_at != one.due_at:
            wrong.append(f"{one.rule_id} replays to another instant")
    return wrong


def _rule(book: Rulebook, situation: Situation) -> list[str]:
    given, rule_id = situation.given, situation.given.get("rule", "")
    try:
        version = book.handle(rule_id).on(situation.on, situation.county)
    except NotInForce:
        return [] if given.get("in_force") == "no" else [f"{rule_id} is not in force"]
    if "in_force" in given:
        return _same("in force", given["in_force"], "yes")
    if version.kind == "duty":
        started = book.clock_of(rule_id, _facts(given), situation.on, situation.county)
        words = _same("words", given["words"], started.words.zh) if "words" in given else []
        return [*(_due(given["due"], started.due_at) if "due" in given else []), *words]
    if version.kind == "schedule":
        return differs(book, given, situation.on, situation.county)
    if version.kind == "value":
        return _same("value", given["value"], _shown(version.value))
    if version.kind == "codelist":
        return [f"code {code} is missing" for code in given["codes"] if code not in version.content]
    return _advice(book, situation)


def _shown(value: Any) -> Any:
    """A value as a situation writes it: tuples as lists, steps as mappings."""
    if not isinstance(value, tuple):
        return value
    return [asdict(one) if isinstance(one, Step) else one for one in value]


def _advice(book: Rulebook, situation: Situation) -> list[str]:
    given = situation.given
    version = book.handle(given["rule"]).on(situation.on, situation.county)
    advice = judge(version, given.get("answers", {}), given.get("person"))
    came = {
        "outcome": advice.outcome or PERSON,
        "floor": advice.floor,
        "ceiling": advice.ceiling,
        "applies": advice.applies,
        "asks_first": advice.asks[0].input if advice.asks else None,
        "scores": {name: list(span) for name, span in (advice.scores or {}).items()},
    }
    wrong = [line for key, value in came.items() if key in given for line in _same(key, given[key], value)]
    again = book.replay(advice.rule_id, advice.hash, advice.inputs)
    return [*wrong, *([] if again.outcome == advice.outcome else ["replays to another outcome"])]


def _same(what: str, required: Any, came: Any) -> list[str]:
    return [] if required == came else [f"{what} must be {required!r}, came {came!r}"]


def _due(required: str, came: datetime) -> list[str]:
    """Compares instants; `2026-04-23T24:00` is the end of that day."""
    if required.endswith("T24:00"):
        ends = parse_instant(required.replace("T24:00", "T00:00"))
        wanted = ends.fromtimestamp(ends.timestamp() + 86_400, ends.tzinfo)
    else:
        wanted = parse_instant(required)
    return [] if wanted == came else [f"due must be {required}, came {came.astimezone(wanted.tzinfo).isoformat()}"]
