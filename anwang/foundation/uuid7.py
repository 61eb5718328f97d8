"""Identifiers made by us, not by the database, so that a record can be named before it is written."""

import threading
import time
import uuid
from secrets import randbits

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, method 3), strictly increasing within this process, also across threads.

    The leading 60 bits are the true time in 1/4096 ms (never the frozen one: identifiers are no dates).
    """
    global _last
    with _lock:
        _last = max(_last + 1, (time.time_ns() << 12) // 1_000_000)
        ticks = _last
    value = (ticks >> 12) << 80 | 7 << 76 | (ticks & 0xFFF) << 64 | 2 << 62 | randbits(62)
    return uuid.UUID(int=value)


def random_id() -> uuid.UUID:
    """A UUID version 4, for what must not tell when it was made."""
    return uuid.uuid4()
