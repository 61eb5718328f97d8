"""A year counted again: the same inputs under two versions, by the functions that advise and count on the pages.

Plain Python over rows that say how often each distinct input came; who changes side is counted by county and group.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import md5
from typing import Any, NamedTuple  # Any: the content of a rule

from anwang.rulebook import Rulebook, WrongAnswer
from anwang.rulebook.again import UNKNOWN, Again, Due
from anwang.rulebook.handles import settle
from anwang.rulebook.owed import Owed
from anwang.rulebook.schedules import Stage
from anwang.rulebook.tables import Table
from anwang.rulebook.versions import Version

Tick = Callable[[int, int], None]
EXAMPLES = 200
"""Inputs kept by their sum, for examples to those who may read the files."""
EVERY = 20_000
"""Progress is told each time so many rows are done."""
IN_TIME, LATE, OPEN = "in_time", "late", "open"
MORE, SAME, FEWER = "more", "same", "fewer"


class Row(NamedTuple):
    """What came, how often: `inputs` as stored (JSON), `decided` what people decided, or how it was settled."""

    county: str
    group: str
    inputs: str
    decided: str
    n: int
    at: datetime | None = None


class Lines:
    """Rows still as text, as `lab_line` writes them, each read when its turn comes."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Row]:
        for line in self._lines:
            county, group, decided, n, at, inputs = line.split("\x1f")
            yield Row._make((county, group, inputs, decided, int(n), datetime.fromisoformat(at) if at else None))


Rows = Sequence[Row] | Lines


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


def advice(rows: Rows, pair: Pair, tick: Tick) -> Tally:
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

    for row in counted(rows, tick, tally):
        before, after = pair.of(row.county)
        tally.note(row, asked(before, row.inputs), asked(after, row.inputs))
    return tally


def duties(rows: Rows, pair: Pair, book: Rulebook, now: datetime, tick: Tick) -> Tally:
    """Duties of the rule: when each would have been due, and whether what was done would have been in time."""
    tally = Tally()
    clocks: dict[str, Again] = {}
    moved: dict[tuple[str, timedelta], int] = defaultdict(int)
    for row in counted(rows, tick, tally):
        clock = clocks.get(row.county)
        if clock is None:
            clock = clocks[row.county] = Again(pair.of(row.county), book)
        was, would = clock.due(row.inputs)
        tally.note(row, _stands(was, row.at, now), _stands(would, row.at, now))
        if not isinstance(was, str) and not isinstance(would, str):
            moved[row.county, would - was] += row.n
    for (county, later), n in moved.items():
        sums = tally.hours[county]
        sums[0] += n
        sums[1] += n * later / timedelta(hours=1)
    tally.distinct = sum(clock.asked for clock in clocks.values())
    return tally


def _stands(due: Due, done: datetime | None, now: datetime) -> str:
    """In time, late, or still open at that hour; or why there is no due date."""
    if isinstance(due, str):
        return due
    if done is None:
        return LATE if now > due else OPEN
    return LATE if done > due else IN_TIME


def courses(rows: Rows, pair: Pair, since: date, before: date, tick: Tick) -> Tally:
    """Courses that ran under the rule: the contacts their windows owe that end within the time."""
    tally = Tally()
    counts: dict[tuple[Stage, ...], Owed] = {}
    asked: dict[str, tuple[Owed, Owed]] = {}
    for row in counted(rows, tick, tally):
        both = asked.get(row.county)
        if both is None:
            steps = [version.content.steps if version else () for version in pair.of(row.county)]
            was, would = (counts.setdefault(one, Owed(one, since, before)) for one in steps)
            both = asked[row.county] = was, would
        days = [date.fromisoformat(one) for one in json.loads(row.inputs)]
        owed, then = both[0].contacts(*days), both[1].contacts(*days)
        tally.note(row, SAME, SAME if owed == then else MORE if then > owed else FEWER)
        sums = tally.hours[row.county]
        sums[0] += row.n * owed
        sums[1] += row.n * then
    tally.distinct = sum(count.asked for count in counts.values())
    return tally


def counted(rows: Rows, tick: Tick, tally: Tally) -> Iterable[Row]:
    """Row by row, with progress."""
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            tick(number, len(rows))
        tally.rows += row.n
        yield row
    tick(len(rows), len(rows))
