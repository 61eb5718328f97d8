"""Work that only looks: what it asks twice is asked once, and keeps one answer from its first word to its last."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar  # answers of any shape

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_a_look", default=None)


@contextmanager
def looking() -> Iterator[None]:
    """One look of one viewer, in which nobody's rights, posts or files change: a page that is asked for by GET."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(key: Callable[P, Hashable]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Ask the decorated question once a look; outside one it is asked every time. `key` tells questions apart.

    The answer is handed out again as it is: it must not be changed by whoever gets it.
    """

    def of(question: Callable[P, R]) -> Callable[P, R]:
        @wraps(question)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            known = _answers.get()
            if known is None:
                return question(*args, **kwargs)
            name = (question.__module__, question.__qualname__, key(*args, **kwargs))
            if name not in known:
                known[name] = question(*args, **kwargs)
            return known[name]

        return asked

    return of
