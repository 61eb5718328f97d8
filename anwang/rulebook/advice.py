"""What a table or an instrument says about one set of answers, with floor, ceiling and what to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .cites import Cite
from .conditions import Answer, Span
from .tables import Input, Row, Ruling, Table
from .text import Text

PERSON_DECIDES = Text("人工研判", "A person decides")


@dataclass(frozen=True)
class Ask:
    """A question still open: `would_settle` lists the answers that alone would settle the outcome."""

    input: str
    question: Text
    would_settle: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """Advice to a person, never a decision.

    `outcome` is None when a person must decide. `floor` is the least protective outcome still possible and
    `ceiling` the most protective one: queues and clocks follow the ceiling. Tables without an order of
    protection have neither when unsettled; `possible` lists what is left.
    """

    rule_id: str
    from_: date
    hash: str
    outcome: str | None
    floor: str | None
    ceiling: str | None
    row: str | None
    possible: tuple[str, ...]
    labels: Mapping[str, Text]
    asks: tuple[Ask, ...]
    reasons: tuple[Text, ...]
    inputs: Mapping[str, str | int | None]
    cite: Cite | None
    assumption: Text | None
    applies: str = "yes"
    scores: Mapping[str, tuple[int, int]] | None = None

    @property
    def needs_person(self) -> bool:
        return self.outcome is None

    @property
    def label(self) -> Text:
        """The outcome in words, or 人工研判."""
        return self.labels[self.outcome] if self.outcome is not None else PERSON_DECIDES


Walk = Callable[[Mapping[str, Answer]], Ruling]


def asks(inputs: Mapping[str, Input], answers: Mapping[str, Answer], walk: Walk, table: Table) -> tuple[Ask, ...]:
    """Open questions that can change the outcome, the one that settles most first."""
    ruling = walk(answers)
    if ruling.settled is not None:
        return ()
    samples = table.samples()
    found: list[tuple[float, int, Ask]] = []
    for name, question in inputs.items():
        if answers.get(name) is not None:
            continue
        values = samples.get(name) or list(question.choices) or [question.least, question.most]
        tried = [(value, walk({**answers, name: value})) for value in values]
        settles = tuple(str(value) for value, then in tried if then.settled is not None)
        if any(then.outcomes != ruling.outcomes for _, then in tried):
            found.append((-len(settles) / max(len(values), 1), len(found), Ask(name, question.ask, settles)))
    return tuple(ask for *_, ask in sorted(found, key=lambda item: item[:2]))


def reasons(
    table: Table, ruling: Ruling, answers: Mapping[str, Answer], inputs: Mapping[str, Input]
) -> tuple[Text, ...]:
    """Why: the row that holds, then for each row that may hold what it would say and what it waits for."""
    told = [_told(row, table, inputs) for row in (ruling.certain,) if row is not None]
    for row in ruling.possible:
        if ruling.certain is not None and row.then == ruling.certain.then:
            continue
        missing = [inputs[name].ask for name, test in row.tests if test.holds(answers.get(name)) is None]
        label = table.outcome(row.then).label
        told.append(
            Text(
                f"可能為「{label.zh}」，待確認：" + "；".join(ask.zh for ask in missing),
                f"Could be “{label.to('en')}”; still to ask: " + "; ".join(ask.to("en") for ask in missing),
            )
        )
    return tuple(told)


def _told(row: Row, table: Table, inputs: Mapping[str, Input]) -> Text:
    if row.why is not None:
        return row.why
    label = table.outcome(row.then).label
    if not row.tests:
        return Text(f"以上情形皆無，為「{label.zh}」", f"None of the above: {label.to('en')}")
    pairs = [(inputs[name].ask, test) for name, test in row.tests]
    zh = "；".join(f"{ask.zh}{test.to('zh')}" for ask, test in pairs)
    en = "; ".join(f"{ask.to('en')} {test.to('en')}" for ask, test in pairs)
    return Text(f"{zh}，為「{label.zh}」", f"{en}: {label.to('en')}")


def flat(answers: Mapping[str, Answer]) -> dict[str, str | int | None]:
    """Answers as one flat document for storing; a span is written `2..5`."""
    return {
        name: f"{answer.least}..{answer.most}" if isinstance(answer, Span) else answer
        for name, answer in answers.items()
    }


def ends(ruling: Ruling, ordered: bool) -> tuple[str | None, str | None]:
    """Floor and ceiling: the least and the most protective outcome still possible."""
    outcomes = ruling.outcomes
    if not outcomes or (not ordered and len(outcomes) > 1):
        return None, None
    return outcomes[-1], outcomes[0]
