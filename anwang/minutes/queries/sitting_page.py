"""What the page of a sitting is made of: its head, sections, points with decisions, corrections, doubts, guests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from anwang.foundation import roc
from anwang.minutes.official import STANDING
from anwang.minutes.states import OUT, ItemKind, SittingState

from .words import clock, day


@dataclass(frozen=True)
class DecisionLine:
    """A decision as printed, with what was read in it. `amended` by later minutes: (sitting, its title, words)."""

    id: str
    item: str
    line: int
    number: str
    level: int
    text: str
    tracking: str
    tracking_words: str
    cases: tuple[tuple[int, str], ...]
    due: str
    recurrence: str
    units: tuple[str, ...]
    known: tuple[str, ...]
    amended: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Answer:
    unit: str
    is_chair: bool
    text: str


@dataclass(frozen=True)
class ItemPart:
    """A point with its answers and decisions."""

    id: str
    line: int
    section: str
    label: str
    title: str
    kind: str
    kind_words: str
    unit: str
    explanation: str
    speaker: str
    lead: str
    answers: tuple[Answer, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    materials: tuple[Paper, ...] = ()

    @property
    def is_standing(self) -> bool:
        """The standing first report, 前次會議決議辦理情形, whose words can be filled in from what is tracked."""
        return self.kind == ItemKind.FOLLOWUP and self.title == STANDING


@dataclass(frozen=True)
class SectionPart:
    id: str
    heading: str
    text: str
    items: tuple[ItemPart, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Something uncertain; `around` are the printed lines beside it, filled in on the page that settles it."""

    id: str
    line: int
    text: str
    why: str
    why_words: str
    settled: str
    settled_words: str
    words: str


@dataclass(frozen=True)
class Correction:
    id: str
    target: str
    text: str
    was: str
    earlier: str
    earlier_id: str


@dataclass(frozen=True)
class Guest:
    id: str
    unit: str
    who: str
    attends: str
    attends_words: str
    came: str
    came_words: str
    instead: str


@dataclass(frozen=True)
class Paper:
    id: str
    item: str
    name: str
    size: int


@dataclass(frozen=True)
class SittingPage:
    """A sitting, ready for the page and for the official form."""

    id: UUID
    unit_id: UUID
    unit: str
    series_id: UUID | None
    series: str
    body: str
    number: int | None
    title: str
    met_on: date | None
    start_time: time | None
    adjourned_time: time | None
    place: str
    chair: str
    recorder: str
    state: str
    file: str
    first_line: int | None
    last_line: int | None
    paper_number: str
    confirmed_in: UUID | None
    confirmed_title: str
    days_after: list[str]
    sections: tuple[SectionPart, ...] = ()
    loose: tuple[ItemPart, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    guests: tuple[Guest, ...] = ()
    papers: tuple[Paper, ...] = ()
    items: tuple[ItemPart, ...] = field(default=())

    @property
    def state_words(self) -> str:
        return str(SittingState(self.state).label)

    @property
    def when(self) -> str:
        return " ".join(filter(None, [day(self.met_on), clock(self.start_time)]))

    @property
    def further_days(self) -> str:
        """The days on which it sat again, one on a line, as the form takes them."""
        return "\n".join(" ".join(filter(None, (roc.roc_long(on), hours))) for on, hours in self._again())

    @property
    def again(self) -> tuple[str, ...]:
        """The days on which it sat again, in the reader's language."""
        return tuple(" ".join(filter(None, (day(on), hours))) for on, hours in self._again())

    def _again(self) -> list[tuple[date, str]]:
        split = [one.partition(" ") for one in self.days_after]
        return [(date.fromisoformat(on), hours) for on, _space, hours in split]

    @property
    def over(self) -> str:
        return clock(self.adjourned_time)

    @property
    def is_imported(self) -> bool:
        return bool(self.first_line)

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        return tuple(one for one in self.doubts if not one.settled)

    def text_of(self, title: str) -> str:
        """What stands in the section of this title."""
        return next((one.text for one in self.sections if one.heading.endswith(title)), "")
