"""Versions of a duty asked for many inputs: when each would be due, as `Rulebook.due_again` says of each alone.

The inputs of a year differ in their instants and hardly in anything else. A count by days knows of an instant only its
day in Taipei (backwards also whether it is midnight), a count by hours moves every instant by as much. So one of each
kind is asked, and what it said holds for all of its kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from anwang.foundation.clock import day_there, local
from anwang.foundation.days import Length

from .book import Rulebook
from .clocks import parse_instant
from .duties import Duty
from .problems import WrongAnswer
from .versions import Version

Due = datetime | str
"""When it is due, or why it has no day: NOT_OWED, UNKNOWN."""
NOT_OWED, UNKNOWN = "not_owed", "unknown"
_Said = tuple[Due | None, timedelta | None, int]
"""When it is due; or how much later than which of the starts."""
_INSTANTS = re.compile(r'"(\d{4}-\d\d-\d\dT[^"\\]*)"').split
_MARK = "instant %d"


@dataclass(slots=True)
class _Kind:
    """Inputs that are equal but for their instants: at which places those stand that are counted from or tested.

    `said`: by what the count knows of them, what each version says.
    """

    starts: tuple[int, ...]
    start_of: tuple[int | None, ...]
    """Which of the starts is each version's."""
    tested: tuple[int, ...]
    is_plain: bool
    """One start, nothing tested that is an instant: almost always."""
    said: dict[Hashable, tuple[_Said, ...]] = field(default_factory=dict)


class Again:
    """Several versions (None: not in force) asked together, so that what is equal is read once. `asked`: how often."""

    def __init__(self, versions: Sequence[Version[Duty] | None], book: Rulebook) -> None:
        self._versions, self._book = tuple(versions), book
        duties = [one.content for one in versions if one is not None]
        self._exact = [one is not None and Length.parse(one.content.within).is_exact for one in versions]
        self._by_day = any(not Length.parse(one.within).is_exact for one in duties)
        self._by_midnight = self._by_day and any(one.backwards for one in duties)
        self._kinds: dict[tuple[str, ...], _Kind] = {}
        self.asked = 0

    def due(self, text: str) -> list[Due]:
        """What each version says of inputs as they were kept (JSON)."""
        parts = _INSTANTS(text)
        bones = tuple(parts[::2])
        kind = self._kinds.get(bones)
        if kind is None:
            kind = self._kinds[bones] = self._kind(bones)
        starts = [parse_instant(parts[at]).astimezone(UTC) for at in kind.starts]
        if kind.is_plain:
            known = self._part(starts[0])
        else:
            known = (*map(self._part, starts), *[parts[at] for at in kind.tested])
        said = kind.said.get(known)
        if said is None:
            said = kind.said[known] = self._ask(json.loads(text), starts, kind.start_of)
        return [due if later is None else starts[at] + later for due, later, at in said]  # type: ignore[misc]

    def _part(self, start: datetime) -> Hashable:
        """What the counts know of the instant they begin with."""
        if not self._by_day:
            return None
        return (day_there(start), local(start).time() == time()) if self._by_midnight else day_there(start)

    def _kind(self, bones: tuple[str, ...]) -> _Kind:
        marked = "".join(bone + f'"{_MARK % at}"' for at, bone in enumerate(bones))
        inputs = json.loads(marked[: -len(f'"{_MARK % (len(bones) - 1)}"')])
        place = {_MARK % at: 2 * at + 1 for at in range(len(bones) - 1)}
        start_of = [self._start(one, inputs, place) for one in self._versions]
        starts = tuple(sorted({at for at in start_of if at is not None}))
        tested = {name for one in self._versions if one is not None for name in _tested(one.content)}
        places = tuple(sorted({place[inputs[name]] for name in tested if inputs.get(name) in place}))
        return _Kind(
            starts,
            tuple(None if at is None else starts.index(at) for at in start_of),
            places,
            len(starts) == 1 and not places,
        )

    def _start(self, version: Version[Duty] | None, inputs: Mapping[str, Any], place: Mapping[str, int]) -> int | None:
        if version is None:
            return None
        name = version.content.counted_from if inputs.get(version.content.counted_from) is not None else "at"
        told = inputs.get(name)
        return place.get(told) if isinstance(told, str) and (name == "at" or name.endswith("_at")) else None

    def _ask(
        self, inputs: Mapping[str, Any], starts: Sequence[datetime], start_of: Sequence[int | None]
    ) -> tuple[_Said, ...]:
        self.asked += 1
        found: list[_Said] = []
        for version, at, is_exact in zip(self._versions, start_of, self._exact, strict=True):
            due = one_by_one(version, self._book, inputs)
            moves = is_exact and at is not None and isinstance(due, datetime)
            found.append((None, due - starts[at], at) if moves else (due, None, 0))  # type: ignore[operator,index]
        return tuple(found)


def one_by_one(version: Version[Duty] | None, book: Rulebook, inputs: Mapping[str, Any]) -> Due:
    """What one version says of one duty's inputs."""
    if version is None:
        return NOT_OWED
    try:
        return book.due_again(version, inputs) or NOT_OWED
    except WrongAnswer:
        return UNKNOWN


def _tested(duty: Duty) -> set[str]:
    return {*duty.only_if, *duty.only_known, *duty.unless}
