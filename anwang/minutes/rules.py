"""What this room asks the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import date, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length, due, end_of_day

_LITTLE = timedelta(microseconds=1)
"""A day ends where the next begins."""


def send_by(met_on: date, county: str) -> date:
    """The last day on which the minutes of a sitting are sent in time."""
    length = Length.parse(str(book().value("minutes.send_within").on(met_on, county).value))
    return clock.local(due(end_of_day(met_on) - _LITTLE, length) - _LITTLE).date()


def is_late(met_on: date | None, county: str) -> bool:
    """Whether minutes that are not out should be by now. Without a day nobody can say; before the rule none is late."""
    if met_on is None or not _in_force(met_on):
        return False
    return send_by(met_on, county) < clock.today()


def _in_force(on: date) -> bool:
    return any(one.from_ <= on for one in book().handle("minutes.send_within").versions())
