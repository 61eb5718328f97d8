"""What the kernel asks the rulebook: what an event does to duties, and what rests when nothing is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.rulebook import Started, Step

__all__ = [
    "Ruling", "Started", "Step", "Steps", "answer_clock", "chasing", "flat", "ladders", "resting", "ruling", "whole",
]  # fmt: skip

Steps = Callable[[str, datetime, str], tuple[Step, ...]]
"""The rungs of a ladder on a day in a county."""


@dataclass(frozen=True)
class Ruling:
    """What one event means by the rules of its day: rule ids done and void, duties started."""

    done: frozenset[str]
    void: frozenset[str]
    started: tuple[Started, ...]


def ruling(event: str, facts: Mapping[str, object], at: datetime, county: str) -> Ruling:
    """Ask once for an event. The day of `at` in Taipei decides which versions hold."""
    rulebook, on = book(), clock.local(at).date()
    return Ruling(
        done=rulebook.done_by(event, facts, on, county),
        void=rulebook.voided_by(event, facts, on, county),
        started=tuple(rulebook.started_by(event, facts, on, county)),
    )


def resting(kind: str, sort: str, at: datetime, county: str) -> Started:
    """The default next review of a matter: of its room's own kind (`case.elder`), else of the kernel's (`case`)."""
    return book().resting(f"{kind}.{sort}" if sort else kind, at, clock.local(at).date(), county)


def flat(inputs: Mapping[str, object]) -> dict[str, object]:
    """Inputs as they are stored with a decision: plain JSON values, instants in ISO form."""
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in inputs.items()}


def answer_clock(rule_id: str, at: datetime, county: str, urgent: bool = False) -> Started:
    """By when a request or a dispute is to be answered, whether or not the duty to chase it is new."""
    facts = {"at": at, "urgent": "yes" if urgent else "no"}
    return book().clock_of(rule_id, facts, clock.local(at).date(), county)


def chasing(event: str, facts: Mapping[str, object], at: datetime, county: str) -> Started | None:
    """The duty to chase the answer that asking starts, the earliest due; None where the rules start none."""
    found = book().started_by(event, {"at": at, **facts}, clock.local(at).date(), county)
    return next((one for one in found if ".answer" in one.rule_id), None)


def ladders() -> Steps:
    """Asks, for `unsigned`, `unanswered_shift`, `unanswered_offer`…, who is told after how many minutes of silence.

    One reading of the rules for however many silences.
    """
    rulebook = book()

    @cache
    def on(silence: str, day: date, county: str) -> tuple[Step, ...]:
        found: tuple[Step, ...] = rulebook.value(f"escalation.{silence}").on(day, county).value
        return found

    def steps(silence: str, at: datetime, county: str) -> tuple[Step, ...]:
        return on(silence, clock.local(at).date(), county)

    return steps


def whole(rule_id: str, at: datetime, county: str) -> int:
    """A whole number of the rules of that day."""
    return int(book().value(rule_id).on(clock.local(at).date(), county).value)
