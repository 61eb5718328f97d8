"""Lists say whom a matter is about, to whoever may read the name; to nobody else, and never where somebody hides."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.queries import held_by as held_in_unit
from anwang.matters.queries import worklist
from anwang.matters.states import AnsweredHow, HandOverReason, MatterKind, OfferKind, ReviewOf
from anwang.people.actions import add_person, open_family
from anwang.people.models import Person
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
NAMES = ("陳小宇", "陳小樂", "林小晴")


@pytest.fixture
def hands(at):
    return at(after(60))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def as_(key: str, language: str = "zh-hant") -> Client:
    Account.objects.filter(username=key).update(language=language)
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def words(client: Client, path: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", client.get(path).content.decode())


def about(world: World, *names: str, kind: str = MatterKind.PLACEMENT, worker: str = "worker") -> Matter:
    """A matter a worker holds, with people entered in it."""
    matter = held_by(world, worker, kind=kind)
    for name in names:
        enter(world, matter, name)
    return matter


def enter(world: World, matter: Matter, name: str, circle: str = "neutral") -> Person:
    return add_person(name=name, by=world.viewer("worker"), at=after(5), file_id=matter.id, circle=circle)


def test_names_the_child_of_a_placement_on_today_and_at_the_unit_desk(world: World) -> None:
    matter = about(world, NAMES[0])
    actions.submit(
        matter_id=matter.id, of=ReviewOf.PLACEMENT, about_id=None, words="", by=world.viewer("worker"), at=after(20)
    )
    assert f"{NAMES[0]}・{matter.number}" in words(as_("worker"), "/today")
    assert f"{NAMES[0]}・{matter.number}" in words(as_("supervisor"), "/unit")


def test_names_whom_a_late_step_is_about(world: World, hands) -> None:
    late = about(world, NAMES[1])
    by = world.viewer("worker")
    actions.set_step(matter_id=late.id, code="phone", due_at=after(90), by=by, at=after(5))
    hands.advance(hours(3))
    assert f"打電話聯繫・{NAMES[1]}・{late.number}" in words(as_("supervisor"), "/unit/work")


def test_names_whom_the_other_county_took_over_as_far_as_the_former_one_still_reads_it(world: World) -> None:
    matter, by = about(world, NAMES[2], kind=MatterKind.CASE), world.viewer("supervisor")
    to = world.units["protection2"]
    sent = actions.offer(matter_id=matter.id, kind=OfferKind.TRANSFER, to_unit_id=to, at=after(10), by=by)
    actions.answer_by_proxy(
        offer_id=sent.id, accept=True, name="值班員", how=AnsweredHow.PHONE, ref="(04)000-2113", at=after(20), by=by
    )
    path = f"/matters/{matter.number}/taken-over"
    assert f"保密{matter.number}" in words(as_("supervisor"), path)
    family = open_family(label="林小晴家", county=matter.county, by=by, at=after(30))
    Matter.objects.filter(id=matter.id).update(family_id=family.id)
    assert f"林小晴家{matter.number}" in words(as_("supervisor"), path)


def test_puts_whom_before_what_and_the_number_after(world: World) -> None:
    matter = about(world, NAMES[0])
    actions.submit(
        matter_id=matter.id, of=ReviewOf.PLACEMENT, about_id=None, words="", by=world.viewer("worker"), at=after(20)
    )
    assert f"{NAMES[0]}：{ReviewOf.PLACEMENT.label}" in words(as_("supervisor"), "/unit")
    assert f"{NAMES[0]}: " in re.sub(r"<[^>]+>", "", as_("supervisor", "en").get("/unit").content.decode())


def test_tells_a_chief_which_unit_is_late_or_silent(world: World, hands) -> None:
    late = about(world, NAMES[1])
    actions.set_step(matter_id=late.id, code="phone", due_at=after(90), by=world.viewer("worker"), at=after(5))
    asked = about(world, NAMES[0], kind=MatterKind.CASE)
    actions.offer(
        matter_id=asked.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], by=world.viewer("worker"),
        at=after(20), topic="parenting",
    )  # fmt: skip
    hands.advance(hours(24 * 30))
    page = words(as_("chief"), "/unit/work")
    assert re.search(rf"打電話聯繫・{late.number}・逾期\d+天・家防中心兒保組", page)
    assert f"請求還沒回覆：{asked.number}河岬社福中心" in page
    assert not [name for name in NAMES if name in page]


def test_counts_the_others_where_there_are_many(world: World) -> None:
    matter = about(world, *NAMES, kind=MatterKind.REPORT)
    assert f"{NAMES[0]}等3人・{matter.number}" in words(as_("worker"), "/today")


def test_names_the_victims_side_before_the_other(world: World) -> None:
    matter = held_by(world, "worker")
    enter(world, matter, "陳志豪", "other")
    enter(world, matter, "林佳安", "victim")
    page = words(as_("worker"), "/today")
    assert f"林佳安・{matter.number}" in page
    assert "陳志豪" not in page


def test_keeps_a_name_from_who_may_not_read_it_and_says_so(world: World) -> None:
    matter = about(world, NAMES[0], kind=MatterKind.CASE)
    actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], by=world.viewer("worker"),
        at=after(20), topic="parenting",
    )  # fmt: skip
    for path in ("/unit", "/today"):
        page = words(as_("welfare_supervisor"), path)
        assert NAMES[0] not in page
        assert f"保密・{matter.number}" in page
    assert f"Namewithheld・{matter.number}" in words(as_("welfare_supervisor", "en"), "/unit")


def test_says_nothing_of_a_matter_in_which_nobody_is_entered(world: World) -> None:
    matter = held_by(world, "worker")
    page = words(as_("worker"), "/today")
    assert matter.number in page
    assert "保密" not in page


def test_names_whom_each_decision_under_review_is_about(world: World) -> None:
    matter = held_by(world, "worker")
    people = [enter(world, matter, name) for name in NAMES[:2]]
    for person in people:
        actions.submit(
            matter_id=matter.id, of=ReviewOf.GRADE, about_id=person.id, subject_id=person.id, words="",
            by=world.viewer("worker"), at=after(20),
        )  # fmt: skip
    page = words(as_("supervisor"), "/unit")
    assert all(f"{name}・{matter.number}" in page for name in NAMES[:2])


def test_names_whom_a_leaver_hands_over(world: World) -> None:
    matter = about(world, NAMES[0])
    by = world.viewer("supervisor")
    actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=world.units["protection"], reason=HandOverReason.LEAVING,
        to={matter.id: Holder(world.units["protection"], world.workers["worker2"])}, effective_at=after(30), by=by,
    )  # fmt: skip
    client = as_("supervisor")
    assert f"{NAMES[0]}・{matter.number}" in words(client, f"/unit/leaving/{world.workers['worker']}")
    assert f"{NAMES[0]}・{matter.number}→徐意涵" in words(client, "/unit/lists")


def test_gives_a_chief_above_no_name(world: World) -> None:
    matter = about(world, NAMES[0])
    found = held_in_unit(world.viewer("chief"), world.workers["worker"], world.units["protection"])
    assert [(number, whom) for _id, number, _kind, whom in found] == [(matter.number, "保密")]
    assert NAMES[0] not in words(as_("chief"), "/unit/work")


def test_asks_no_more_for_many_than_for_one(world: World) -> None:
    by = world.viewer("worker")
    counts = []
    for more in (1, 6):
        for _ in range(more):
            about(world, *NAMES)
        with CaptureQueriesContext(connection) as asked:
            worklist(by)
        counts.append(len(asked))
    assert counts == [1, 1]
