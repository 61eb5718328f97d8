"""Typed handles: ask a rule by date and get a value, advice, or a code list with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .advice import Advice, asks, ends, flat, reasons
from .cites import Cite
from .conditions import Answer, Span, plain
from .instruments import Instrument
from .problems import WrongAnswer
from .tables import Ruling, Table
from .text import Text
from .values import Code, Codelist, Value
from .versions import Handle, Version


@dataclass(frozen=True)
class Dated:
    """A version seen through a typed handle; everything of the version is reachable by name."""

    version: Version[Any]

    @property
    def rule_id(self) -> str:
        return self.version.rule_id

    @property
    def from_(self) -> date:
        return self.version.from_

    @property
    def hash(self) -> str:
        return self.version.hash

    @property
    def cite(self) -> Cite | None:
        return self.version.cite

    @property
    def assumption(self) -> Text | None:
        return self.version.assumption

    @property
    def body(self) -> Mapping[str, Any]:
        return self.version.body

    @property
    def title(self) -> Text:
        return self.version.title


class DatedValue(Dated):
    """A value in force; `.value` is an int, a word, `yes`/`no`, a length, or a tuple of words or Steps."""

    @property
    def content(self) -> Value:
        return self.version.content  # type: ignore[no-any-return]  # the handle checked the kind

    @property
    def value(self) -> Any:
        return self.content.value


class DatedTable(Dated):
    """A table in force."""

    @property
    def content(self) -> Table:
        return self.version.content  # type: ignore[no-any-return]  # the handle checked the kind

    def advise(self, inputs: Mapping[str, Any]) -> Advice:
        """Advice for these answers; missing or None is unknown. Raises WrongAnswer on strange ones."""
        return judge(self.version, inputs)


class DatedInstrument(Dated):
    """An instrument in force."""

    @property
    def content(self) -> Instrument:
        return self.version.content  # type: ignore[no-any-return]  # the handle checked the kind

    def assess(self, answers: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> Advice:
        """Level from answers; `facts` (age, sex…) say whether it was made for this person (`.applies`)."""
        return judge(self.version, answers, facts)


class DatedCodelist(Dated):
    """A code list in force."""

    @property
    def content(self) -> Codelist:
        return self.version.content  # type: ignore[no-any-return]  # the handle checked the kind

    @property
    def codes(self) -> tuple[Code, ...]:
        return self.content.codes

    def __getitem__(self, code: str) -> Code:
        return self.content[code]

    def __contains__(self, code: object) -> bool:
        return code in self.content

    def __iter__(self) -> Iterator[Code]:
        return iter(self.content.codes)


@dataclass(frozen=True)
class _Typed:
    """`on` raises NotInForce when there is no version that day; `get` gives None."""

    handle: Handle[Any]

    @property
    def rule_id(self) -> str:
        return self.handle.rule_id

    @property
    def title(self) -> Text:
        return self.handle.title


class ValueHandle(_Typed):
    def on(self, on: date, county: str | None = None) -> DatedValue:
        return DatedValue(self.handle.on(on, county))

    def get(self, on: date, county: str | None = None) -> DatedValue | None:
        return DatedValue(found) if (found := self.handle.get(on, county)) else None


class TableHandle(_Typed):
    def on(self, on: date, county: str | None = None) -> DatedTable:
        return DatedTable(self.handle.on(on, county))

    def get(self, on: date, county: str | None = None) -> DatedTable | None:
        return DatedTable(found) if (found := self.handle.get(on, county)) else None


class InstrumentHandle(_Typed):
    def on(self, on: date, county: str | None = None) -> DatedInstrument:
        return DatedInstrument(self.handle.on(on, county))

    def get(self, on: date, county: str | None = None) -> DatedInstrument | None:
        return DatedInstrument(found) if (found := self.handle.get(on, county)) else None


class CodelistHandle(_Typed):
    def on(self, on: date, county: str | None = None) -> DatedCodelist:
        return DatedCodelist(self.handle.on(on, county))

    def get(self, on: date, county: str | None = None) -> DatedCodelist | None:
        return DatedCodelist(found) if (found := self.handle.get(on, county)) else None


def judge(version: Version[Any], inputs: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> Advice:
    """Advice of a table or instrument version for flat inputs."""
    answers = {name: _answer(value) for name, value in inputs.items()}
    if isinstance(version.content, Table):
        return _table_advice(version, version.content, answers)
    if isinstance(version.content, Instrument):
        return _instrument_advice(version, version.content, answers, facts or {})
    raise WrongAnswer(f"{version.rule_id} is a {version.kind}: it gives no advice")


def _answer(value: Any) -> Answer:
    if isinstance(value, str) and ".." in value:
        least, _, most = value.partition("..")
        if least.isdigit() and most.isdigit():
            return Span(int(least), int(most))
    return value if isinstance(value, Span) else plain(value)


def settle(table: Table, inputs: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Outcome, floor and ceiling for flat inputs: what `judge` says of a table, without its reasons and questions."""
    return _settled(table, table.walk(table.read_answers({name: _answer(value) for name, value in inputs.items()})))


