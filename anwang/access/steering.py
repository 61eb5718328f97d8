"""Who steers, and for whom: the posts that steer at the ministry and at a county. Every desk of steering asks here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation.looking import once

from .roles import ROLES, Permission
from .viewer import Viewer

__all__ = ["NATION", "Standing", "standing"]
NATION = ""
"""Where a county's code would stand: for all of them."""


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

    @property
    def reach(self) -> str | None:
        """The nation for the ministry, else his county; None for whoever steers nothing."""
        if self.is_ministry:
            return NATION
        return self.county if self.steers else None

    def is_for(self, county: str) -> bool:
        """Whether he steers in the name of this county (of any, when none is named), and not of the ministry."""
        return bool(self.county) and not self.is_ministry and county in ("", self.county)


@once(lambda viewer: (viewer.worker_id, viewer.units))
def standing(viewer: Viewer) -> Standing:
    """One statement; nobody for whoever has no post that steers at a public authority."""
    posts = [unit for unit, role in viewer.roles.items() if Permission.STEER in ROLES.get(role, ())]
    if not posts:
        return Standing((), (), "")
    found = list(Unit.objects.filter(id__in=posts, is_public=True).values_list("id", "kind", "jurisdiction_id"))
    ministry = tuple(unit for unit, kind, _county in found if kind == UnitKind.MINISTRY)
    county = next((county for _unit, kind, county in found if kind != UnitKind.MINISTRY), "")
    return Standing(tuple(unit for unit, *_rest in found), ministry, county)
