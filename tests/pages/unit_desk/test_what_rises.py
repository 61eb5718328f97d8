"""What nobody answered leads to its page, and nobody to a page that is not his."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.foundation.clock import FrozenClock
from anwang.matters import actions, policies, queries
from anwang.matters.states import OfferKind
from tests.pages.unit_desk.test_unit_desk import as_
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(at) -> FrozenClock:
    return at(after(60))


@pytest.fixture
def world(hands: FrozenClock) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def risen(world: World, hands: FrozenClock) -> list[str]:
    """The pages of two requests and a dispute that nobody answered for ten days."""
    matter, other = held_by(world, "worker"), held_by(world, "worker")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))
    asked = {"kind": OfferKind.JOINING, "to_unit_id": world.units["welfare"], "topic": "parenting"}
    sent = [actions.offer(matter_id=matter.id, at=after(10), by=by, **asked)]
    by = world.viewer("supervisor")
    away = {"kind": OfferKind.TRANSFER, "to_unit_id": world.units["protection2"]}
    sent.append(actions.offer(matter_id=other.id, at=after(10), by=by, **away))
    filed = actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="是支持需求。", by=by,
        at=after(20),
    )  # fmt: skip
    hands.advance(timedelta(days=10))
    return [*(f"/unit/offers/{one.id}" for one in sent), f"/unit/disputes/{filed.id}"]


@pytest.mark.parametrize(("key", "opens"), [("supervisor", [True, True, None]), ("chief", [True, False, True])])
def test_leads_what_rises_to_its_page_and_nobody_to_a_page_that_is_not_his(
    world: World, hands: FrozenClock, key: str, opens: list[bool | None]
) -> None:
    paths, client = risen(world, hands), as_(key)
    page = client.get("/unit/work").content.decode()
    for path, there in zip(paths, opens, strict=True):
        if there is not None:
            assert (f'href="{path}"' in page) is there
            assert client.get(path).status_code == (200 if there else 404)


@pytest.mark.parametrize("key", ["supervisor", "chief"])
def test_asks_few_statements_while_much_rises(world: World, hands: FrozenClock, key: str) -> None:
    risen(world, hands)
    client = as_(key)
    client.get("/unit/work")
    with CaptureQueriesContext(connection) as counted:
        page = client.get("/unit/work").content.decode()
    assert "次提醒" in page
    said = [one["sql"] for one in counted if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= 8, "\n".join(said)


def test_tells_at_once_which_requests_a_viewer_opens(world: World, hands: FrozenClock) -> None:
    waiting = [UUID(path.rpartition("/")[2]) for path in risen(world, hands)[:2]]
    opened = {
        key: queries.offers_to_open(world.viewer(key), waiting, sees=policies.may_see_offer)
        for key in ("chief", "welfare_supervisor", "adult_supervisor", "worker")
    }
    assert opened["chief"] == opened["welfare_supervisor"] == {waiting[0]}
    assert opened["adult_supervisor"] == set()
    assert waiting[1] in opened["worker"]


def test_says_when_more_waits_than_is_listed(world: World, hands: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    risen(world, hands)
    said = "等得更久的先列，這裡不是全部。"
    assert said not in as_("supervisor").get("/unit/work").content.decode()
    monkeypatch.setattr("anwang.matters.silences.MOST", 1)
    assert said in as_("supervisor").get("/unit/work").content.decode()
