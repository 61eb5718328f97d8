"""Who steers, and for whom: units of the ministry and of a county at which a viewer has a post that steers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from anwang.access.roles import ROLES, Permission
from anwang.access.viewer import Viewer
from anwang.directory.actions import window_of
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import SUPERVISING, Role, UnitKind
from anwang.matters.holder import Holder

BUREAUX = (UnitKind.COUNTY, UnitKind.BUREAU, UnitKind.HEALTH)
"""Kinds of county units that steer: only they are asked, since only they have the desk to answer at."""


@dataclass(frozen=True)
class Standing:
    """`ministry`: his units of the ministry; `county`: the county for whose units he steers, empty for none."""

    units: tuple[UUID, ...]
    ministry: tuple[UUID, ...]
    county: str

    @property
    def is_ministry(self) -> bool:
        return bool(self.ministry)

    @property
    def steers(self) -> bool:
        return bool(self.units)


def standing(viewer: Viewer) -> Standing:
    """One statement; nobody for whoever has no post that steers at a public authority."""
    posts = [unit for unit, role in viewer.roles.items() if Permission.STEER in ROLES.get(role, ())]
    if not posts:
        return Standing((), (), "")
    found = list(Unit.objects.filter(id__in=posts, is_public=True).values_list("id", "kind", "jurisdiction_id"))
    ministry = tuple(unit for unit, kind, _county in found if kind == UnitKind.MINISTRY)
    county = next((county for _unit, kind, county in found if kind != UnitKind.MINISTRY), "")
    return Standing(tuple(unit for unit, *_rest in found), ministry, county)


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
