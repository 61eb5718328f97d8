"""Learnt from another system after the report came in: words added to it, beside what it said at first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake import policies
from anwang.intake.models import ReportSupplement


@transaction.atomic
def note_more(*, report_id: UUID, text: str, by: Viewer, at: datetime) -> None:
    """Something more is known, such as another list on which the child stands. What was said first stays as it was."""
    policies.may_read(by, report_id).enforce()
    if not text.strip():
        raise BadInput(_("請寫要補充什麼。"), field="text")
    ReportSupplement(
        report_id=report_id, text=text.strip(), at=at, recorded_at=clock.now(), by=by.worker_id
    ).save(force_insert=True)  # fmt: skip
    record("report.noted", by=by, at=at, matter_id=report_id)
