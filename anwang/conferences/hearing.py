"""Rooms above that have a say before a tracked decision is ruled on, and act on what was ruled, in its transaction.

A room names its listeners once, in its app's `ready`. What a listener refuses undoes the ruling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from anwang.access.viewer import Viewer

from .models import Decision, DecisionRuling

__all__ = ["Ruling", "after", "before", "listen"]


@dataclass(frozen=True)
class Ruling:
    """What was ruled; `below` is the decision that a condition became."""

    decision_id: UUID
    ruling: DecisionRuling
    below: Decision | None


class _After(Protocol):
    def __call__(self, ruled: Ruling, *, by: Viewer, at: datetime) -> None: ...


_Before = Callable[[Decision, str, Viewer], None]
_before: list[_Before] = []
_after: list[_After] = []


def listen(*, to_refuse: _Before, to_follow: _After) -> None:
    """Be asked before every ruling and told after it; a second time changes nothing."""
    if to_refuse not in _before:
        _before.append(to_refuse)
        _after.append(to_follow)


def before(decision: Decision, state: str, by: Viewer) -> None:
    """Ask every listener; each raises Refused where the ruling may not be made."""
    for listener in _before:
        listener(decision, state, by)


def after(ruled: Ruling, *, by: Viewer, at: datetime) -> None:
    for listener in _after:
        listener(ruled, by=by, at=at)
