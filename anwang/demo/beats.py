"""A story is a list of beats; the beats of all stories are played in the order of their instants."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anwang.foundation import clock


@dataclass(frozen=True)
class Beat:
    """Something that happens at an instant (when it was recorded, not only when it was true)."""

    at: datetime
    play: Callable[[], None]


def taipei(text: str) -> datetime:
    """`2026-03-07 23:40` on a wall clock in Taipei."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


class Story:
    """Collects beats: `@story.beat("2026-03-07 23:40")` above a function without arguments."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.beats: list[Beat] = []

    def beat(self, at: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """The decorated function happens at this instant."""

        def keep(play: Callable[[], None]) -> Callable[[], None]:
            self.beats.append(Beat(taipei(at), play))
            return play

        return keep


def play(stories: Iterable[Story], until: datetime) -> int:
    """Play every beat up to an instant, each in a transaction of its own with the clock stopped; returns how many."""
    beats = sorted((beat for story in stories for beat in story.beats if beat.at <= until), key=lambda beat: beat.at)
    for beat in beats:
        with clock.frozen(beat.at), transaction.atomic():
            beat.play()
    return len(beats)
