"""Rooms above that write into the agenda of a sitting when it is planned, in its transaction.

A room names its listener once, in its app's `ready`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from anwang.access.viewer import Viewer

from .models import Sitting

__all__ = ["listen", "planned"]


class _Planned(Protocol):
    def __call__(self, sitting: Sitting, *, by: Viewer, at: datetime) -> None: ...


_told: list[_Planned] = []


def listen(*, to_plan: _Planned) -> None:
    """Be told of every sitting that is planned; a second time changes nothing."""
    if to_plan not in _told:
        _told.append(to_plan)


def planned(sitting: Sitting, *, by: Viewer, at: datetime) -> None:
    for listener in _told:
        listener(sitting, by=by, at=at)
