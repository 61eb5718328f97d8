"""`anwang worker`: do what is due by itself: seal the audit trail, raise alarms, end what has run out.

One process suffices; an advisory lock lets a second one stand by. A job that fails is logged and tried again next
time; it never stops the others.
"""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)
ADVISORY_LOCK = 7027


@dataclass(frozen=True)
class Job:
    """`target` is `module:function` without arguments; `every` is in seconds."""

    target: str
    every: float


JOBS = (
    Job("anwang.matters.jobs:raise_alarms", every=30),
    Job("anwang.matters.jobs:carry_out_transitions", every=60),
    Job("anwang.matters.jobs:return_contracts", every=60),
    Job("anwang.followups.jobs:roll_on", every=300),
    Job("anwang.referrals.jobs:plan_turning_18", every=86400),
    Job("anwang.care.jobs:carry_over_measures", every=3600),
    Job("anwang.rosters.jobs:take_rows", every=5),
    Job("anwang.rosters.jobs:raise_alarms", every=300),
    Job("anwang.disclosure.jobs:replay", every=30),
    Job("anwang.disclosure.jobs:hear_of_searches", every=120),
    Job("anwang.audit.sealing:seal", every=300),
    Job("anwang.audit.posting:post_hourly", every=300),
    Job("anwang.audit.walking:walk", every=600),
    Job("anwang.oversight.jobs:ring_bulk", every=60),
    Job("anwang.oversight.jobs:look_through_nights", every=600),
    Job("anwang.oversight.jobs:raise_late", every=3600),
    Job("anwang.project.clockwatch:watch", every=60),
    Job("anwang.exchange.sending.delivering:deliver", every=5),
    Job("anwang.exchange.events.hearing:hear", every=5),
    Job("anwang.access.throttle:forget", every=600),
    Job("anwang.accounts.jobs:forget", every=86400),
    Job("anwang.subjects.jobs:reseal", every=5),
    Job("anwang.subjects.jobs:find_due", every=600),
    Job("anwang.conferences.jobs:seal_rooms", every=60),
    Job("anwang.enactments.jobs:keep_versions", every=600),
    Job("anwang.lab.jobs:replay", every=2),
)


def main(arguments: list[str]) -> int:
    """Run until a signal comes; with --once each job once, 1 when one failed or another process is at work."""
    parser = argparse.ArgumentParser(prog="anwang worker", description="Do what is due by itself.")
    parser.add_argument("--once", action="store_true", help="each job once, then end")
    if parser.parse_args(arguments).once:
        return _once()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    due = dict.fromkeys(JOBS, 0.0)
    while not stop.is_set():
        if _is_ours():
            for job in JOBS:
                if time.monotonic() >= due[job]:
                    due[job] = time.monotonic() + job.every
                    run(job)
        stop.wait(1.0)
    return 0


def _once() -> int:
    if not _is_ours():
        log.warning("another process is at work")
        return 1
    failed = [job for job in JOBS if not run(job)]
    return 1 if failed else 0


def run(job: Job) -> bool:
    """Run it once; whether it succeeded."""
    module, _, function = job.target.partition(":")
    work: Callable[[], object] = getattr(import_module(module), function)
    try:
        work()
    except Exception:  # a failing job must not stop the others; it is logged and comes round again
        log.exception("job %s failed", job.target)
        return False
    return True


def _is_ours() -> bool:
    """Whether this process is the one that works; asked each round, since a lost connection loses the lock."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                " AND objid = %s) OR pg_try_advisory_lock(%s)",
                [ADVISORY_LOCK, ADVISORY_LOCK],
            )
            row = cursor.fetchone()
    except DatabaseError:
        connection.close()
        return False
    return bool(row and row[0])
