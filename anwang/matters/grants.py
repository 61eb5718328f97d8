"""Which grants the two holders of a matter carry. Written by the acts that move them, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.access.actions import (
    ALL_ZONES,
    SUPERVISOR_ZONES,
    desk_key,
    end_grants,
    end_grants_of,
    grant,
    grant_files,
    grant_of,
    unit_key,
    worker_key,
)
from anwang.access.models import Grant
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.rows import write
from anwang.directory.states import SUPERVISING_POST, Role

from .holder import Holder

WORKER_ZONES = (*ALL_ZONES, Zone.REPORTER)
"""The assigned worker also reaches the reporter (one traced click); supervisors and colleagues do not."""
READ_BY_SUPERVISORS = ((SUPERVISING_POST, SUPERVISOR_ZONES), (Role.CHIEF, (Zone.WORK,)))
"""Posts of a holding unit and what they read."""


def holder_key(holder: Holder) -> str:
    """The key under which the acting pair reads."""
    return worker_key(holder.worker_id) if holder.worker_id else desk_key(holder.desk_id)  # type: ignore[arg-type]


def grants_of_holder(
    matter_id: UUID, holder: Holder, *, by: Viewer, at: datetime, until: datetime | None = None
) -> tuple[Grant, ...]:
    """The acting worker or desk reads by relation, safety zone included; the unit's supervisors read the case."""
    purpose = Purpose.CASEWORK if holder.worker_id else Purpose.DUTY
    acting = grant_of(
        file_id=matter_id, holder=holder_key(holder), zones=WORKER_ZONES, because="acting", by=by, at=at,
        purpose=purpose, until=until,
    )  # fmt: skip
    return (acting, *_grants_of_supervisors(matter_id, holder.unit_id, "acting_unit", by=by, at=at, until=until))


def grant_to_authority(matter_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The accountable authority's supervisors read the case as long as it answers for it."""
    write(*grants_of_authority(matter_id, unit_id, by=by, at=at))


def grants_of_authority(matter_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> tuple[Grant, ...]:
    """What `grant_to_authority` writes."""
    return _grants_of_supervisors(matter_id, unit_id, "accountable", by=by, at=at)


def pass_on(
    matter_ids: list[UUID], giver: Holder, to: Holder, *, by: Viewer, at: datetime, until: datetime | None = None
) -> None:
    """Reading goes with acting, at the same effective instant. An NGO's ends `until` its contract does."""
    end_grants_of(file_ids=matter_ids, holder=holder_key(giver), because="acting", by=by, at=at)
    purpose = Purpose.CASEWORK if to.worker_id else Purpose.DUTY
    grant_files(
        file_ids=matter_ids, holder=holder_key(to), zones=WORKER_ZONES, because="acting", by=by, at=at,
        purpose=purpose, until=until,
    )  # fmt: skip
    if giver.unit_id == to.unit_id:
        return
    for post, zones in READ_BY_SUPERVISORS:
        end_grants_of(
            file_ids=matter_ids, holder=unit_key(giver.unit_id, post), because="acting_unit", by=by, at=at
        )  # fmt: skip
        grant_files(
            file_ids=matter_ids, holder=unit_key(to.unit_id, post), zones=zones, because="acting_unit", by=by, at=at,
            purpose=Purpose.SUPERVISION, until=until,
        )  # fmt: skip


def end_of_authority(matter_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The former authority stops reading when it stops answering."""
    _end_of_supervisors(matter_id, unit_id, "accountable", by=by, at=at)


def _grants_of_supervisors(
    matter_id: UUID, unit_id: UUID, because: str, *, by: Viewer, at: datetime, until: datetime | None = None
) -> tuple[Grant, ...]:
    return tuple(
        grant_of(
            file_id=matter_id, holder=unit_key(unit_id, post), zones=zones, because=because, by=by, at=at,
            purpose=Purpose.SUPERVISION, until=until,
        )
        for post, zones in READ_BY_SUPERVISORS
    )  # fmt: skip


def _end_of_supervisors(matter_id: UUID, unit_id: UUID, because: str, *, by: Viewer, at: datetime) -> None:
    for post in (SUPERVISING_POST, Role.CHIEF):
        end_grants(file_id=matter_id, holder=unit_key(unit_id, post), because=because, by=by, at=at)


def grant_to_receiver(
    matter_id: UUID, unit_id: UUID, zones: tuple[str, ...], because: str, because_id: UUID, *,
    by: Viewer, at: datetime, worker_id: UUID | None = None, until: datetime | None = None,
) -> None:  # fmt: skip
    """What another unit's supervisors (and a named worker) read because they were asked, joined or gave up."""
    holders = [unit_key(unit_id, SUPERVISING_POST), *([worker_key(worker_id)] if worker_id else [])]
    for holder in holders:
        grant(
            file_id=matter_id, holder=holder, zones=zones, because=because, because_id=because_id, by=by, at=at,
            until=until,
        )  # fmt: skip


def end_of_receiver(
    matter_id: UUID, unit_id: UUID, because: str, because_id: UUID, *,
    by: Viewer, at: datetime, worker_id: UUID | None = None,
) -> None:  # fmt: skip
    """Reading because of one offer or dispute ends with it."""
    holders = [unit_key(unit_id, SUPERVISING_POST), *([worker_key(worker_id)] if worker_id else [])]
    for holder in holders:
        end_grants_of(
            file_ids=[matter_id], holder=holder, because=because, because_id=because_id, by=by, at=at
        )  # fmt: skip
