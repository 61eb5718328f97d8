"""What somebody invited is shown once the link and the code were right: his own name, and how he may come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import Invitation


@dataclass(frozen=True)
class Invited:
    """`agency` is (code, name) of the agency's own log-in, or None."""

    id: UUID
    worker_id: UUID
    name: str
    username: str
    agency: tuple[str, str] | None


def about(invitation_id: UUID, at: datetime) -> Invited | None:
    """A live invitation; None when it has ended."""
    live = Invitation.objects.select_related("worker", "agency").filter(ended_at=None, expires_at__gt=at)
    row = live.filter(id=invitation_id).first()
    if row is None:
        return None
    agency = (row.agency.code, row.agency.name) if row.agency and row.agency.ended_at is None else None
    return Invited(row.id, row.worker_id, row.worker.called, row.username, agency)
