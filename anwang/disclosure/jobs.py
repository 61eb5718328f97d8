"""What disclosure does by itself, run by `anwang worker`: what was spooled into the record, searches to her worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer, service_viewer, viewer_for
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.protection.actions import tell_of_report
from anwang.protection.rules import search_words

from . import spool
from .actions.breaking import Because, Scope, open_scope
from .models import Glass

BACK = timedelta(days=2)
"""Reports of this time are looked at again: one may be entered late, or get its people later."""
SEARCHES_SQL = "SELECT matter_id, person_id, number FROM disclosure_reports_that_search(%s, %s)"


def hear_of_searches(now: datetime | None = None) -> int:
    """Tell her own worker of each report that looks for somebody whose whereabouts are kept; how many were new."""
    now = now or clock.now()
    with transaction.atomic():
        service_viewer("searches", at=now)
        with connection.cursor() as cursor:
            cursor.execute(SEARCHES_SQL, [now - BACK, "|".join(search_words(clock.local(now).date()))])
            found = cursor.fetchall()
    return one_by_one("searches", found, partial(_tell, at=now), at=now)


def _tell(search: tuple[UUID, UUID, str], by: Viewer, *, at: datetime) -> int:
    matter_id, person_id, number = search
    tell_of_report(matter_id=matter_id, person_id=person_id, number=number, by=by, at=at)
    return 1


def replay() -> int:
    """Write what waits into the record, in the order in which it happened; how many were new.

    Each entry is one transaction, known by its id: killed after the commit, the next run finds it there and only puts
    the file aside. An entry that was changed, or that follows one taken out, is recorded as broken and kept.
    """
    done = 0
    for kept in spool.waiting():
        if kept.entry is None:
            with transaction.atomic():
                record("glass.spool_broken", by=service_viewer("spool"), file=kept.path.name.partition("-")[0])
            spool.put_away_broken(kept)
            continue
        with transaction.atomic():
            done += _into_record(kept.entry)
        spool.put_aside(kept)
    return done


def _into_record(entry: spool.Entry) -> int:
    reader = viewer_for(UUID(entry.worker), at=entry.instant)
    reader = replace(reader, unit_id=UUID(entry.unit), county=entry.county)
    if Glass.objects.filter(spooled=UUID(entry.id)).exists():
        return 0
    scope = Scope(UUID(entry.family) if entry.family else None, tuple(UUID(one) for one in entry.files))
    open_scope(
        scope=scope, because=Because(entry.reason, entry.words), by=reader, at=entry.instant, spooled=UUID(entry.id)
    )
    return 1
