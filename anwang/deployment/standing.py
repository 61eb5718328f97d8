"""Who acts for a unit in steering."""

from __future__ import annotations

from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.directory.actions import window_of
from anwang.directory.models import Appointment
from anwang.directory.states import SUPERVISING, Role, UnitKind
from anwang.matters.holder import Holder

BUREAUX = (UnitKind.COUNTY, UnitKind.BUREAU, UnitKind.HEALTH)
"""Kinds of county units that steer: only they are asked, since only they have the desk to answer at."""


def holder_of(unit_id: UUID, *, by: Viewer) -> Holder:
    """Who acts for a unit in steering: its officer, else its chief, else who supervises there, else its window."""
    posts = list(
        Appointment.objects.filter(live_unit=unit_id).order_by("started_at", "id").values_list("role", "worker_id")
    )
    for wanted in ({Role.OFFICER}, {Role.CHIEF}, SUPERVISING):
        for role, worker_id in posts:
            if role in wanted:
                return Holder(unit_id, worker_id)
    return Holder(unit_id, desk_id=window_of(unit_id=unit_id, by=by))
