"""On English pages units, desks and workers have their English names; people keep theirs as they are written."""

from __future__ import annotations

import re

import pytest

from anwang.access.viewer import viewer_for
from anwang.directory.models import Unit
from anwang.directory.queries import on_duty
from anwang.matters import actions, queries
from anwang.matters.holder import Holder
from anwang.matters.states import HandOverReason, OfferKind
from anwang.people.actions import add_person
from tests.pages.unit_desk.test_whom import as_
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import UNITS as TREE
from tests.world import WORKERS, World, build_world, hours

pytestmark = pytest.mark.django_db
IN_CHINESE = {name for _key, name, *_rest in (*TREE, *WORKERS)} | {"夜間值班台"}


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


@pytest.fixture
def busy(world: World) -> World:
    """An assignment, a request, a hand-over list and a late step: everything the lists can show."""
    by = world.viewer("worker")
    first, second, third = (held_by(world, "worker") for _ in range(3))
    actions.offer(
        matter_id=first.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], by=by, at=after(20),
        topic="parenting",
    )  # fmt: skip
    actions.set_step(matter_id=third.id, code="phone", due_at=after(30), by=by, at=after(5))
    add_person(name="陳小宇", by=by, at=after(5), file_id=third.id)
    actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=world.units["protection"], reason=HandOverReason.LEAVING,
        to={second.id: Holder(world.units["protection"], world.workers["worker2"])}, effective_at=after(30),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    actions.assign(
        matter_id=held_by(world, None).id, to=Holder(world.units["protection"], world.workers["worker2"]),
        accountable_id=world.units["protection"], effective_at=after(40), expected_since=NIGHT,
        by=world.viewer("night"),
    )  # fmt: skip
    return world


PAGES = ("/today", "/today?of=unit", "/unit", "/unit/work", "/unit/lists", "/unit/roster", "/unit/contracts", "/duty")


@pytest.mark.parametrize("path", PAGES)
def test_names_units_and_workers_in_english(busy: World, path: str) -> None:
    page = as_("supervisor", "en").get(path)
    assert page.status_code == 200
    text = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert not [name for name in IN_CHINESE if name in text]


def test_leaves_a_persons_name_as_it_is_written(busy: World) -> None:
    assert "陳小宇" in as_("supervisor", "en").get("/unit/work").content.decode()


def test_says_in_english_who_held_a_matter(busy: World) -> None:
    matter = held_by(busy, "worker")
    text = as_("supervisor", "en").get(f"/matters/{matter.number}/starts").content.decode()
    assert "Jian Boxun" in text
    assert not [name for name in IN_CHINESE if name in re.sub(r"<[^>]+>", " ", text)]


def test_keeps_the_chinese_name_where_there_is_no_other(world: World) -> None:
    Unit.objects.filter(id=world.units["protection"]).update(name_en="")
    viewer = viewer_for(world.workers["worker"], language="en")
    assert viewer.unit_name == "家防中心兒保組"
    assert viewer.name == "Jian Boxun"


def test_tells_a_reader_of_chinese_the_chinese_names(world: World) -> None:
    world.viewer("worker")
    assert [one.worker for one in on_duty("99001", after(10))] == ["曹宜庭"]
    assert "徐意涵" in [name for _key, name in queries.colleagues(None, world.units["protection"])]
