"""The job that does what other systems' messages ask, in the order in which they count them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError

from anwang.access.serving import served
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.systems.actions.hearing import understand
from anwang.systems.queries.coming import waiting

from .receiving import SERVICE

log = logging.getLogger(__name__)


def hear(now: datetime | None = None) -> int:
    """Understand what waits; returns how many messages. May be killed at any point and run again."""
    by, done = Viewer(worker_id=None, name=SERVICE, service=SERVICE), 0
    for message_id in waiting(by):
        try:
            with served(SERVICE):
                understand(message_id=message_id, by=by, at=now or clock.now())
        except DatabaseError:
            raise
        except Exception:  # one message that cannot be used must not keep the others waiting; it stays in sight
            log.exception("event %s not understood", message_id)
        else:
            done += 1
    return done
