"""Versioned instruments: items, answers, scores with bounds where answers are missing, levels as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .conditions import Answer, Condition, Span
from .problems import WrongAnswer
from .tables import Ruling, Table
from .text import Text

SILENT = ("unknown", "declined", "unsafe")
"""Answers that say why there is none: not known, did not want to say, unsafe to ask. Kept, never counted."""
RATED = "rated"
ITEM_KINDS = (RATED, "text", "date", "number")
"""`rated` items take the answers of the instrument and may count; the others are written down and never count."""
ABOUT = ("person", "child", "family")
DATED_BY = ("filled", "event", "report")
KEPT_AS = ("", "safety", "assessment")


@dataclass(frozen=True)
class Item:
    """One question. `weight` counts in sums; `level` and `group` sort items for counting and for display.

    `reversed`: the answer that is least elsewhere counts most here, as "satisfied with life" in a scale of low spirits.
    """

    id: str
    ask: Text
    weight: int = 1
    level: str = ""
    group: str = ""
    kind: str = RATED
    required: bool = False
    reversed: bool = False

    @property
    def is_rated(self) -> bool:
        return self.kind == RATED


@dataclass(frozen=True)
class Score:
    """A sum of answers, or a count of `yes` among items of one level."""

    name: str
    label: Text
    items: tuple[str, ...]

    def of(self, items: Mapping[str, Item], answers: Mapping[str, Answer], fewest: int, most: int) -> Answer:
        """The score, or the span it must lie in while answers are missing."""
        least = top = 0
        for name in self.items:
            given, item = answers.get(name), items[name]
            if given is None or given in SILENT:
                least, top = least + fewest * item.weight, top + most * item.weight
                continue
            points = {"yes": 1, "no": 0}.get(given, 0) if isinstance(given, str) else int(given)  # type: ignore[arg-type]
            points = fewest + most - points if item.reversed else points
            least, top = least + points * item.weight, top + points * item.weight
        return least if least == top else Span(least, top)

    def bounds(self, items: Mapping[str, Item], fewest: int, most: int) -> tuple[int, int]:
        """The least and the most it can be."""
        weights = sum(items[name].weight for name in self.items)
        return fewest * weights, most * weights


@dataclass(frozen=True)
class Use:
    """What an instrument is filled for, as its file says.

    `about`: person, child or family. `dated_by`: whether the day it was filled, of the event, or of the report
    decides the version. `zone`: the zone of the file in which the answers lie. `kinds`: kinds of case it is offered in
    first. `many_networks`: several networks fill it about one person. `kept_as`: the paper of the case it also is.
    `draft`: nobody may fill it yet, and it may still change.
    """

    about: str = "person"
    dated_by: str = "filled"
    zone: str = "case"
    kinds: tuple[str, ...] = ()
    many_networks: bool = False
    kept_as: str = ""
    draft: bool = False


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
    use: Use = Use()

    @property
    def most(self) -> int:
        return max(map(int, self.answers)) if self.numeric else 1

    @property
    def fewest(self) -> int:
        """The points of the least answer; a scale may begin at one."""
        return min(map(int, self.answers)) if self.numeric else 0

    @property
    def rated(self) -> dict[str, Item]:
        """The items that take the answers of the instrument."""
        return {name: item for name, item in self.items.items() if item.is_rated}

    @property
    def is_reported(self) -> bool:
        """Whether version and result are taken as somebody reports them."""
        return not self.items

    @property
    def results(self) -> tuple[tuple[str, Text], ...]:
        """The levels it can give, most protective first: computed ones, else those reported."""
        if self.levels is not None:
            return tuple((outcome.code, outcome.label) for outcome in self.levels.outcomes)
        return self.reported_results

    def read_answers(self, given: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers for every rated item, None where there is none; raises WrongAnswer on strange items or answers."""
        strange = set(given) - set(self.items)
        if strange:
            raise WrongAnswer(f"no such item: {', '.join(sorted(strange))}")
        for name, answer in given.items():
            is_said = answer is not None and answer not in SILENT
            if is_said and self.items[name].is_rated and str(answer) not in self.answers:
                raise WrongAnswer(f"{name}: {answer!r}")
        return {name: self._said(given.get(name)) for name in self.rated}

    def _said(self, answer: Answer) -> Answer:
        if answer is None or answer in SILENT:
            return None
        return int(answer) if self.numeric and isinstance(answer, str) else answer

    def score(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {score.name: score.of(self.items, answers, self.fewest, self.most) for score in self.scores}

    def walk(self, answers: Mapping[str, Answer]) -> Ruling:
        assert self.levels is not None
        return self.levels.walk({**answers, **self.score(answers)})

    def applies(self, facts: Mapping[str, Answer]) -> str:
        """Whether it was made for this person: yes, no or unknown."""
        held = [test.holds(facts.get(name)) for name, test in self.valid_for.items()]
        return "no" if False in held else "unknown" if None in held else "yes"
