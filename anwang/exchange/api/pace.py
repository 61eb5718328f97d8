"""How fast one token may knock: counted in this process, a minute at a time, so that a runaway program is stopped.

Not in the database: a row that every request of a token writes would make them queue behind each other.
"""

from __future__ import annotations

import threading
from datetime import datetime

from anwang.foundation import clock
from anwang.systems.admission import Admitted
from anwang.systems.rules import requests_a_minute

from .problems import Problem

_lock = threading.Lock()
_counts: dict[str, int] = {}
_limits: dict[str, int] = {}
_minute: datetime | None = None


def count(by: Admitted) -> None:
    """One request more. Raises Problem with the seconds to wait when the minute is full."""
    global _minute
    now = clock.now()
    minute = now.replace(second=0, microsecond=0)
    with _lock:
        if minute != _minute:
            _minute = minute
            _counts.clear()
            _limits.clear()
        _counts[by.prefix] = knocks = _counts.get(by.prefix, 0) + 1
        limit = _limits.get(by.prefix)
    if limit is None:
        limit = _limits[by.prefix] = requests_a_minute(now, by.viewer.county)
    if knocks > limit:
        raise Problem("too-many", headers={"Retry-After": str(max(1, 60 - now.second))})
