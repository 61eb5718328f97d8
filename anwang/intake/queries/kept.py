"""Numbers counted lately, kept for a minute in this process where there are many. Numbers only, never a name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

MANY = 500
"""From so many on, numbers are counted once a minute: nobody needs the four thousandth report to the second."""
_counted: dict[Any, tuple[datetime, dict[str, list[dict[str, Any]]]]] = {}


def lately(key: Any, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """What was kept under this key within the last minute; else empty."""
    counted_at, found = _counted.get(key, (at - timedelta(days=1), {}))
    return dict(found) if abs(at - counted_at) < timedelta(minutes=1) else {}


def keep(key: Any, at: datetime, found: dict[str, list[dict[str, Any]]]) -> None:
    """Keep these numbers, unless the key has some that still hold."""
    if lately(key, at):
        return
    if len(_counted) > MANY:
        _counted.clear()
    _counted[key] = (at, found)
