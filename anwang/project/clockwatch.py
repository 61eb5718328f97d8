"""Whether this machine's clock has fallen behind what was written with it: it was wrong before, or is wrong now."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import connection

from anwang.foundation import clock

log = logging.getLogger(__name__)
TOLERATED = timedelta(minutes=2)
"""Between machines that share a database; a choice of this watch."""
LAST_ACTS = "SELECT max(recorded_at) FROM (SELECT recorded_at FROM audit_act ORDER BY xid DESC LIMIT 500) AS newest"


def ahead() -> timedelta:
    """How far the newest acts lie ahead of the clock; nothing when they do not."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_ACTS)
        (newest,) = cursor.fetchone()
    return max(newest - clock.now(), timedelta(0)) if newest else timedelta(0)


def watch() -> None:
    """For the worker: say it in the log. What was received ahead is not shown before that time (docs/adr/0071)."""
    if (distance := ahead()) > TOLERATED:
        log.error(
            "the clock is behind what was recorded by %d minutes: see docs/operations.md",
            distance.total_seconds() // 60,
        )
