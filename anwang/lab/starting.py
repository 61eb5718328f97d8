"""Duties that only the draft would start, counted from what others kept that the same event had started."""

from __future__ import annotations

from typing import Any

from anwang.rulebook import Rulebook
from anwang.rulebook.again import NOT_OWED, UNKNOWN, Again
from anwang.rulebook.versions import Version

from .counting import Pair, Row, Rows, Tally, Tick, counted

STARTS = "starts"


def others(book: Rulebook, version: Version[Any] | None) -> list[str]:
    """Rules whose duties only the events of this version start, owed like it: by matter, or by person.

    Their rows say that the event happened, and when; a row of a rule that other events start too does not say which.
    """
    if version is None:
        return []
    events, per = set(version.content.starts_when), version.content.per
    found = []
    for handle in book.duties():
        versions = [one.content for one in handle.national if not one.withdrawn]
        if versions and all(set(one.starts_when) <= events and one.starts_when and one.per == per for one in versions):
            found.append(handle.rule_id)
    return [one for one in found if one != version.rule_id]


def starts(rows: Rows, pair: Pair, book: Rulebook, tick: Tick, tally: Tally) -> None:
    """Add to the tally what would start and did not: in each county, of each group.

    What the draft must know and none of the others kept is not known. Where the rule of today would have started too,
    one of its duties was open already, and neither would another start.
    """
    clocks: dict[str, Again] = {}
    for row in counted(rows, tick, tally):
        clock = clocks.get(row.county)
        if clock is None:
            clock = clocks[row.county] = Again(pair.of(row.county), book)
        was, would = clock.due(row.inputs)
        if was == NOT_OWED and would != NOT_OWED:
            tally.moves[_key(row, UNKNOWN if would == UNKNOWN else STARTS)] += row.n
    tally.distinct += sum(clock.asked for clock in clocks.values())


def _key(row: Row, side: str) -> tuple[str, str, str, str]:
    return row.county, row.group, NOT_OWED, side
