"""Drawn figures as lines: what was counted, by which definition, over which period, when it was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.indicators.definitions import definitions
from anwang.indicators.months import Month
from anwang.steering.models import Drawn
from anwang.steering.states import When
from anwang.steering.words import lang

MOST_MONTHS = 12


@dataclass(frozen=True)
class DrawnLine:
    """`last_on` is the last day counted; `stale` when the definition changed since it was drawn."""

    id: UUID
    item_id: UUID | None
    when: str
    when_words: str
    figure: str
    label: str
    definition: str
    definition_from: date
    county: str
    county_code: str
    since_on: date
    last_on: date
    number: int
    at: datetime
    definition_id: str
    months: tuple[tuple[str, str], ...]
    """(month, its name) of the monthly count behind it, for those who steer in that county: nobody else may open it."""


@dataclass(frozen=True)
class Moved:
    """A figure before and after, side by side; no cause is claimed."""

    label: str
    before: DrawnLine
    after: DrawnLine


def drawn(viewer: Viewer, found: QuerySet[Drawn]) -> tuple[DrawnLine, ...]:
    """Lines in the order in which they were drawn."""
    lines, who = [], standing(viewer)
    for row in found.annotate(county_words=Called("county")).order_by("at", "id"):
        told = definitions(row.before_on)[row.figure]
        lines.append(
            DrawnLine(
                row.id, row.item_id, row.when, str(When(row.when).label), row.figure, told.title.to(lang()),
                told.definition.to(lang()), row.definition_from, row.county_words, row.county_id, row.since_on,
                row.before_on - timedelta(days=1), row.number, row.at, told.id,
                _months(row.since_on, row.before_on) if who.is_for(row.county_id) else (),
            )
        )  # fmt: skip
    return tuple(lines)


def _months(since_on: date, before_on: date) -> tuple[tuple[str, str], ...]:
    """The months that a period touches, at most a year of them."""
    of, found = Month.of(since_on), []
    while of.first < before_on and len(found) < MOST_MONTHS:
        found.append((str(of), of.words(lang())))
        of = of.next
    return tuple(found)


def moved(lines: tuple[DrawnLine, ...]) -> tuple[Moved, ...]:
    """The last drawing before beside the last one after, for each figure that has both."""
    last = {(one.figure, one.when): one for one in lines}
    return tuple(
        Moved(one.label, one, last[figure, When.AFTER])
        for (figure, when), one in last.items()
        if when == When.BEFORE and (figure, When.AFTER) in last
    )
