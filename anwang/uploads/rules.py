"""What uploading asks the rulebook."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.rulebook import NotInForce, Started

RULE = "central_upload"


def kinds(at: datetime, county: str) -> tuple[str, ...]:
    """Kinds of case whose data go into the central database; none before there was a rule."""
    found = book().value("central_upload.kinds").get(clock.local(at).date(), county)
    return tuple(found.value) if found else ()


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
            return _midnight(on + timedelta(days=1))
        on -= timedelta(days=1)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, TAIPEI)
