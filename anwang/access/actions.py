"""Writing grants and involvements: always in the transaction of the act that gives the reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .models import Grant, Involvement
from .states import Circle, Purpose, Zone
from .viewer import Viewer

ALL_ZONES = (Zone.WORK, Zone.CASE, Zone.SPECIAL, Zone.SAFETY)
"""What the acting pair and the duty desk read by relation, without a second person."""
SUPERVISOR_ZONES = (Zone.WORK, Zone.CASE, Zone.SPECIAL)


def worker_key(worker_id: UUID) -> str:
    return f"w:{worker_id}"


def unit_key(unit_id: UUID, role: str = "") -> str:
    return f"u:{unit_id}/{role}" if role else f"u:{unit_id}"


def desk_key(desk_id: UUID) -> str:
    return f"d:{desk_id}"


@transaction.atomic
def grant(
    *,
    file_id: UUID,
    holder: str,
    zones: tuple[str, ...],
    purpose: str = Purpose.CASEWORK,
    because: str,
    by: Viewer,
    at: datetime,
    because_id: UUID | None = None,
    until: datetime | None = None,
) -> Grant:
    """Let `holder` read `zones` of a file from `at` (until `until`), because of something named."""
    return Grant.objects.create(
        id=uuid7(),
        file_id=file_id,
        holder=holder,
        zones=[str(zone) for zone in zones],
        purpose=purpose,
        because=because,
        because_id=because_id,
        starts_at=at,
        ends_at=until,
        granted_by=by.worker_id,
        recorded_at=clock.now(),
    )


@transaction.atomic
def end_grants(*, file_id: UUID, holder: str, because: str, by: Viewer, at: datetime) -> int:
    """End the live grants that `because` gave to `holder` on a file; returns how many."""
    live = Grant.objects.filter(
        file_id=file_id, holder=holder, because=because, ends_at__isnull=True, starts_at__lte=at
    )
    return live.update(ends_at=at)


@transaction.atomic
def involve(*, file_id: UUID, person_id: UUID, circle: str = Circle.NEUTRAL, by: Viewer) -> None:
    """A person stands in a file from now on. Twice is the same as once."""
    Involvement.objects.bulk_create(
        [Involvement(id=uuid7(), file_id=file_id, person_id=person_id, circle=circle, recorded_at=clock.now())],
        ignore_conflicts=True,
    )
