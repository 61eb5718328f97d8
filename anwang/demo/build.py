"""`build()` makes the invented county: founds its directory, then plays all stories up to the demonstration's clock."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import transaction

from anwang.enactments.queries import held
from anwang.foundation import clock

from .beats import play
from .founding import found
from .stories import all_stories

STEP = 10
"""Progress is told each time so many hundredths more are done."""


def build(seed: int = 1) -> None:
    """Fill an empty database; the clock's offset has been set by the caller. The same seed makes the same people."""
    until = clock.now()
    with clock.frozen(until), transaction.atomic():
        county = found()
    with held():
        played = play(all_stories(county, seed), until, _progress())
    print(f"anwang: {played} beats played", file=sys.stderr, flush=True)


def _progress() -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        share = done * 100 // of
        if share >= told + STEP:
            told = share - share % STEP
            print(f"anwang: the county's history, {told} %", file=sys.stderr, flush=True)

    return tell
