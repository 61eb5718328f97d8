"""Writing grants and involvements: always in the transaction of the act that gives the reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from anwang.audit.rows import new
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


# No savepoints here: each of these is one statement, and what it fails with nobody catches to go on.
@transaction.atomic(savepoint=False)
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
    given = grant_of(file_id=file_id, holder=holder, zones=zones, purpose=purpose, because=because, by=by, at=at,
                     because_id=because_id, until=until)  # fmt: skip
    given.save(force_insert=True)
    return given


def grant_of(
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
    """What `grant` writes, not yet written: for actions that write all their rows together."""
    return new(
        Grant,
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


@transaction.atomic(savepoint=False)
def end_grants(*, file_id: UUID, holder: str, because: str, by: Viewer, at: datetime) -> int:
    """End the live grants that `because` gave to `holder` on a file; returns how many."""
    return end_grants_of(file_ids=[file_id], holder=holder, because=because, by=by, at=at)


@transaction.atomic(savepoint=False)
def grant_files(
    *,
    file_ids: Iterable[UUID],
    holder: str,
    zones: tuple[str, ...],
    purpose: str = Purpose.CASEWORK,
    because: str,
    by: Viewer,
    at: datetime,
    because_id: UUID | None = None,
    until: datetime | None = None,
) -> None:
    """`grant` for many files in one statement: a hand-over list, a shift, the end of a contract."""
    Grant.objects.bulk_create(
        [
            grant_of(file_id=file_id, holder=holder, zones=zones, purpose=purpose, because=because, by=by, at=at,
                     because_id=because_id, until=until)
            for file_id in file_ids
        ]
    )  # fmt: skip


@transaction.atomic(savepoint=False)
def end_grants_of(
    *, file_ids: Iterable[UUID], holder: str, because: str, by: Viewer, at: datetime, because_id: UUID | None = None
) -> int:
    """End the live grants of many files, also those that had an end later on; `because_id` narrows them."""
    live = Grant.objects.filter(file_id__in=list(file_ids), holder=holder, because=because, starts_at__lte=at)
    live = live.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    if because_id is not None:
        live = live.filter(because_id=because_id)
    return live.update(ends_at=at)


@transaction.atomic(savepoint=False)
def involve(*, file_id: UUID, person_id: UUID, circle: str = Circle.NEUTRAL, by: Viewer) -> None:
    """A person stands in a file from now on. Twice is the same as once."""
    stands = involvement_of(file_id, person_id, circle)
    Involvement.objects.bulk_create([stands], ignore_conflicts=True)


def involvement_of(file_id: UUID, person_id: UUID, circle: str = Circle.NEUTRAL) -> Involvement:
    """What `involve` writes, not yet written: for a file that is itself only planned."""
    return new(Involvement, id=uuid7(), file_id=file_id, person_id=person_id, circle=circle, recorded_at=clock.now())
