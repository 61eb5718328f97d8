"""`build_nation()`: found the counties, play the stories, stamp them until a year of reports is there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
from django.db import connections, transaction

from anwang.enactments.queries import held
from anwang.foundation import clock

from .casting import Stamp, compiled
from .drawing import Year
from .filling import Filler
from .loading import put_back, set_aside
from .moulds import Mould, play
from .nation import nation
from .plans import Plan, plans
from .staff import WORKSHOPS, Founder, Office
from .tables import Table
from .writing import write


def build_nation(url: str, reports: int, seed: int, stories: list[Plan] | None = None) -> None:
    """So many reports beside the small counties; the clock's offset has been set.

    `url` is the owner's; `stories` are those to stamp, all when none are named.
    """
    steps = Steps()
    until = clock.now().replace(second=0, microsecond=0)
    with held():
        with clock.frozen(until), transaction.atomic():
            offices = Founder(nation(), reports, seed).found()
        steps.say(f"{sum(_workers(one) for one in offices)} workers in {len(offices)} counties")
        by_code = {office.place.code: office for office in offices}
        moulds = play(
            (by_code[WORKSHOPS[0]], by_code[WORKSHOPS[1]]),
            until,
            seed,
            stories or plans(),
            steps.share("stories played"),
        )
        stamps, tables = _compiled(url, moulds)
        made = sum(stamp.reports for stamp in stamps)
        draws = Year(nation(), offices, stamps, until, seed).draw(max(0, reports - made))
    steps.say(f"{len(stamps)} stories with {made} reports; {len(draws)} copies to write")
    connections.close_all()
    with psycopg.connect(url, autocommit=True) as owner:
        taken = frozenset(number for (number,) in owner.execute(_TAKEN))
        aside = set_aside(owner, tables)
        filler = Filler(nation(), offices, stamps, seed, taken)
        write(url, filler, draws, tables, steps.share("copies written"))
        put_back(url, aside, tables, steps.say)
    steps.say("the nation is built")


_TAKEN = "SELECT number FROM matters_matter UNION ALL SELECT number FROM people_family"


def _compiled(url: str, moulds: list[Mould]) -> tuple[list[Stamp], list[Table]]:
    with psycopg.connect(url) as owner:
        return compiled(owner, moulds)


def _workers(office: Office) -> int:
    return sum(len(one.workers) + 1 for sections in office.branches.values() for one in sections)


class Steps:
    """Tells on the terminal what is done, with the seconds since the beginning."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def say(self, words: str) -> None:
        seconds = timedelta(seconds=int(time.monotonic() - self.started))
        print(f"anwang: {seconds} {words}", file=sys.stderr, flush=True)

    def share(self, of_what: str, step: int = 10) -> Callable[[int, int], None]:
        """Tells each time so many hundredths more are done."""
        told = 0

        def tell(done: int, of: int) -> None:
            nonlocal told
            if (hundredths := done * 100 // of) >= told + step:
                told = hundredths - hundredths % step
                self.say(f"{of_what}, {told} %")

        return tell
