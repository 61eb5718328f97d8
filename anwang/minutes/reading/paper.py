"""What minutes are made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any  # a JSON document

RELEASED, CONDITION, CONTINUED, SPECIAL = "released", "released_with_condition", "continued", "special_meeting"


@dataclass
class Decision:
    """One numbered decision: `no` as printed without its comma, `parent` the number it stands under.

    `due` is an ISO date or month, or the phrase as printed; `tracking` one of released, released_with_condition,
    continued, special_meeting, or None where the cases it names fare differently or none is tracked.
    """

    no: str | None
    level: int
    parent: str | None
    text: str
    line: int
    tracking: str | None = None
    tracking_cases: list[dict[str, Any]] = field(default_factory=list)
    due: str | None = None
    recurrence: str | None = None
    units: list[str] = field(default_factory=list)


@dataclass
class Response:
    """What a unit answered; `role` is chair for whoever presides, else unit."""

    unit: str
    role: str
    text: str
    line: int


@dataclass
class Item:
    """One point of the agenda, or one speaker of an open forum. `lead` introduces its decisions."""

    section: str
    label: str | None
    title: str
    kind: str
    line: int
    unit: str | None = None
    explanation: str = ""
    speaker: str | None = None
    lead: str = ""
    responses: list[Response] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@dataclass
class Section:
    """A part of the meeting, as 參、報告案; `text` is what stands in it outside its items."""

    label: str | None
    title: str
    text: str
    line: int

    @property
    def heading(self) -> str:
        return f"{self.label}、{self.title}" if self.label else self.title


@dataclass
class Session:
    """One day of a meeting that sat on several; the hours None where they are not printed."""

    date: str
    start_time: str | None
    adjourned_time: str | None

    def __str__(self) -> str:
        hours = "-".join(filter(None, (self.start_time, self.adjourned_time)))
        return f"{self.date} {hours}".strip()


@dataclass
class Amendment:
    """A correction of earlier minutes: what it corrects, and the words that stand there from now on."""

    target: str
    text: str
    line: int


@dataclass
class Doubt:
    """Something a person must look at: where, the words, and `why` as a code of `doubts.WORDS`."""

    line: int
    text: str
    why: str


@dataclass
class Node:
    """One printed line and what it was taken for; all of them together are the paper."""

    line: int
    kind: str
    text: str


@dataclass
class Minutes:
    """A paper read. Everything that was not found is None. `sessions` are its days where it sat on more than one;
    date and hours are then those of the first."""

    title: str = ""
    number: int | None = None
    date: str | None = None
    start_time: str | None = None
    place: str | None = None
    chair: str | None = None
    recorder: str | None = None
    adjourned_time: str | None = None
    sessions: list[Session] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    uncertain: list[Doubt] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def as_json(minutes: Minutes) -> dict[str, Any]:
    """One object, ready for `json.dumps`."""
    return asdict(minutes)
