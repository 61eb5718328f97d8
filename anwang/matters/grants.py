"""Which grants the two holders of a matter carry. Written by the acts that move them, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.access.actions import (
    ALL_ZONES,
    SUPERVISOR_ZONES,
    desk_key,
    end_grants,
    grant,
    unit_key,
    worker_key,
)
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING_POST, Role

from .holder import Holder

WORKER_ZONES = (*ALL_ZONES, Zone.REPORTER)
"""The assigned worker also reaches the reporter (one traced click); supervisors and colleagues do not."""


def holder_key(holder: Holder) -> str:
    """The key under which the acting pair reads."""
    return worker_key(holder.worker_id) if holder.worker_id else desk_key(holder.desk_id)  # type: ignore[arg-type]


def grant_to_holder(matter_id: UUID, holder: Holder, *, by: Viewer, at: datetime) -> None:
    """The acting worker or desk reads by relation, safety zone included; the unit's supervisors read the case."""
    grant(
        file_id=matter_id,
        holder=holder_key(holder),
        zones=WORKER_ZONES,
        because="acting",
        by=by,
        at=at,
        purpose=Purpose.CASEWORK if holder.worker_id else Purpose.DUTY,
    )
    _grant_to_supervisors(matter_id, holder.unit_id, "acting_unit", by=by, at=at)


def grant_to_authority(matter_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The accountable authority's supervisors read the case as long as it answers for it."""
    _grant_to_supervisors(matter_id, unit_id, "accountable", by=by, at=at)


def end_of_holder(matter_id: UUID, holder: Holder, *, leaves_unit: bool, by: Viewer, at: datetime) -> None:
    """Reading ends with acting, at the same effective instant."""
    end_grants(file_id=matter_id, holder=holder_key(holder), because="acting", by=by, at=at)
    if leaves_unit:
        _end_of_supervisors(matter_id, holder.unit_id, "acting_unit", by=by, at=at)


def end_of_authority(matter_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The former authority stops reading when it stops answering."""
    _end_of_supervisors(matter_id, unit_id, "accountable", by=by, at=at)


def _grant_to_supervisors(matter_id: UUID, unit_id: UUID, because: str, *, by: Viewer, at: datetime) -> None:
    grant(
        file_id=matter_id,
        holder=unit_key(unit_id, SUPERVISING_POST),
        zones=SUPERVISOR_ZONES,
        because=because,
        by=by,
        at=at,
        purpose=Purpose.SUPERVISION,
    )
    grant(
        file_id=matter_id,
        holder=unit_key(unit_id, Role.CHIEF),
        zones=(Zone.WORK,),
        because=because,
        by=by,
        at=at,
        purpose=Purpose.SUPERVISION,
    )


def _end_of_supervisors(matter_id: UUID, unit_id: UUID, because: str, *, by: Viewer, at: datetime) -> None:
    for post in (SUPERVISING_POST, Role.CHIEF):
        end_grants(file_id=matter_id, holder=unit_key(unit_id, post), because=because, by=by, at=at)
