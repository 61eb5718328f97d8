"""What the program does by itself for many things: each for itself, so that one that fails keeps no other waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

from anwang.foundation.errors import AnwangError

from .viewer import Viewer, service_viewer

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")


@contextmanager
def served(service: str, *, at: datetime | None = None) -> Iterator[Viewer]:
    """A transaction of that service: the database takes rows from nobody who is not named."""
    with transaction.atomic():
        yield service_viewer(service, at=at)


def one_by_one(
    service: str, things: Iterable[Thing], do: Callable[[Thing, Viewer], int], *, at: datetime | None = None
) -> int:
    """`do(thing, by)` for each in a transaction of its own, as that service; returns the sum of what they return.

    What an action refuses (ended meanwhile, no longer so) is left for the next round. Any other fault is logged with
    the key it was about, undone alone: the rest is done. Raises OperationalError or InterfaceError when the database
    itself is gone.
    """
    done = 0
    for thing in things:
        try:
            with served(service, at=at) as by:
                done += do(thing, by)
        except AnwangError:
            continue
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # a fault of one thing must not keep the others; the next round tries it again
            log.exception("%s: failed for %s; the others are done", service, thing)
    return done
