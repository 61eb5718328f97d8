"""The only source of "now". Instants are aware UTC; people read Asia/Taipei (no daylight saving)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")
_STEADY, _EIGHT_HOURS = datetime(1980, 1, 1, tzinfo=UTC), timedelta(hours=8)
"""Since the last summer time (1979) Taipei is eight hours ahead."""


class FrozenClock:
    """The hands of a stopped clock; `advance` moves them, backwards too."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def advance(self, by: timedelta) -> datetime:
        self.at += by
        return self.at


_frozen: ContextVar[FrozenClock | None] = ContextVar("frozen_clock", default=None)
_offset = timedelta(0)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    stopped = _frozen.get()
    return stopped.at if stopped else datetime.now(UTC) + _offset


def today() -> date:
    """The present date in Taipei."""
    return local(now()).date()


def local(dt: datetime) -> datetime:
    """The same instant as read on a wall clock in Taipei. Raises ValueError for a naive datetime."""
    return _aware(dt).astimezone(TAIPEI)


def day_there(dt: datetime) -> date:
    """The date of a UTC instant in Taipei, as `local` has it, for whoever asks it hundreds of thousands of times."""
    return (dt + _EIGHT_HOURS).date() if dt >= _STEADY else local(dt).date()


@contextmanager
def frozen(at: datetime | str) -> Iterator[FrozenClock]:
    """Stop the clock inside the block: `with frozen("2026-11-21T23:40+08:00"): …`. Blocks nest.

    Only the running thread or task stops (a new thread has its own time); a server that shall live at
    another date uses `set_offset`. Raises ValueError when `at` has no offset.
    """
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    stopped = FrozenClock(_aware(moment).astimezone(UTC))
    token = _frozen.set(stopped)
    try:
        yield stopped
    finally:
        _frozen.reset(token)


def set_offset(offset: timedelta) -> None:
    """Shift a clock that keeps ticking, for the whole process: for demonstrations only."""
    global _offset
    _offset = offset


def _aware(dt: datetime) -> datetime:
    if dt.tzinfo is None or dt.utcoffset() is None:
        raise ValueError(f"an instant needs its offset, such as +08:00: {dt.isoformat()}")
    return dt