def _settled(table: Table, ruling: Ruling) -> tuple[str | None, str | None, str | None]:
    return (ruling.settled, *ends(ruling, table.ordered))


def _table_advice(version: Version[Any], table: Table, given: Mapping[str, Answer]) -> Advice:
    answers = table.read_answers(given)
    ruling = table.walk(answers)
    settled, floor, ceiling = _settled(table, ruling)
    row = next((one for one in (ruling.certain, *ruling.possible) if one and one.then == settled), None)
    return Advice(
        version.rule_id,
        version.from_,
        version.hash,
        settled,
        floor,
        ceiling,
        row.name if row else None,
        ruling.outcomes,
        {outcome.code: outcome.label for outcome in table.outcomes},
        asks(table.inputs, answers, table.walk, table),
        reasons(table, ruling, answers, table.inputs),
        flat(answers),
        version.cite,
        version.assumption,
    )


def _instrument_advice(
    version: Version[Any], instrument: Instrument, given: Mapping[str, Answer], facts: Mapping[str, Any]
) -> Advice:
    applies = instrument.applies({name: plain(value) for name, value in facts.items()})
    if instrument.levels is None:
        return _unscored(version, instrument, given, applies)
    answers = instrument.read_answers(given)
    table, ruling = instrument.levels, instrument.walk(answers)
    scores = instrument.score(answers)
    floor, ceiling = ends(ruling, table.ordered)
    settled = ruling.settled
    row = next((one for one in (ruling.certain, *ruling.possible) if one and one.then == settled), None)
    open_items = {item.id: table.inputs[item.id] for item in instrument.rated.values()}
    seen = {**answers, **scores}
    spans = {name: _ends(score) for name, score in scores.items()}
    return Advice(
        version.rule_id,
        version.from_,
        version.hash,
        settled,
        floor,
        ceiling,
        row.name if row else None,
        ruling.outcomes,
        {outcome.code: outcome.label for outcome in table.outcomes},
        asks(open_items, answers, instrument.walk, table),
        reasons(table, ruling, seen, table.inputs),
        flat(answers),
        version.cite,
        version.assumption,
        applies,
        spans,
    )


def _unscored(
    version: Version[Any], instrument: Instrument, given: Mapping[str, Answer], applies: str
) -> Advice:  # fmt: skip
    """What a form says that gives no score: its items were not published, or it only writes down."""
    if instrument.is_reported:
        said = Text("題目與門檻未取得，依填表人回報結果並由人研判", "Items not published: take the result as reported")
    else:
        instrument.read_answers(given)
        said = Text("這張表不計分", "This form gives no score")
    results = dict(instrument.reported_results)
    return Advice(
        version.rule_id, version.from_, version.hash, None, None, None, None, (), results, (), (said,), flat(given),
        version.cite, version.assumption, applies,
    )  # fmt: skip


def _ends(score: Answer) -> tuple[int, int]:
    """The least and the most a score can be."""
    return (score.least, score.most) if isinstance(score, Span) else (int(score or 0), int(score or 0))
