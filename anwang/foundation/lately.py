"""Numbers worked out lately, kept for a minute in this process where counting them is dear. Never a name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any  # numbers, in whatever shape their page wants them

FRESH = timedelta(minutes=1)
MOST = 500
"""Keys kept at once; when there are more, all are forgotten."""
_kept: dict[Any, tuple[datetime, Any]] = {}


def lately(key: Any, at: datetime) -> Any:
    """What was kept under this key within the last minute; None where nothing was."""
    if key not in _kept:
        return None
    since, found = _kept[key]
    return found if abs(at - since) < FRESH else None


def keep(key: Any, at: datetime, found: Any) -> None:
    """Keep this, unless the key has something that still holds. Whoever gets it must not change it."""
    if lately(key, at) is not None:
        return
    if len(_kept) > MOST:
        _kept.clear()
    _kept[key] = (at, found)
