"""A story is a class whose methods happen at instants; all stories are played in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from anwang.foundation import clock

from .county import County


@dataclass(frozen=True)
class Beat:
    """Something that happens at an instant (when it was recorded, not only when it was true)."""

    at: datetime
    play: Callable[[], None]


def taipei(text: str) -> datetime:
    """`2026-03-07 23:40` on a wall clock in Taipei."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


def beat(at: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """The decorated method of a story happens at this instant: `@beat("2026-03-07 23:40")`."""

    def keep(play: Callable[[Any], None]) -> Callable[[Any], None]:
        play.happens_at = at  # type: ignore[attr-defined]
        return play

    return keep


class Story:
    """What its beats learn (numbers, persons) is kept on the story; `county` gives workers and units by name."""

    def __init__(self, county: County) -> None:
        self.county = county

    def beats(self) -> list[Beat]:
        """The beats in the order in which they are written."""
        methods = [getattr(self, name) for name in vars(type(self))]
        return [Beat(taipei(play.happens_at), play) for play in methods if hasattr(play, "happens_at")]


def play(stories: Iterable[Story], until: datetime, tell: Callable[[int, int], None]) -> int:
    """Play every beat up to an instant, each in a transaction of its own with the clock stopped; returns how many.

    `tell` is called with how many are played and how many there are.
    """
    beats = sorted((one for story in stories for one in story.beats() if one.at <= until), key=lambda one: one.at)
    with _without_savepoints():
        for number, one in enumerate(beats, 1):
            with clock.frozen(one.at), transaction.atomic():
                one.play()
            tell(number, len(beats))
    return len(beats)


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """A beat is played wholly or not at all, so the actions inside it need none: a third of all statements."""
    kept, connection.features.uses_savepoints = connection.features.uses_savepoints, False
    try:
        yield
    finally:
        connection.features.uses_savepoints = kept
