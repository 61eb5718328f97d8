"""Lines for the person at the terminal while something long goes on."""

from __future__ import annotations

import sys
import time

SAY_EVERY_SECONDS = 2.0


class Progress:
    """Says now and then how far it is."""

    def __init__(self, verb: str, total: int = 0) -> None:
        self._verb, self._total, self._said = verb, total, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._said < SAY_EVERY_SECONDS:
            return
        self._said = time.monotonic()
        share = f" of {self._total / 1e6:.0f}" if self._total else ""
        say(f"{done / 1e6:.0f}{share} MB {self._verb}")


def say(line: str) -> None:
    print(f"anwang: {line}", file=sys.stderr, flush=True)
