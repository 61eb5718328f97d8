"""What rosters do by themselves, run by `anwang worker`. Each job may be killed at any point and run again."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer, service_viewer
from anwang.audit.actions import record
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .actions import take_on
from .models import RosterAlarm
from .queries import standing

SERVICE = "rosters"


def take_rows() -> int:
    """Bring accepted rows that wait to a report; returns how many."""
    return take_on(by=service_viewer(SERVICE)).taken


def raise_alarms(now: datetime | None = None) -> int:
    """Write down once that something is wrong: a roster that has not come, a row missing, a child not visited."""
    now = now or clock.now()
    counties = Jurisdiction.objects.filter(on_system=True).order_by("code").values_list("code", flat=True)
    return one_by_one(SERVICE, list(counties), partial(_raise_in, now=now), at=now)


def _raise_in(county: str, by: Viewer, *, now: datetime) -> int:
    rows = [
        RosterAlarm(
            id=uuid7(), kind=alarm.kind, about_id=alarm.about_id, county=county, unit_id=alarm.unit_id,
            due_at=alarm.due_at, raised_at=now,
        )
        for alarm in standing(by, county, reads=False, now=now)
    ]  # fmt: skip
    there = RosterAlarm.objects.filter(about_id__in=[row.about_id for row in rows])
    known = set(there.values_list("kind", "about_id", "due_at"))
    fresh = [row for row in rows if (row.kind, row.about_id, row.due_at) not in known]
    RosterAlarm.objects.bulk_create(fresh, ignore_conflicts=True)
    for row in fresh:
        record("roster.alarm", by=by, at=now, about=row.about_id, kind=row.kind)
    return len(fresh)
