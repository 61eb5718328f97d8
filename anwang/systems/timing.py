"""How long to wait between tries and how old a signature may be, by the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock, days


@dataclass(frozen=True)
class Patience:
    """How often a message is tried and how long one waits in between."""

    tries: int
    first: timedelta
    longest: timedelta

    def wait(self, failed: int) -> timedelta:
        """After so many failures: the first wait, doubled each time, never longer than the longest."""
        doublings = min(max(failed - 1, 0), int(self.longest / self.first).bit_length())
        return min(self.first * (1 << doublings), self.longest)

    def is_due(self, try_at: datetime | None, now: datetime) -> bool:
        """Whether to try now. An instant further off than any wait was written by a clock that ran ahead."""
        return try_at is None or try_at <= now or try_at > now + self.longest


def patience(at: datetime, county: str) -> Patience:
    """The patience of a county at an instant."""
    rules, on = book(), clock.local(at).date()
    return Patience(
        int(rules.value("messages.tries").on(on, county).value),
        _span(at, str(rules.value("messages.first_wait").on(on, county).value)),
        _span(at, str(rules.value("messages.longest_wait").on(on, county).value)),
    )


def window(at: datetime) -> timedelta:
    """How far the instant of a signature may lie from ours."""
    return _span(at, str(book().value("messages.window").on(clock.local(at).date()).value))


def silent_after(at: datetime, county: str) -> timedelta:
    """After how long of failing an endpoint is raised on the page."""
    return _span(at, str(book().value("messages.silent_after").on(clock.local(at).date(), county).value))


def _span(at: datetime, length: str) -> timedelta:
    return days.due(at, days.Length.parse(length)) - at
