"""A lane per file: the year of contacts as SVG paths whose x is days. Drawn on the server, no layout, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from uuid import UUID

from anwang.foundation import clock

from .files import File, Step
from .leading import Lead
from .titles import near_words

LENGTH = 365
SILENT_DAYS = 45
"""From how many days without contact on the line is broken: a choice of this picture, not a rule."""
CROWD = 5
"""How many units in one week are marked: a choice of this picture."""


@dataclass(frozen=True)
class Drawn:
    span: str
    gap: str
    met: str
    tried: str


@dataclass(frozen=True)
class Lane:
    """One file in the family's life, as the picture and as its row of the table."""

    file: File
    is_lead: bool
    drawn: Drawn
    count: int
    missed: int
    last_at: datetime | None
    last_when: str
    last_words: str
    last_missed: bool
    next: Step | None
    silent_days: int
    """Days since anybody was met, when it is longer than `SILENT_DAYS` and the file is open; else 0."""


@dataclass(frozen=True)
class Year:
    """The axis: twelve months up to now."""

    start: date
    months: tuple[int, ...]
    grid: str
    now_x: int

    @property
    def since(self) -> datetime:
        return datetime.combine(self.start, time(), clock.TAIPEI).astimezone(UTC)


def year_until(today: date) -> Year:
    """The twelve months that end with the present one."""
    month = today.month % 12 + 1
    start = date(today.year if month == 1 else today.year - 1, month, 1)
    months = tuple((start.month - 1 + step) % 12 + 1 for step in range(12))
    firsts = [date(start.year + (start.month - 1 + step) // 12, month, 1) for step, month in enumerate(months)]
    grid = "".join(f"M{(first - start).days} 0v20" for first in firsts[1:])
    return Year(start, months, grid, (today - start).days)


def lanes(
    found: Sequence[File],
    steps: Iterable[Step],
    year: Year,
    lead: File | Lead | None,
) -> list[Lane]:
    """The lead first, then by the next date; ended files are drawn too."""
    first: dict[UUID, Step] = {}
    for step in steps:
        first.setdefault(step.file_id, step)
    drawn = [_lane(file, first.get(file.id), year, file is _led(found, lead)) for file in found]
    return sorted(drawn, key=lambda one: (not one.is_lead, one.next is None, one.next and one.next.due_at))


def crowded_weeks(drawn: Sequence[Lane], year: Year) -> list[tuple[int, int]]:
    """(first day, units) of the weeks, Monday based, in which at least `CROWD` units came."""
    weeks: dict[int, set[UUID]] = {}
    for lane in drawn:
        for touch in lane.file.touches:
            week = (_x(touch.at, year) + year.start.weekday()) // 7
            weeks.setdefault(week, set()).add(lane.file.unit_id)
    return [(week * 7 - year.start.weekday(), len(who)) for week, who in sorted(weeks.items()) if len(who) >= CROWD]


def _led(found: Sequence[File], lead: File | Lead | None) -> File | None:
    """The one file that stands for the lead: a worker with a case and its placement leads once."""
    same = [one for one in found if lead and (one.unit_id, one.worker_id) == (lead.unit_id, lead.worker_id)]
    return min(same, key=lambda one: (one.ended_at is not None, one.kind != "case", one.opened_at), default=None)


def _lane(file: File, step: Step | None, year: Year, is_lead: bool) -> Lane:
    touched = file.touches
    met = [_x(one.at, year) for one in touched if one.met]
    tried = [_x(one.at, year) for one in touched if not one.met]
    first = max(_x(file.opened_at, year), 0)
    end = _x(file.ended_at, year) if file.ended_at else year.now_x
    seen = [first, *sorted(met + tried), end]
    gaps = [(a, b) for a, b in pairwise(seen) if b - a >= SILENT_DAYS]
    silent = year.now_x - max(met, default=first)
    return Lane(
        file=file,
        is_lead=is_lead,
        drawn=Drawn(
            f"M{first} 14H{LENGTH if file.ended_at is None else max(end, first)}",
            "".join(f"M{a + 3} 14H{b - 2}" for a, b in gaps),
            _dots(met),
            _dots(tried),
        ),
        count=len(met),
        missed=len(tried),
        last_at=touched[-1].at if touched else None,
        last_when=near_words(touched[-1].at, deadline=False) if touched else "",
        last_words=touched[-1].words if touched else "",
        last_missed=bool(touched) and not touched[-1].met,
        next=step,
        silent_days=silent if file.ended_at is None and silent >= SILENT_DAYS else 0,
    )


def _x(at: datetime, year: Year) -> int:
    return (clock.local(at).date() - year.start).days


def _dots(days: Iterable[int]) -> str:
    """Zero-length strokes: with round caps they stay round however wide the lane is stretched."""
    return "".join(f"M{x + 0.5} 14h0" for x in days)
