"""Worked examples of schedules: which windows follow from a day, through changes of level and of the rule itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .problems import WrongAnswer
from .schedules import Stretch, Window, stretches, tiles

if TYPE_CHECKING:
    from .book import Rulebook


def differs(book: Rulebook, given: Mapping[str, Any], on: date, county: str | None) -> list[str]:
    """`facts: {from: day}`, what came `changes: [{on, rule}]`, the `windows` that begin by the situation's day.

    A window is written `2026-01-31..2026-02-28 4`, with ` cut` where a change ended it. `unset: yes`: nobody set it.
    """
    schedule = book.schedule(str(given["rule"]))
    if "unset" in given:
        is_set = schedule.on(on, county).content.is_set
        return [] if is_set == (given["unset"] == "no") else [f"set: {is_set}"]
    found = [written(one) for one in tiles(course(book, given, on, county), on)]
    wanted = [str(one) for one in given["windows"]]
    return [] if found == wanted else [f"windows: {', '.join(found)} instead of {', '.join(wanted)}"]


def course(book: Rulebook, given: Mapping[str, Any], on: date, county: str | None) -> Sequence[Stretch]:
    """The stretches of the example."""
    begun = _day(given.get("facts", {}).get("from"))
    found = stretches(book.schedule(str(given["rule"])), county, begun, on)
    for change in given.get("changes", ()):
        day = _day(change["on"])
        earlier = [one for one in found if one.begins_on < day]
        later = stretches(book.schedule(str(change["rule"])), county, day - timedelta(days=1), on)
        found = [*earlier, *later]
    return found


def written(window: Window) -> str:
    cut = " cut" if window.is_cut else ""
    return f"{window.begins_on}..{window.ends_on} {window.contacts}{cut}"


def _day(raw: object) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError as error:
        raise WrongAnswer(f"{raw!r} is not a day") from error
