"""For whom somebody steers: one answer for every desk of steering."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from anwang.access.steering import NATION, standing
from anwang.access.viewer import Viewer
from anwang.directory.models import Unit
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.funding.standing import may_grant, may_report, may_see
from anwang.lab.policies import may_draft
from anwang.submissions.standing import may_call, may_write
from tests.world import World, build_world

POSTS: list[tuple[list[tuple[str, Role]], str | None]] = [
    ([("ministry", Role.OFFICER)], NATION),
    ([("ministry", Role.CHIEF)], NATION),
    ([("ministry", Role.CLERK)], None),
    ([("social", Role.OFFICER)], "99001"),
    ([("social", Role.CHIEF)], "99001"),
    ([("county2", Role.OFFICER)], "99002"),
    ([("social", Role.SUPERVISOR)], None),
    ([("social", Role.SOCIAL_WORKER)], None),
    ([("association", Role.CHIEF)], None),
    ([("social", Role.SOCIAL_WORKER), ("ministry", Role.OFFICER)], NATION),
    ([("ministry", Role.CLERK), ("social", Role.OFFICER)], "99001"),
    ([("association", Role.CHIEF), ("social", Role.CHIEF)], "99001"),
]
"""(posts, for whom he steers): a post that does not steer, or is at no public authority, gives nothing."""


def viewer(units: dict[str, UUID], posts: list[tuple[str, Role]]) -> Viewer:
    """Somebody at these posts; `county` is that of the first, as after logging in."""
    first = Unit.objects.get(id=units[posts[0][0]])
    held = {units[unit]: role.value for unit, role in posts}
    return Viewer(uuid7(), "某人", unit_id=first.id, county=first.jurisdiction_id, roles=held)


@pytest.fixture
def units(db: None, at: Callable[..., clock.FrozenClock]) -> dict[str, UUID]:
    at("2026-06-01T10:00+08:00")
    world: World = build_world()
    world.units["association"] = uuid7()
    Unit.objects.create(
        id=world.units["association"], code="association", name="潮聲協會", kind=UnitKind.NGO, is_public=False,
        jurisdiction_id="99001", superior_id=world.units["social"], phone="(08)000-4000", opened_on=date(2010, 1, 1),
    )  # fmt: skip
    return world.units


@pytest.mark.parametrize(("posts", "reach"), POSTS)
def test_asks_every_desk_for_the_same(units: dict[str, UUID], posts: list[tuple[str, Role]], reach: str | None) -> None:
    one = viewer(units, posts)
    assert standing(one).reach == reach
    assert [bool(may(one)) for may in (may_grant, may_call)] == [reach == NATION] * 2
    assert bool(may_see(one)) == (reach is not None)
    for county in ("99001", "99002"):
        assert bool(may_see(one, county)) == bool(may_report(one, county)) == (reach in (NATION, county))
        assert bool(may_write(one, county)) == (reach == county)
    assert bool(may_draft(one, NATION)) == (reach == NATION)
