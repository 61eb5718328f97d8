"""Versioned instruments: items, answers, scores with bounds where answers are missing, levels as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .conditions import Answer, Condition, Span
from .problems import Report, WrongAnswer
from .tables import Input, Ruling, Table, check_table, read_outcomes, read_rows
from .text import Text

KEYS = ("answers", "items", "scores", "outcomes", "rows", "valid_for", "inputs", "ordered", "reported_results")


@dataclass(frozen=True)
class Item:
    """One question. `weight` counts in sums; `level` and `group` sort items for counting and for display."""

    id: str
    ask: Text
    weight: int = 1
    level: str = ""
    group: str = ""


@dataclass(frozen=True)
class Score:
    """A sum of answers, or a count of `yes` among items of one level."""

    name: str
    label: Text
    items: tuple[str, ...]

    def of(self, items: Mapping[str, Item], answers: Mapping[str, Answer], most: int) -> Answer:
        """The score, or the span it must lie in while answers are missing."""
        least = top = 0
        for name in self.items:
            given, weight = answers.get(name), items[name].weight
            if given is None or given == "unknown":
                top += most * weight
                continue
            points = {"yes": 1, "no": 0}.get(given, 0) if isinstance(given, str) else int(given)  # type: ignore[arg-type]
            least, top = least + points * weight, top + points * weight
        return least if least == top else Span(least, top)


@dataclass(frozen=True)
class Instrument:
    """The body of an instrument. Without items (not published) results are taken as reported, never computed."""

    answers: Mapping[str, Text]
    numeric: bool
    items: Mapping[str, Item]
    scores: tuple[Score, ...]
    levels: Table | None
    valid_for: Mapping[str, Condition]
    reported_results: tuple[tuple[str, Text], ...]

    @property
    def most(self) -> int:
        return max(map(int, self.answers)) if self.numeric else 1

    def read_answers(self, given: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers for every item; raises WrongAnswer on strange items or answers."""
        strange = set(given) - set(self.items)
        if strange:
            raise WrongAnswer(f"no such item: {', '.join(sorted(strange))}")
        for name, answer in given.items():
            if answer is not None and answer != "unknown" and str(answer) not in self.answers:
                raise WrongAnswer(f"{name}: {answer!r}")
        return {name: None if given.get(name) == "unknown" else given.get(name) for name in self.items}

    def score(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {score.name: score.of(self.items, answers, self.most) for score in self.scores}

    def walk(self, answers: Mapping[str, Answer]) -> Ruling:
        assert self.levels is not None
        return self.levels.walk({**answers, **self.score(answers)})

    def applies(self, facts: Mapping[str, Answer]) -> str:
        """Whether it was made for this person: yes, no or unknown."""
        held = [test.holds(facts.get(name)) for name, test in self.valid_for.items()]
        return "no" if False in held else "unknown" if None in held else "yes"


def read_instrument(body: Mapping[str, Any], report: Report) -> Instrument | None:
    before = len(report.problems)
    raw_answers = body.get("answers", "yes_no")
    if raw_answers == "yes_no":
        raw_answers = {"yes": {"zh": "是", "en": "Yes"}, "no": {"zh": "否", "en": "No"}}
    answers = {
        str(key): Text.read(raw, report, f"answer '{key}'")
        for key, raw in report.mapping(raw_answers, "answers").items()
    }
    numeric = all(key.isdigit() for key in answers)
    items = {} if body.get("items") == "unknown" else _items(body.get("items"), report)
    scores = tuple(_score(str(name), raw, items, report) for name, raw in body.get("scores", {}).items())
    valid_for = {str(name): Condition.read(raw) for name, raw in body.get("valid_for", {}).items()}
    results = tuple(
        (str(entry.get("code")), Text(str(entry.get("zh")), str(entry.get("en"))))
        for entry in body.get("reported_results", [])
    )
    levels = _levels(body, items, scores, answers, numeric, report) if items else None
    instrument = Instrument(answers, numeric, items, scores, levels, valid_for, results)
    return instrument if len(report.problems) == before else None


def _items(raw: Any, report: Report) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for one in report.sequence(raw, "items"):
        entry = report.mapping(one, "an item")
        report.keys(entry, ("id", "zh", "en", "weight", "level", "group"), ("id", "zh"))
        name = str(entry.get("id"))
        if name in items:
            report.complain(f"item '{name}' is listed twice")
        ask = Text(str(entry.get("zh")), str(entry.get("en", "")))
        items[name] = Item(name, ask, entry.get("weight", 1), str(entry.get("level", "")), str(entry.get("group", "")))
    return items


def _score(name: str, raw: Any, items: Mapping[str, Item], report: Report) -> Score:
    body = report.mapping(raw, f"score '{name}'")
    report.keys(body, ("ask", "sum_of", "count_of_level"), ("ask",))
    if ("sum_of" in body) == ("count_of_level" in body):
        report.complain(f"score '{name}' has either sum_of or count_of_level")
    level = body.get("count_of_level")
    chosen = body.get("sum_of", "all")
    if level is not None:
        chosen = [item.id for item in items.values() if item.level == level]
    if chosen == "all":
        chosen = list(items)
    for one in chosen:
        if one not in items:
            report.complain(f"score '{name}': no item '{one}'")
    return Score(name, Text.read(body.get("ask"), report, "ask"), tuple(one for one in chosen if one in items))


def _levels(
    body: Mapping[str, Any],
    items: Mapping[str, Item],
    scores: tuple[Score, ...],
    answers: Mapping[str, Text],
    numeric: bool,
    report: Report,
) -> Table | None:
    """The table that turns scores (and single items) into a level."""
    most = max(map(int, answers)) if numeric else 1
    inputs = {
        score.name: Input(
            score.name, score.label, "whole_number", (), 0, most * sum(items[name].weight for name in score.items)
        )
        for score in scores
    }
    for item in items.values():
        kind = "whole_number" if numeric else "choice"
        inputs[item.id] = Input(item.id, item.ask, kind, () if numeric else tuple(answers), 0, most)
    before = len(report.problems)
    rows = read_rows(body.get("rows"), inputs, report)
    table = Table(inputs, read_outcomes(body.get("outcomes"), report), rows)
    if len(report.problems) == before:
        check_table(table, report)
    return table
