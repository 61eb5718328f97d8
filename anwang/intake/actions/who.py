"""Saying who somebody in a report is: the same person as an earlier record, somebody else, or not sure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.access.viewer import Viewer
from anwang.intake import policies
from anwang.intake.models import Report
from anwang.matters.promises import keep, lock
from anwang.people.actions import decide_identity

from .concluding import look_again


@transaction.atomic
def say_who(
    *, report_id: UUID, person_id: UUID, other_id: UUID, verdict: str, reasons: Iterable[str] = (), by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    """The same, apart or unsure; when it makes this one report of several, the second look is owed."""
    lock(report_id)
    policies.may_screen(by, report_id).enforce()
    decide_identity(person_id=person_id, other_id=other_id, verdict=verdict, reasons=reasons, by=by, at=at)
    look_again(Report.objects.get(id=report_id), by=by)
    keep()
