"""Windows of a copy's schedules: months differ in length, so that a day moved by weeks is not always a window's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

from anwang.rulebook.schedules import Stage, Stretch, tiles

Row = Mapping[str, str]
Course = tuple[Stretch, ...]
Slot = tuple[Any, ...]
ENDS = ("begins_on", "ends_on")


def of_courses(stretches: Iterable[Row], windows: Iterable[Row]) -> dict[tuple[str, str], Slot]:
    """(Id of a window, column) → the slot that finds its day in a copy, for each course that is as its stretches say.

    A course that somebody cut keeps the days of its story, moved by weeks.
    """
    pieces, kept = defaultdict(list), defaultdict(list)
    for row in sorted(stretches, key=lambda row: int(row["n"])):
        pieces[row["course_id"]].append(_stretch(row))
    for row in sorted(windows, key=lambda row: int(row["n"])):
        kept[row["course_id"]].append(row)
    found: dict[tuple[str, str], Slot] = {}
    for key, rows in kept.items():
        course = tuple(pieces[key])
        if [(row["begins_on"], row["ends_on"]) for row in rows] == _days(course, 0, len(rows)):
            for at, row in enumerate(rows):
                found |= {(row["id"], column): ("window", course, at, end) for end, column in enumerate(ENDS)}
    return found


def day(course: Course, at: int, end: int, weeks: int) -> str:
    """First (`end` 0) or last day of the window, in a copy so many weeks earlier."""
    return _days(course, weeks, at + 1)[at][end]


@cache
def _days(course: Course, weeks: int, many: int) -> list[tuple[str, str]]:
    back = timedelta(weeks=weeks)
    moved = [Stretch(one.begins_on - back, one.origin_on - back, one.steps) for one in course]
    return [(one.begins_on.isoformat(), one.ends_on.isoformat()) for one in islice(tiles(moved, date.max), many)]


def _stretch(row: Row) -> Stretch:
    steps = tuple(Stage(**one) for one in json.loads(row["steps"]))
    return Stretch(date.fromisoformat(row["begins_on"]), date.fromisoformat(row["origin_on"]), steps)
