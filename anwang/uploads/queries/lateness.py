"""How late uploads were, by the month in which the data were obtained. Numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.uploads import rules

MONTHS = 6
DAYS_SQL = """
SELECT (obtained_at AT TIME ZONE 'Asia/Taipei')::date, (first_at AT TIME ZONE 'Asia/Taipei')::date, count(*)
  FROM uploads_of(%(county)s, %(kinds)s, %(starts)s, %(ends)s) WHERE obtained_at >= %(since)s GROUP BY 1, 2
"""


@dataclass
class MonthLate:
    """One month: what was obtained, and of it in time, late, still owed in time, still owed and late."""

    month: date
    obtained: int = 0
    in_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def share(self) -> int | None:
        """Of what is decided, how much was in time, in per cent; None where nothing is."""
        decided = self.in_time + self.late + self.overdue
        return round(100 * self.in_time / decided) if decided else None


def lateness(viewer: Viewer) -> tuple[MonthLate, ...]:
    """The last months, this one first. A change after the upload does not count here: its data were obtained before."""
    now, months = clock.now(), {}
    for on in _months(clock.today()):
        months[on] = MonthLate(on)
    with held(), connection.cursor() as cursor:
        given = {"county": viewer.county, **vars(rules.spans(viewer.county)), "since": _start(min(months))}
        cursor.execute(DAYS_SQL, given)
        for day, uploaded, count in cursor.fetchall():
            _add(months[day.replace(day=1)], day, uploaded, count, now, viewer.county)
    return tuple(months.values())


def _add(month: MonthLate, day: date, uploaded: date | None, count: int, now: datetime, county: str) -> None:
    clocked = rules.due(_start(day), county)
    month.obtained += count
    if clocked is None:
        return
    if uploaded is not None:
        in_time = _start(uploaded) < clocked.due_at
        month.in_time += count if in_time else 0
        month.late += 0 if in_time else count
    elif clocked.due_at <= now:
        month.overdue += count
    else:
        month.open += count


def _months(today: date) -> list[date]:
    first, found = today.replace(day=1), []
    for _n in range(MONTHS):
        found.append(first)
        first = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    return found


def _start(on: date) -> datetime:
    return datetime.combine(on, time.min, TAIPEI)
