"""Decision tables: rows from most to least protective; what is not known never lowers protection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from .conditions import Answer, Condition, Span
from .problems import Report, WrongAnswer
from .text import Text

TYPES = ("yes_no", "whole_number", "choice")
MOST_COMBINATIONS = 60_000


@dataclass(frozen=True)
class Input:
    """One question of a table. `least` and `most` bound a whole number."""

    name: str
    ask: Text
    type: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 200

    @classmethod
    def read(cls, name: str, raw: Any, report: Report) -> Input:
        body = report.mapping(raw, f"input '{name}'")
        report.keys(body, ("ask", "type", "choices", "least", "most"), ("ask", "type"))
        kind = str(body.get("type"))
        if kind not in TYPES:
            report.complain(f"input '{name}': type '{kind}' is not one of {', '.join(TYPES)}")
        choices = body.get("choices") or []
        if (kind == "choice") != bool(choices):
            report.complain(f"input '{name}': choices belong to type choice, and to it only")
        if kind == "yes_no":
            choices = ["yes", "no"]
        ask = Text.read(body.get("ask"), report, f"ask of '{name}'")
        return cls(name, ask, kind, tuple(map(str, choices)), body.get("least", 0), body.get("most", 200))

    def answer(self, given: Answer) -> Answer:
        """The answer as the rows read it; raises WrongAnswer when it is outside the question."""
        if given is None or given == "unknown":
            return None
        if self.type == "whole_number":
            if isinstance(given, (int, Span)) and not isinstance(given, bool):
                return given
        elif isinstance(given, str) and given in self.choices:
            return given
        raise WrongAnswer(f"{self.name}: {given!r}")

    def samples(self, tests: list[Condition]) -> list[Answer]:
        """One answer from each part of the answers that the rows tell apart."""
        if self.type != "whole_number":
            return list(self.choices)
        numbers = {self.least, self.most}.union(*(test.edges() for test in tests))
        return [number for number in sorted(numbers) if self.least <= number <= self.most]


@dataclass(frozen=True)
class Outcome:
    """One result a table can give, with its label."""

    code: str
    label: Text


@dataclass(frozen=True)
class Row:
    """All conditions must hold; a row without conditions is the `else` row."""

    name: str
    tests: tuple[tuple[str, Condition], ...]
    then: str
    why: Text | None = None

    def holds(self, answers: Mapping[str, Answer]) -> bool | None:
        unknown = False
        for name, test in self.tests:
            held = test.holds(answers.get(name))
            if held is False:
                return False
            unknown = unknown or held is None
        return None if unknown else True


@dataclass(frozen=True)
class Ruling:
    """What the rows give for some answers: the row that certainly holds and those before it that may."""

    certain: Row | None
    possible: tuple[Row, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        rows = (*self.possible, *((self.certain,) if self.certain else ()))
        return tuple(dict.fromkeys(row.then for row in rows))

    @property
    def settled(self) -> str | None:
        outcomes = self.outcomes
        return outcomes[0] if len(outcomes) == 1 and self.certain else None


@dataclass(frozen=True)
class Table:
    """The body of a table. `ordered` says that outcomes run from most to least protective."""

    inputs: Mapping[str, Input]
    outcomes: tuple[Outcome, ...]
    rows: tuple[Row, ...]
    ordered: bool = True

    def outcome(self, code: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.code == code)

    def walk(self, answers: Mapping[str, Answer]) -> Ruling:
        """First row that certainly holds; rows that might hold before it stay possible."""
        possible: list[Row] = []
        for row in self.rows:
            held = row.holds(answers)
            if held:
                return Ruling(row, tuple(possible))
            if held is None:
                possible.append(row)
        return Ruling(None, tuple(possible))

    def read_answers(self, given: Mapping[str, Answer]) -> dict[str, Answer]:
        """Every input with its answer (None when missing); raises WrongAnswer on strange names or values."""
        strange = set(given) - set(self.inputs)
        if strange:
            raise WrongAnswer(f"no such question: {', '.join(sorted(strange))}")
        return {name: question.answer(given.get(name)) for name, question in self.inputs.items()}

    def samples(self) -> dict[str, list[Answer]]:
        """For each input that a row reads, answers that stand for all others."""
        tests: dict[str, list[Condition]] = {}
        for row in self.rows:
            for name, test in row.tests:
                tests.setdefault(name, []).append(test)
        return {name: self.inputs[name].samples(found) for name, found in tests.items()}

    def combinations(self) -> Iterator[dict[str, Answer]]:
        samples = self.samples()
        for answers in product(*samples.values()):
            yield dict(zip(samples, answers, strict=True))


def read_table(body: Mapping[str, Any], report: Report) -> Table | None:
    """The table of one version; complains of order, gaps and rows that can never be reached."""
    before = len(report.problems)
    inputs = {
        str(name): Input.read(str(name), raw, report)
        for name, raw in report.mapping(body.get("inputs"), "inputs").items()
    }
    outcomes = read_outcomes(body.get("outcomes"), report)
    rows = read_rows(body.get("rows"), inputs, report)
    ordered = body.get("ordered", "yes")
    if ordered not in ("yes", "no"):
        report.complain("'ordered' is yes or no")
    table = Table(inputs, outcomes, rows, ordered != "no")
    if len(report.problems) == before:
        check_table(table, report)
    return table if len(report.problems) == before else None


def read_outcomes(raw: Any, report: Report) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    for item in report.sequence(raw, "outcomes"):
        entry = report.mapping(item, "an outcome")
        report.keys(entry, ("code", "zh", "en"), ("code", "zh", "en"))
        code = str(entry.get("code"))
        if any(outcome.code == code for outcome in found):
            report.complain(f"outcome '{code}' is listed twice")
        found.append(Outcome(code, Text(str(entry.get("zh")), str(entry.get("en")))))
    return tuple(found)


def read_rows(raw: Any, inputs: Mapping[str, Input], report: Report) -> tuple[Row, ...]:
    rows: list[Row] = []
    for item in report.sequence(raw, "rows"):
        entry = report.mapping(item, "a row")
        report.keys(entry, ("row", "if", "then", "else", "why"), ("row",))
        name = str(entry.get("row"))
        here = report.at(f"{report.rule} row {name}")
        if any(row.name == name for row in rows):
            here.complain("row name used twice")
        if ("else" in entry) == ("if" in entry) or ("then" in entry) != ("if" in entry):
            here.complain("a row has either if and then, or else")
            continue
        tests = []
        for key, condition in here.mapping(entry.get("if", {}), "if").items():
            tests.extend(read_test(str(key), condition, inputs, here))
        why = Text.read(entry["why"], here, "why") if "why" in entry else None
        rows.append(Row(name, tuple(tests), str(entry.get("then", entry.get("else"))), why))
    return tuple(rows)


def read_test(name: str, raw: Any, inputs: Mapping[str, Input], report: Report) -> list[tuple[str, Condition]]:
    if name not in inputs:
        report.complain(f"no input is called '{name}'")
        return []
    try:
        test = Condition.read(raw)
    except ValueError as error:
        report.complain(f"{name}: {error}")
        return []
    question = inputs[name]
    if (question.type == "whole_number") != (test.span is not None):
        report.complain(f"{name}: {raw!r} does not fit a {question.type}")
        return []
    for word in sorted(test.words - set(question.choices)):
        report.complain(f"{name}: '{word}' is not among its choices")
    return [(name, test)]


def check_table(table: Table, report: Report) -> None:
    """Order of rows, every combination answered, every row and outcome reachable."""
    order = [outcome.code for outcome in table.outcomes]
    places = []
    for row in table.rows:
        if row.then not in order:
            report.complain(f"row {row.name}: outcome '{row.then}' is not listed")
            return
        places.append(order.index(row.then))
    if table.ordered and places != sorted(places):
        report.complain("rows must run from the most to the least protective outcome")
    size = 1
    for samples in table.samples().values():
        size *= len(samples)
    if size > MOST_COMBINATIONS:
        report.complain(f"{size} combinations: split the table or enter counts")
        return
    reached = set()
    for answers in table.combinations():
        certain = table.walk(answers).certain
        if certain is None:
            shown = ", ".join(f"{name}={answer}" for name, answer in answers.items())
            report.complain(f"no row answers {shown}")
            return
        reached.add(certain.name)
    for row in table.rows:
        if row.name not in reached:
            report.complain(f"row {row.name} can never be reached")
