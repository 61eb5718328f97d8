"""How many contacts a schedule owes between two days, for many courses: windows are laid out once for each origin.

The same windows as `schedules.tiles` gives for a course of one stretch; only the first can be less than whole.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import takewhile

from .schedules import Stage, grid, part_of

_DAY = timedelta(days=1)


class Owed:
    """Contacts of windows that end on a day from `since` on and before `before`."""

    def __init__(self, steps: tuple[Stage, ...], since: date, before: date) -> None:
        self._steps, self._since, self._before = steps, since, before
        self._laid: dict[date, tuple[list[date], list[date], list[int]]] = {}
        self._known: dict[tuple[date, date, date], int] = {}

    @property
    def asked(self) -> int:
        """How many different courses were counted."""
        return len(self._known)

    def contacts(self, origin: date, begins: date, ends: date) -> int:
        """Owed by a course counted from `origin`, under these steps from `begins` on, before `ends`."""
        asked = (origin, begins, min(ends, self._before))
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._count(*asked)
        return found

    def _count(self, origin: date, begins: date, before: date) -> int:
        firsts, lasts, sums = self._windows(origin)
        low, high = bisect_left(lasts, max(begins, self._since)), bisect_left(lasts, before)
        if low >= high:
            return 0
        found = sums[high] - sums[low]
        if firsts[low] < begins:
            first, last, whole = firsts[low], lasts[low], sums[low + 1] - sums[low]
            found += part_of(whole, (last - begins + _DAY) / (last - first + _DAY), True) - whole
        return found

    def _windows(self, origin: date) -> tuple[list[date], list[date], list[int]]:
        """First and last days of the windows, and the contacts of all before each."""
        found = self._laid.get(origin)
        if found is None:
            firsts, lasts, sums = [], [], [0]
            for first, last, stage in takewhile(lambda one: one[1] < self._before, grid(self._steps, origin)):
                firsts.append(first)
                lasts.append(last)
                sums.append(sums[-1] + stage.contacts)
            found = self._laid[origin] = (firsts, lasts, sums)
        return found
