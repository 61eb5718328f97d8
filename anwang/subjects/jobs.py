"""What the worker does for this room by itself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.subjects import keys, rules
from anwang.subjects.models import Due

BATCH = 1000
NOBODY = UUID(int=0)
_looked_on: date | None = None


def reseal() -> None:
    """A share of what is still under an older version of the keys."""
    keys.reseal()


def find_due() -> None:
    """Once a day, and when the worker begins: which closed files have been kept long enough."""
    global _looked_on
    today = clock.today()
    if _looked_on != today:
        look_through(at=clock.now())
        _looked_on = today


def look_through(*, at: datetime) -> int:
    """Look through closed files and put on the list whose last day of keeping is over; how many are new."""
    new, after, today = 0, NOBODY, clock.local(at).date()
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            service_viewer("retention", at=at)
            cursor.execute("SELECT * FROM subjects_ended(%s, %s)", [after, BATCH])
            rows = cursor.fetchall()
            found = []
            for file_id, number, county, kind, ended_at, youngest in rows:
                kept = rules.kept_until(kind, ended_at, youngest, county)
                if kept and kept[0] < today:
                    found.append(Due(file_id=file_id, number=number, county=county, by_class=kept[1], due_on=kept[0],
                                     found_at=at))  # fmt: skip
            Due.objects.bulk_create(found, ignore_conflicts=True)
            new += len(found)
        if len(rows) < BATCH:
            return new
        after = rows[-1][0]
