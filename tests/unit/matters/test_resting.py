"""What rests when nobody names a step: by the kernel's kind, and for a case by its own kind."""

import pytest

from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.states import MatterKind
from tests.unit.matters.cases import NIGHT, after
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world()


@pytest.mark.parametrize(
    ("kind", "sort", "rule"),
    [
        (MatterKind.CASE, "child_protection", "resting.child_protection"),
        (MatterKind.CASE, "intimate_violence", "resting.violence"),
        (MatterKind.CASE, "suicide", "resting.suicide"),
        (MatterKind.CASE, "elder", "resting.case"),
        (MatterKind.CASE, "", "resting.case"),
        (MatterKind.PLACEMENT, "", "resting.placement"),
        (MatterKind.REPORT, "", "resting.report"),
    ],
)
def test_rests_by_the_kind_of_case(world: World, kind: str, sort: str, rule: str) -> None:
    matter = actions.open_matter(
        kind=kind, sort=sort, county="99001", accountable_id=world.units["protection"], opened_at=NIGHT,
        acting=Holder(world.units["protection"], world.workers["worker"]), event="matter.reviewed", facts={},
        by=world.viewer("worker"),
    )  # fmt: skip
    assert resting(matter) == (rule, True)
    by = world.viewer("worker")
    step = actions.set_step(matter_id=matter.id, code="visit", due_at=after(400), by=by, at=after(5))
    assert resting(matter) == ("manual.visit", False)
    actions.done(duty_id=step.id, by=by, at=after(10))
    assert resting(matter) == (rule, True)


def resting(matter: Matter) -> tuple[str, bool]:
    """The next step of a matter: its rule, and whether it only keeps the matter from standing still."""
    next_id = Matter.objects.values_list("next_duty_id", flat=True).get(id=matter.id)
    return Duty.objects.values_list("rule_id", "is_auto").get(id=next_id)
