"""What uploading asks the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.rulebook import NotInForce, Started

RULE = "central_upload"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spans:
    """Kinds of case with the spans in which data obtained are owed; three columns of one table, for `uploads_of`."""

    kinds: list[str]
    starts: list[datetime]
    ends: list[datetime | None]


def spans(county: str) -> Spans:
    """Which kinds of data go into the central database by when they were obtained; none before there was a rule."""
    versions = book().handle("central_upload.kinds", "value").versions(county)
    found = Spans([], [], [])
    for version, following in zip_longest(versions, versions[1:]):
        days = [one for one in (version.until, following and following.from_ - ONE_DAY) if one]
        for kind in () if version.withdrawn else version.value:
            found.kinds.append(kind)
            found.starts.append(_midnight(version.from_))
            found.ends.append(_midnight(min(days) + ONE_DAY) if days else None)
    return found


def due(obtained_at: datetime, county: str) -> Started | None:
    """By when what was obtained then must be there, with the arithmetic; None before there was a rule."""
    try:
        return book().clock_of(RULE, {"at": obtained_at}, clock.local(obtained_at).date(), county)
    except NotInForce:
        return None


def late_before(now: datetime, county: str) -> datetime:
    """Whatever was obtained before this instant is late now. The clock counts whole days, so a day has one answer."""
    on = clock.local(now).date()
    while True:
        clocked = due(_midnight(on), county)
        if clocked is None or clocked.due_at <= now:
            return _midnight(on + ONE_DAY)
        on -= ONE_DAY


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, TAIPEI)
