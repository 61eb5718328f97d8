"""What this room asks the rulebook: codes to choose from, and by when a record has been kept long enough."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.rulebook import NotInForce

from .states import DueClass

PROOFS, GROUNDS, BASES, HOLDS = (
    "subject_request.proof", "subject_request.grounds", "erasure.basis", "hold.because",
)  # fmt: skip
EXTENDED = "subject_request.extended"


def knows(codelist: str, code: str) -> bool:
    """Whether the list has that code today."""
    return code in {one.code for one in book().codelist(codelist).on(clock.today())}


def needs(basis: str, mark: str) -> bool:
    """Whether an erasure on that basis needs a paper, or waits for the term."""
    found = {one.code: one.marks for one in book().codelist(BASES).on(clock.today())}
    return found.get(basis, {}).get(mark) == "yes"


def kept_until(kind: str, ended_at: datetime, youngest: date | None, county: str) -> tuple[date, DueClass] | None:
    """The last day of keeping and by which clock; the longer of two. None before there was a rule."""
    on = clock.local(ended_at).date()
    by_class = DueClass.REPORT if kind == "report" else DueClass.RECORD
    rule = "retention.report" if kind == "report" else "retention.record"
    found = _last_day(rule, {"ended_at": ended_at}, on, county) or _last_day(
        rule, {"ended_at": ended_at}, clock.today(), county
    )
    if found is None:
        return None
    if youngest is not None:
        born_at = datetime.combine(youngest, time.min, TAIPEI)
        grown = _last_day("retention.minor", {"born_at": born_at}, on, county)
        if grown and grown > found:
            return grown, DueClass.MINOR
    return found, by_class


def _last_day(rule: str, facts: dict[str, datetime], on: date, county: str) -> date | None:
    """24:00 of a day belongs to that day."""
    try:
        due_at = book().clock_of(rule, facts, on, county).due_at
    except NotInForce:
        return None
    return clock.local(due_at - timedelta(microseconds=1)).date()
