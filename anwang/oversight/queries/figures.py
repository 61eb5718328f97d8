"""How much was explained, by what, and how questions ended. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.oversight import rules, words

BACK = timedelta(days=30)
GROUNDS_SQL = """
SELECT ground, sum(readings), max(day) FROM oversight_ground
 WHERE day > %s AND county = ANY ((SELECT oversight_counties())::text[]) GROUP BY 1 ORDER BY 2 DESC, 1
"""
OUTCOMES_SQL = """
SELECT outcome, count(*) FROM oversight_question WHERE state = 'settled' AND settled_at > %s GROUP BY 1 ORDER BY 2 DESC
"""


@dataclass(frozen=True)
class Figures:
    """Of the last thirty days that were looked through, in the viewer's county."""

    explained: int
    unexplained: int
    last_night: date | None
    grounds: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]

    @property
    def share(self) -> int | None:
        """Explained readings of all, in whole percent, rounded down."""
        total = self.explained + self.unexplained
        return self.explained * 100 // total if total else None


def figures(viewer: Viewer) -> Figures:
    """What the bench shows under its rows."""
    on = clock.local(clock.now()).date()
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS_SQL, [on - BACK])
        rows = cursor.fetchall()
        cursor.execute(OUTCOMES_SQL, [clock.now() - BACK])
        outcomes = _labelled(rules.OUTCOMES, cursor.fetchall(), on)
    found = {ground: int(count) for ground, count, _day in rows}
    unexplained = found.pop("", 0)
    grounds = _labelled(rules.GROUNDS, list(found.items()), on)
    return Figures(sum(found.values()), unexplained, max((row[2] for row in rows), default=None), grounds, outcomes)


def _labelled(codelist: str, rows: list[tuple[str, int]], on: date) -> tuple[tuple[str, int], ...]:
    return tuple(("".join(words.of_codes(codelist, [code], on)) or code, int(count)) for code, count in rows)
