"""A call of the log, as far as the report that grows out of it needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.intake.models import Call


@dataclass(frozen=True)
class CallForReport:
    """When it truly came and what was said. Who called stays sealed; the report takes it over as it lies."""

    number: str
    received_at: datetime
    about: str
    has_caller: bool


def call_for_report(viewer: Viewer, call_id: UUID) -> CallForReport | None:
    """The call with this id, None when it is not in a log the viewer reads."""
    call = Call.objects.filter(id=call_id).first()
    if call is None:
        return None
    return CallForReport(call.number, call.received_at, call.about, call.sealed_caller is not None)
