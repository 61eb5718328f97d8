"""Rooms above the kernel that act on what happened to a matter, in the same transaction (ADR 0100).

A room names its listener once, in its app's `ready`. It is told after the rules of the kernel have moved the duties and
before the promises are kept: what it cannot do undoes the act. It sees with the eyes of whoever acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer

from .models import Matter

__all__ = ["Happened", "listen", "tell"]


@dataclass(frozen=True)
class Happened:
    """One call of `matters.actions.happened`: a locked matter, the event with its facts, whom it concerns."""

    matter: Matter
    event: str
    at: datetime
    by: Viewer
    facts: Mapping[str, object]
    subject_id: UUID | None


Listener = Callable[[Happened], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Be told of everything that happens to open matters; a second time changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(told: Happened) -> None:
    """Tell every listener, in the order in which they came."""
    for listener in _listeners:
        listener(told)
