"""What the lab asks the rulebook. No number is written here."""

from __future__ import annotations

from datetime import date, datetime

from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.rulebook import NotInForce, UnknownRule

OPEN, ANSWER, LENGTH, MINUTES = (
    "draft.comment_open", "draft.answer_within", "draft.replay_length", "draft.minutes",
)  # fmt: skip


def comment_until(at: datetime, county: str) -> datetime:
    """Until when a draft opened at an instant may be commented on."""
    return days.due(at, _length(OPEN, at, county))


def answer_due(at: datetime, county: str) -> datetime:
    """When a comment of that instant has to be answered."""
    return days.due(at, _length(ANSWER, at, county))


def replayed_since(at: datetime, county: str) -> date:
    """The first day of the time that is replayed: so long before today."""
    return clock.local(days.before(at, _length(LENGTH, at, county))).date()


def minutes(code: str, on: date, county: str) -> int | None:
    """What one of these takes; None where nobody has set it, and nobody guesses."""
    try:
        found = book().codelist(MINUTES).on(on, county or None)
        return int(found[code].marks["minutes"])
    except (NotInForce, UnknownRule, KeyError):
        return None


def _length(rule_id: str, at: datetime, county: str) -> days.Length:
    return days.Length.parse(str(book().value(rule_id).on(clock.local(at).date(), county or None).value))
