"""What schedules do by themselves, run by `anwang worker`. Killed at any point, the next run does the rest."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer, service_viewer
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock
from anwang.matters.promises import lock

from . import rules
from .actions.rolling import roll

SERVICE = "followups"
WAITING_SQL = "SELECT followups_waiting(%s, %s)"
BACK = timedelta(days=400)
"""Rules that changed longer ago were noticed long since, by whatever happened to the case."""


def roll_on(now: datetime | None = None) -> int:
    """Open the windows that began, count those that are over, re-plan where a rule changed; returns how many cases."""
    now = now or clock.now()
    today = clock.local(now).date()
    with transaction.atomic():
        service_viewer(SERVICE, at=now)
        with connection.cursor() as cursor:
            cursor.execute(WAITING_SQL, [today, json.dumps(_changed(today))])
            waiting = [matter_id for (matter_id,) in cursor.fetchall()]
    return one_by_one(SERVICE, waiting, partial(_roll, at=now), at=now)


def _roll(matter_id: UUID, by: Viewer, *, at: datetime) -> bool:
    roll(lock(matter_id), by=by, at=at)
    return True


def _changed(today: object) -> list[dict[str, str]]:
    """A national version changes every county that has none of its own."""
    day = clock.today()
    rows = rules.changed(day - BACK, day)
    counties = list(Jurisdiction.objects.values_list("code", flat=True)) if rows else []
    return [{**row, "county": county} for row in rows for county in ([row["county"]] if row["county"] else counties)]
