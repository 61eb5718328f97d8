"""Forms somebody has not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.intake.models import ReportDraft


@dataclass(frozen=True)
class Draft:
    id: UUID
    kept_at: datetime


def drafts(viewer: Viewer) -> tuple[Draft, ...]:
    """The viewer's own drafts, the newest first."""
    rows = ReportDraft.objects.filter(worker_id=viewer.worker_id, used_at=None).order_by("-kept_at")[:20]
    return tuple(Draft(row.id, row.kept_at) for row in rows)
