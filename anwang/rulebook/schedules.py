"""Schedules of contacts (期程): so many contacts in each window of time, and the windows that follow from a day.

Windows tile: the first begins the day after the day counted from, each next one the day after the one before, without
gap or overlap. Windows of equal unit are all counted from the beginning of their run, so that months do not drift
(30 January: 31 January to 28 February, 1 to 30 March, 31 March to 30 April). A change cuts the running window on the
day before it; what is left of it, and what is begun in the middle, owes its share (down for what was cut, up for what
is left).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise
from typing import Any

from anwang.foundation.days import Length, Unit, last_day

from .conditions import Condition, Facts, plain
from .duties import _events, _one, _part, _tests, _yes
from .problems import Report
from .text import Text
from .versions import Handle, Version

KEYS = (
    "group",
    "level",
    "kinds",
    "per",
    "starts_when",
    "only_if",
    "only_known",
    "unless",
    "counted_from",
    "again",
    "ends_when",
    "steps",
    "set_by",
    "owner",
    "author",
    "counts",
    "effort",
    "least",
    "review_every",
    "owes",
    "joins",
    "register",
)
PER = ("subject", "matter")
JOINS = ("unit", "topic", "from", "under")
GENERIC = "followup.window"
UNSET = "unset"
_DAY = timedelta(days=1)
_BASE: dict[str, tuple[Unit, int]] = {
    "days": ("days", 1),
    "weeks": ("days", 7),
    "months": ("months", 1),
    "years": ("months", 12),
}


@dataclass(frozen=True)
class Stage:
    """`contacts` within `every`, of them `in_person`; `times` in a row, or on and on without."""

    every: str
    contacts: int
    in_person: int = 0
    times: int | None = None


@dataclass(frozen=True)
class Schedule:
    """The body of a schedule; see `policy/README.md` for the meaning of each word. No `steps`: nobody has set them."""

    group: str
    level: str
    kinds: frozenset[str]
    per: str
    starts_when: tuple[str, ...]
    only_if: Mapping[str, Condition]
    only_known: Mapping[str, Condition]
    unless: Mapping[str, Condition]
    counted_from: str
    again: bool
    """Whether the event starts a course of its own beside one that runs (a new attempt is a new episode)."""
    ends_when: frozenset[str]
    steps: tuple[Stage, ...]
    set_by: Text | None
    owner: Text
    author: Text | None
    counts: frozenset[str]
    """Methods of contact that count when the person was reached; empty for all."""
    effort: bool
    least: str
    review_every: str
    owes: str
    """Rule id of the duty that a window is."""
    joins: Mapping[str, str]
    register: str

    @property
    def is_set(self) -> bool:
        return bool(self.steps)

    def starts(self, event: str, facts: Facts) -> bool:
        """Whether the event begins it; read as `Duty.starts` reads."""
        if event not in self.starts_when or not self.is_set:
            return False
        for name, test in self.only_if.items():
            if name not in facts or test.holds(plain(facts[name])) is False:
                return False
        if not all(test.holds(plain(facts.get(name))) for name, test in self.only_known.items()):
            return False
        return not any(test.holds(plain(facts.get(name))) for name, test in self.unless.items())


@dataclass(frozen=True)
class Stretch:
    """A piece of a course under one rule: from `begins_on` on, its windows counted from the day after `origin_on`."""

    begins_on: date
    origin_on: date
    steps: tuple[Stage, ...]


@dataclass(frozen=True)
class Window:
    """Days from `begins_on` to `ends_on` (both in it) in which `contacts` are owed; `every` is the whole window's."""

    n: int
    begins_on: date
    ends_on: date
    contacts: int
    in_person: int
    every: str
    is_cut: bool = False

    def holds(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


def tiles(stretches: Sequence[Stretch], until: date) -> Iterator[Window]:
    """The windows that begin by `until`, in order, numbered from 1."""
    number = count(1)
    for this, following in pairwise((*(one for one in _in_force(stretches)), None)):
        assert this is not None
        stops = following.begins_on if following else date.max
        for begins, ends, stage in grid(this.steps, this.origin_on):
            first, last = max(begins, this.begins_on), min(ends, stops - _DAY)
            if begins >= stops or first > until:
                break
            if ends < this.begins_on:
                continue
            share = (last - first + _DAY) / (ends - begins + _DAY)
            up = last == ends
            yield Window(
                next(number), first, last, part_of(stage.contacts, share, up), part_of(stage.in_person, share, up),
                stage.every, not up,
            )  # fmt: skip


def _in_force(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Without those that the next one replaced on their first day."""
    kept = [this for this, after in pairwise(stretches) if this.begins_on < after.begins_on]
    return [*kept, *stretches[-1:]]


def part_of(whole: int, share: float, up: bool) -> int:
    """What is owed in a share of a window, in whole contacts."""
    exact = whole * share
    return whole if share == 1 else -int(-exact // 1) if up else int(exact)


def grid(steps: Iterable[Stage], origin_on: date) -> Iterator[tuple[date, date, Stage]]:
    """Whole windows: first day, last day, stage. Runs of one unit are counted from where the run began."""
    anchor, unit, so_far, last = origin_on, "", 0, origin_on
    for stage in steps:
        length = Length.parse(stage.every)
        base, many = _BASE[length.unit]
        if base != unit:
            anchor, unit, so_far = last, base, 0
        for _ in range(stage.times) if stage.times else count():
            so_far += length.n * many
            end = last_day(anchor + _DAY, Length(so_far, base))
            yield last + _DAY, end, stage
            last = end


def stretches(handle: Handle[Schedule], county: str | None, origin_on: date, as_of: date) -> list[Stretch]:
    """The stretches of a course counted from `origin_on` under every rule in force until `as_of`.

    A version with the same steps is no change. Empty when nothing is set on the first day.
    """
    first = handle.get(origin_on, county)
    if first is None or not first.content.is_set:
        return []
    found = [Stretch(origin_on + _DAY, origin_on, first.content.steps)]
    for version in changes(handle, county, origin_on + _DAY, as_of):
        if version.content.steps != found[-1].steps:
            found.append(Stretch(version.from_, origin_on, version.content.steps))
    return found


def changes(handle: Handle[Schedule], county: str | None, after: date, as_of: date) -> list[Version[Schedule]]:
    """Versions with steps that came into force after `after` and until `as_of`, in order."""
    return [
        version
        for version in handle.versions(county)
        if after < version.from_ <= as_of and not version.withdrawn and version.content.is_set
    ]


def read_schedule(body: Mapping[str, Any], events: Mapping[str, frozenset[str]], report: Report) -> Schedule | None:
    """The schedule of one version; `events` gives the facts each event carries."""
    before = len(report.problems)
    starts = _events(body, "starts_when", events, report)
    facts = [events.get(event, frozenset()) for event in starts]
    carried = frozenset.intersection(*facts) if facts else frozenset()
    told = frozenset[str]().union(*facts)
    counted_from = str(body.get("counted_from", "at"))
    if starts and counted_from not in carried:
        report.complain(f"counted_from: {', '.join(starts)} carries no '{counted_from}'")
    steps = _stages(body.get("steps"), report)
    set_by = Text.read(body["set_by"], report, "set_by") if "set_by" in body else None
    if not steps and set_by is None:
        report.complain("'steps: unset' needs 'set_by': who must set them")
    for key in ("group", "owner"):
        if key not in body:
            report.complain(f"'{key}' is missing")
    for key in ("least", "review_every"):
        if key in body:
            _length(body[key], report)
    schedule = Schedule(
        str(body.get("group", "")),
        str(body.get("level", "")),
        frozenset(map(str, report.sequence(body.get("kinds", []), "kinds"))),
        _one(body, "per", PER, report),
        starts,
        _tests(body, "only_if", told, report),
        _tests(body, "only_known", told, report),
        _tests(body, "unless", told, report),
        counted_from,
        _yes(body, "again", report),
        frozenset(_events(body, "ends_when", events, report)),
        steps,
        set_by,
        Text.read(body.get("owner", ""), report, "owner"),
        Text.read(body["author"], report, "author") if "author" in body else None,
        frozenset(map(str, report.sequence(body.get("counts", []), "counts"))),
        _yes(body, "effort", report),
        str(body.get("least", "")),
        str(body.get("review_every", "")),
        str(body.get("owes", GENERIC)),
        {
            str(key): str(value)
            for key, value in _part(body, "joins", ("unit", "topic", "from", "under"), report).items()
        },
        str(body.get("register", "")),
    )
    return schedule if len(report.problems) == before else None


def _stages(raw: Any, report: Report) -> tuple[Stage, ...]:
    if raw == UNSET:
        return ()
    found = []
    for item in report.sequence(raw, "steps"):
        entry = report.mapping(item, "a step")
        report.keys(entry, ("every", "contacts", "in_person", "times"), ("every", "contacts"))
        _length(entry.get("every"), report)
        numbers = [entry.get("contacts"), entry.get("in_person", 0), entry.get("times", 1)]
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in numbers) or numbers[0] < 1:
            report.complain("contacts, in_person and times are whole numbers, contacts at least 1")
            continue
        if not 0 <= numbers[1] <= numbers[0] or numbers[2] < 1:
            report.complain("in_person is at most contacts, times at least 1")
            continue
        found.append(Stage(str(entry.get("every")), numbers[0], numbers[1], entry.get("times")))
    if any(stage.times is None for stage in found[:-1]):
        report.complain("only the last step goes on and on: the others say how many times")
    return tuple(found)


def _length(raw: Any, report: Report) -> None:
    try:
        if Length.parse(str(raw)).unit not in _BASE:
            report.complain(f"'{raw}': windows are days, weeks, months or years")
    except ValueError as error:
        report.complain(str(error))
