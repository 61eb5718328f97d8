"""What oversight asks the rulebook. No number and no list of law is written here."""

from __future__ import annotations

from calendar import SATURDAY
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.calendar import OutsideCalendar
from anwang.foundation.names import LONG_SURNAMES
from anwang.oversight import events
from anwang.rulebook import Code, Started

GROUNDS, SIGNS, RELATIONS = "oversight.ground", "oversight.sign", "oversight.relation"
OUTCOMES = "oversight.outcome"
ENDS = "seeing.after_end"
SELF = "self"
CLOCKS = {events.OPENED: "oversight.review", events.ASKED: "oversight.answer"}


@dataclass(frozen=True)
class Bulk:
    """How many different files, or searches, within `within` ring at once; the front has a baseline of its own."""

    within: timedelta
    files: int
    files_front: int
    searches: int
    front: tuple[str, ...]


def of_night(on: date) -> dict[str, Any]:
    """Everything `oversight_night` must know of the rules of a day, as JSON takes it."""
    return {
        "grounds": [{"code": one.code, "marks": dict(one.marks)} for one in codes(GROUNDS, on)],
        "scores": {one.code: one.marks["score"] for one in codes(SIGNS, on)},
        "touch_within": _spelled(on, "touch_within"),
        "search_before": _spelled(on, "search_before"),
        "ended_within": _spelled(on, "ended_within"),
        "bulk_day": whole("bulk_day", on),
        "day_begins": whole("day_begins", on),
        "day_ends": whole("day_ends", on),
        "is_day_off": not _works(on),
        "long_surnames": sorted(LONG_SURNAMES),
    }


def relations(on: date) -> list[dict[str, Any]]:
    """How long each relation still reads when it has ended, as `oversight_end_relations` takes it."""
    return [{"because": [], **one.marks} for one in codes(ENDS, on)]


def _works(on: date) -> bool:
    """By the official calendar; Monday to Friday where none is out yet."""
    calendar = book().clock.calendar
    try:
        return calendar.is_working(on, None) if calendar else on.weekday() < SATURDAY
    except OutsideCalendar:
        return on.weekday() < SATURDAY


def bulk(on: date) -> Bulk:
    return Bulk(
        timedelta(minutes=whole("bulk_minutes", on)), whole("bulk_files", on), whole("bulk_files_front", on),
        whole("bulk_searches", on), tuple(_value("front", on)),
    )  # fmt: skip


def threshold(on: date, county: str) -> int:
    """From which score somebody is asked."""
    return whole("threshold", on, county)


def reviewers(on: date) -> tuple[str, ...]:
    """Where to look for a privacy officer, in this order."""
    return tuple(_value("reviewers", on))


def rises_after(on: date) -> timedelta:
    """How long after its day an unsettled question goes to the next reviewer."""
    return timedelta(days=whole("rises_after", on))


def due(event: str, at: datetime, county: str) -> Started:
    """By when a question is to be settled, or answered by the reader."""
    return book().clock_of(CLOCKS[event], {"at": at}, clock.local(at).date(), county)


def codes(codelist: str, on: date) -> tuple[Code, ...]:
    return tuple(book().codelist(codelist).on(on).codes)


def score_of(sign: str, on: date) -> int:
    return next((int(one.marks["score"]) for one in codes(SIGNS, on) if one.code == sign), 0)


def whole(name: str, on: date, county: str = "") -> int:
    found = _value(name, on, county)
    return int(found)


def _spelled(on: date, name: str) -> str:
    """A length as PostgreSQL reads an interval."""
    return str(_value(name, on))


def _value(name: str, on: date, county: str = "") -> Any:
    return book().value(f"oversight.{name}").on(on, county or None).value
