"""A year counted again: the same inputs under two versions, by the functions that advise and count on the pages.

Plain Python over rows that say how often each distinct input came; who changes side is counted by county and group.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import md5
from typing import Any, NamedTuple  # Any: the content of a rule

from anwang.rulebook import Rulebook, WrongAnswer
from anwang.rulebook.handles import settle
from anwang.rulebook.schedules import Stage, Stretch, tiles
from anwang.rulebook.tables import Table
from anwang.rulebook.versions import Version

Tick = Callable[[int, int], None]
EXAMPLES = 200
"""Inputs kept by their sum, for examples to those who may read the files."""
EVERY = 20_000
"""Progress is told each time so many rows are done."""
UNKNOWN, NOT_OWED, IN_TIME, LATE, OPEN = "unknown", "not_owed", "in_time", "late", "open"
MORE, SAME, FEWER = "more", "same", "fewer"


class Row(NamedTuple):
    """What came, how often: `inputs` as stored (JSON), `decided` what people decided, or how it was settled."""

    county: str
    group: str
    inputs: str
    decided: str
    n: int
    at: datetime | None = None


@dataclass
class Tally:
    """What a replay found. `moves`: (county, group, side before, side under the draft) → how many."""

    rows: int = 0
    distinct: int = 0
    moves: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    agreed: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """Of those, where people had decided then what the draft would advise."""
    hours: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    """By county: hours of deadline (duties) or contacts owed (courses), before and under the draft."""
    examples: list[str] = field(default_factory=list)

    def note(self, row: Row, before: str, after: str) -> None:
        key = (row.county, row.group, before, after)
        self.moves[key] += row.n
        if before == after:
            return
        if row.decided == after:
            self.agreed[key] += row.n
        if len(self.examples) < EXAMPLES:
            self.examples.append(md5(row.inputs.encode(), usedforsecurity=False).hexdigest())

    def stored(self) -> dict[str, Any]:
        """Ready for JSON; `read` gives it back."""
        return {
            "rows": self.rows, "distinct": self.distinct,
            "moves": [[*key, n, self.agreed[key]] for key, n in sorted(self.moves.items())],
            "sums": {county: [round(one, 2) for one in sums] for county, sums in sorted(self.hours.items())},
            "examples": list(dict.fromkeys(self.examples)),
        }  # fmt: skip


class Pair:
    """The version of a rule before and under the draft, by county, looked up once."""

    def __init__(self, base: Rulebook, draft: Rulebook, rule_id: str, on: date) -> None:
        self._handles = base.handle(rule_id), draft.handle(rule_id)
        self._on = on
        self._found: dict[str, tuple[Version[Any] | None, Version[Any] | None]] = {}

    def of(self, county: str) -> tuple[Version[Any] | None, Version[Any] | None]:
        found = self._found.get(county)
        if found is None:
            before, after = (handle.get(self._on, county or None) for handle in self._handles)
            found = self._found[county] = (before, after)
        return found


def side(table: Table, inputs: dict[str, Any]) -> str:
    """What the advice comes to: the outcome, or `?` with the most protective one still possible."""
    known = {name: value for name, value in inputs.items() if name in table.inputs}
    try:
        outcome, _floor, ceiling = settle(table, known)
    except WrongAnswer:
        return UNKNOWN
    return outcome if outcome is not None else f"?{ceiling or ''}"


def advice(rows: Sequence[Row], pair: Pair, tick: Tick) -> Tally:
    """Reports and their decisions: the advice on equal inputs is asked once."""
    tally = Tally(distinct=len({row.inputs for row in rows}))
    seen: dict[tuple[str, str], str] = {}

    def asked(version: Version[Any] | None, text: str) -> str:
        if version is None:
            return UNKNOWN
        found = seen.get((version.hash, text))
        if found is None:
            found = seen[version.hash, text] = side(version.content, json.loads(text))
        return found

    for row in _counted(rows, tick, tally):
        before, after = pair.of(row.county)
        tally.note(row, asked(before, row.inputs), asked(after, row.inputs))
    return tally


def duties(rows: Sequence[Row], pair: Pair, book: Rulebook, now: datetime, tick: Tick) -> Tally:
    """Duties of the rule: when each would have been due, and whether what was done would have been in time."""
    tally = Tally(distinct=len({row.inputs for row in rows}))
    clocks: dict[str, _Again] = {}
    for row in _counted(rows, tick, tally):
        inputs = json.loads(row.inputs)
        before, after = (_again(version, book, clocks)(inputs) for version in pair.of(row.county))
        tally.note(row, _stands(before, row, now), _stands(after, row, now))
        if isinstance(before, datetime) and isinstance(after, datetime):
            sums = tally.hours[row.county]
            sums[0] += row.n
            sums[1] += row.n * (after - before) / timedelta(hours=1)
    return tally


class _Again:
    """When duties of one version would be due; asked once for all inputs that are equal in what it reads."""

    def __init__(self, version: Version[Any], book: Rulebook) -> None:
        self._version, self._book = version, book
        self._names = (*sorted(version.content.reads()), "at", "county")
        self._known: dict[tuple[Any, ...], datetime | str] = {}

    def __call__(self, inputs: dict[str, Any]) -> datetime | str:
        key = tuple([inputs.get(name, NOT_OWED) for name in self._names])
        found = self._known.get(key)
        if found is None:
            try:
                found = self._book.due_again(self._version, inputs) or NOT_OWED
            except WrongAnswer:
                found = UNKNOWN
            self._known[key] = found
        return found


def _again(
    version: Version[Any] | None, book: Rulebook, clocks: dict[str, _Again]
) -> Callable[[dict[str, Any]], datetime | str]:  # fmt: skip
    if version is None:
        return lambda _inputs: NOT_OWED
    found = clocks.get(version.hash)
    if found is None:
        found = clocks[version.hash] = _Again(version, book)
    return found


def _stands(due: datetime | str, row: Row, now: datetime) -> str:
    """In time, late, or still open at that hour; or why there is no due date."""
    if isinstance(due, str):
        return due
    if row.at is None:
        return LATE if now > due else OPEN
    return LATE if row.at > due else IN_TIME


def courses(rows: Sequence[Row], pair: Pair, since: date, before: date, tick: Tick) -> Tally:
    """Courses that ran under the rule: the contacts their windows owe that end within the time."""
    tally = Tally(distinct=len({row.inputs for row in rows}))
    for row in _counted(rows, tick, tally):
        origin, begins, ends = (date.fromisoformat(one) for one in json.loads(row.inputs))
        owed = [
            _contacts(version.content.steps if version else (), origin, begins, since, min(ends, before))
            for version in pair.of(row.county)
        ]
        tally.note(row, SAME, SAME if owed[0] == owed[1] else MORE if owed[1] > owed[0] else FEWER)
        sums = tally.hours[row.county]
        sums[0] += row.n * owed[0]
        sums[1] += row.n * owed[1]
    return tally


def _contacts(steps: tuple[Stage, ...], origin: date, begins: date, since: date, before: date) -> int:
    if not steps or begins >= before:
        return 0
    windows = tiles([Stretch(begins, origin, steps)], before)
    return sum(one.contacts for one in windows if since <= one.ends_on < before)


def _counted(rows: Sequence[Row], tick: Tick, tally: Tally) -> Iterable[Row]:
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            tick(number, len(rows))
        tally.rows += row.n
        yield row
    tick(len(rows), len(rows))
