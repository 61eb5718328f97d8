"""A chart as the coordinates of an SVG: no layout step, nothing but numbers and words."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.foundation import clock, roc
from anwang.instruments.queries import Chart

WIDTH, HEIGHT = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 20, 24, 44
MOST_TICKS = 5
INSET = 18
"""How far the first and the last point stand from the ends of the lines."""


@dataclass(frozen=True)
class Mark:
    """One point: where, how far its bounds reach, what it says."""

    x: float
    y: float
    y_least: float
    y_most: float
    is_open: bool
    counts: bool
    day: str
    value: str


@dataclass(frozen=True)
class Picture:
    """Everything the SVG draws. `path` joins the settled points that count."""

    width: int
    height: int
    left: int
    right: int
    base: int
    ticks: tuple[tuple[float, int], ...]
    marks: tuple[Mark, ...]
    path: str


def picture(chart: Chart) -> Picture | None:
    """None where there is nothing to draw: one time only, or a form without a score."""
    if len(chart.points) < 2 or not chart.top:
        return None
    first, last = chart.points[0].at, chart.points[-1].at
    span = max((last - first).total_seconds(), 1)
    wide, high = WIDTH - LEFT - RIGHT - 2 * INSET, HEIGHT - TOP - BOTTOM

    def height(value: int) -> float:
        return round(TOP + high * (1 - value / chart.top), 1)

    marks = []
    for point in chart.points:
        x = round(LEFT + INSET + wide * (point.at - first).total_seconds() / span, 1)
        value = str(point.least) if point.least == point.most else f"{point.least}–{point.most}"
        day = roc.roc_long(clock.local(point.at).date())
        middle = (height(point.least) + height(point.most)) / 2
        marks.append(Mark(x, middle, height(point.least), height(point.most), point.least != point.most,
                          point.counts, day, value))  # fmt: skip
    path = " ".join(f"{mark.x},{mark.y}" for mark in marks if mark.counts and not mark.is_open)
    step = max(1, -(-chart.top // MOST_TICKS))
    ticks = tuple((height(value), value) for value in range(0, chart.top + 1, step))
    return Picture(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, ticks, tuple(marks), path)
