"""Telling the system that sent a report how it fares: a class, never a result, and nothing to a party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED, REPORT_RECEIVED

SENDER_SQL = "SELECT sender, number FROM intake_sender_to_tell(%s)"
WORDS = {REPORT_RECEIVED: "received", REPORT_DECIDED: "being_handled", REPORT_CLOSED: "handled"}
"""The same neutral words as the interface answers with when it is asked."""


def tell_sender(report_id: UUID, event: str, *, county: str, by: Viewer, at: datetime) -> int:
    """Announce what became of a report to the system it came from; returns to how many endpoints.

    Whoever reported and is, or may be, one of those the report is about heard that it was received, and hears no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(SENDER_SQL, [report_id])
        row = cursor.fetchone()
    if row is None:
        return 0
    return announce(event, tell=[Telling(row[0], row[1], at, report_id)], county=county, by=by, says=WORDS[event])


def tell_received(told: Iterable[Telling], *, county: str, by: Viewer) -> int:
    """Announce that reports were received, to the systems they came from: one statement, none where none came so."""
    return announce(REPORT_RECEIVED, tell=tuple(told), county=county, by=by, says=WORDS[REPORT_RECEIVED])
