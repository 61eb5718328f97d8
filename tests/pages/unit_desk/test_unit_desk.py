"""The unit desk: sign and choose, approve and return, answer and rule, hand over, keep the roster."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.directory.models import Contract, Worker
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Dispute, Matter, Offer, Review
from anwang.matters.states import MatterKind, OfferKind, ReviewOf
from anwang.web import rooms
from tests.proving import prove
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
PAGES = ["/unit", "/unit/work", "/unit/joint", "/unit/lists", "/unit/roster", "/unit/contracts", "/unit/precedents"]


@pytest.fixture
def hands(at):
    return at(after(60))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return prove(client)


def plain(response: HttpResponse) -> str:
    """The words of a page without its marks."""
    return re.sub(r"<[^>]+>|\s", "", response.content.decode())


def assigned(world: World) -> Assignment:
    matter = held_by(world, None)
    to = Holder(world.units["protection"], world.workers["supervisor"])
    actions.assign(
        matter_id=matter.id, to=to, accountable_id=world.units["protection"], effective_at=after(10),
        expected_since=NIGHT, by=world.viewer("night"),
    )  # fmt: skip
    return Assignment.objects.get(unsigned_of=matter.id)


def reviewed(world: World) -> Review:
    matter = held_by(world, "worker", kind=MatterKind.PLACEMENT)
    by = world.viewer("worker")
    return actions.submit(matter_id=matter.id, of=ReviewOf.PLACEMENT, about_id=None, words="。", by=by, at=after(20))


@pytest.mark.parametrize("path", PAGES)
def test_opens_for_who_signs_and_for_nobody_else(world: World, path: str) -> None:
    assert as_("supervisor").get(path).status_code == 200
    if path not in ("/unit/precedents", "/unit/lists"):
        assert as_("worker").get(path).status_code == 403


@pytest.mark.parametrize("path", ["/unit", "/unit/work", "/unit/lists", "/unit/roster"])
def test_needs_at_most_eight_statements(world: World, path: str) -> None:
    for _ in range(3):
        assigned(world)
        reviewed(world)
    client = as_("supervisor")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(said) <= 8, "\n".join(said)


def test_signs_and_gives_to_the_chosen_worker(world: World) -> None:
    waiting = assigned(world)
    matter = waiting.matter
    since = Matter.objects.get(id=matter.id).acting_since.isoformat()
    given = {"worker": str(world.workers["worker2"]), "since": since}
    assert as_("supervisor").post(f"/unit/assignments/{waiting.id}", given).status_code == 302
    assert Matter.objects.get(id=matter.id).acting_worker_id == world.workers["worker2"]


def test_returns_with_words_and_approves_a_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "ROOM_OF", {})
    first, second = reviewed(world), reviewed(world)
    client = as_("supervisor")
    bare = client.post(f"/unit/reviews/{first.id}", {"do": "return", "words": ""})
    assert bare.status_code == 422
    page = bare.content.decode()
    assert page.count("請寫為什麼退回、補什麼就可以。") == 1
    assert f'aria-describedby="r{first.id}-says"' in page
    assert second.matter.number in page
    assert client.post(f"/unit/reviews/{first.id}", {"do": "return", "words": "補時間。"}).status_code == 302
    assert client.post("/unit/reviews", {"review": [str(second.id)]}).status_code == 302
    assert sorted(Review.objects.values_list("state", flat=True)) == ["approved", "returned"]


def test_room_verbs_are_total_over_kinds() -> None:
    assert set(rooms.ROOM_OF) == set(MatterKind.values)
    assert set(rooms.OPENS_OF_ITS_OWN) == set(OfferKind.values)


def test_enters_the_answer_of_a_county_without_accounts(world: World) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(
        matter_id=matter.id, kind=OfferKind.TRANSFER, to_unit_id=world.units["protection2"], at=after(10),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    client = as_("worker")
    assert matter.number in client.get(f"/unit/asked/{matter.number}").content.decode()
    answer = {"accept": "yes", "name": "值班員", "how": "phone", "ref": "(04)000-2113", "at_day": "115/3/8",
              "at_time": "00:20"}  # fmt: skip
    assert client.post(f"/unit/offers/{sent.id}", {**answer, "name": ""}).status_code == 422
    assert client.post(f"/unit/offers/{sent.id}", answer).status_code == 302
    assert Offer.objects.get(id=sent.id).state == "accepted"
    assert client.get(f"/unit/offers/{sent.id}").status_code == 404


def test_opens_a_request_to_the_chief_above_and_to_nobody_else(world: World) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], at=after(10),
        by=world.viewer("supervisor"), topic="parenting",
    )  # fmt: skip
    path = f"/unit/offers/{sent.id}"
    for stranger in ("adult_supervisor", "ngo_worker", "clerk", "administrator"):
        assert as_(stranger).get(path).status_code == 404
    assert "送出回覆" in as_("chief").get(path).content.decode()
    assert as_("chief").post(path, {"accept": "no", "reason": "not_competent"}).status_code == 302
    assert Offer.objects.get(id=sent.id).state == "declined"


def test_rules_a_dispute_on_its_page(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))
    filed = actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="是支持需求。",
        by=world.viewer("supervisor"), at=after(20),
    )  # fmt: skip
    page = as_("welfare_supervisor").get(f"/unit/disputes/{filed.id}").content.decode()
    assert "是支持需求。" in page
    ruling = {"unit": str(world.units["welfare"]), "words": "依訪視。", "principle": "無立即危險由社福主責。",
              "at_day": "115/3/8", "at_time": "00:30", "rule": "1"}  # fmt: skip
    assert as_("welfare_supervisor").post(f"/unit/disputes/{filed.id}", ruling).status_code == 403
    assert as_("chief").post(f"/unit/disputes/{filed.id}", ruling).status_code == 302
    assert Dispute.objects.get(id=filed.id).ruled_unit_id == world.units["welfare"]
    assert "無立即危險" in as_("supervisor").get("/unit/precedents?q=立即").content.decode()


def test_hides_a_dispute_from_others(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))
    filed = actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="是支持需求。",
        by=world.viewer("supervisor"), at=after(20),
    )  # fmt: skip
    assert as_("adult_supervisor").get(f"/unit/disputes/{filed.id}").status_code == 404


def test_hands_over_a_leaver_by_list(world: World, hands) -> None:
    matters = [held_by(world, "worker") for _ in range(2)]
    leaver = world.workers["worker"]
    client = as_("supervisor")
    refused = as_("chief").post(f"/unit/leaving/{leaver}", {"do": "leave"})
    assert refused.status_code == 403
    assert "還有2件。請先完成移交清冊" in plain(refused)
    to = {f"to-{m.id}": str(world.workers["worker2"]) for m in matters}
    assert client.post(f"/unit/leaving/{leaver}", {"do": "list", **to}).status_code == 302
    page = client.get("/unit/lists").content.decode()
    assert all(m.number in page for m in matters)
    made = page.split("/unit/lists/")[1].split('"')[0]
    assert made in as_("worker2").get("/unit/lists").content.decode()
    hands.advance(timedelta(minutes=5))
    client.post(f"/unit/lists/{made}", {"do": "give"})
    client.post(f"/unit/lists/{made}", {"do": "receive", "worker": str(world.workers["worker2"])})
    assert not Matter.objects.filter(acting_worker_id=leaver, ended_at=None).exists()
    assert client.post(f"/unit/leaving/{leaver}", {"do": "leave"}).status_code == 403
    assert as_("chief").post(f"/unit/leaving/{leaver}", {"do": "leave"}).status_code == 302
    assert Worker.objects.get(id=leaver).left_on


def test_shows_what_a_leaver_holds_and_to_whom_it_can_go(world: World) -> None:
    held_by(world, "worker")
    client = as_("supervisor")
    page = client.get(f"/unit/leaving/{world.workers['worker']}").content.decode()
    assert "簡伯勳手上還有1件。" in page
    assert f'<option value="{world.workers["worker2"]}">徐意涵</option>' in page
    empty = client.get(f"/unit/leaving/{world.workers['worker2']}").content.decode()
    assert "徐意涵手上沒有事了。" in empty
    assert 'name="to-' not in empty


def test_lists_contracts_of_the_authority(world: World) -> None:
    Contract.objects.create(
        number="委115-01", authority_id=world.units["social"], ngo_id=world.units["ngo"], service="家庭處遇", posts=2,
        starts_at=NIGHT - hours(24), ends_at=after(30),
    )  # fmt: skip
    page = as_("chief").get("/unit/contracts").content.decode()
    assert "委115-01" in page
    assert "收回案件" in page


def test_gives_each_reader_of_a_list_only_the_signature_that_is_his(world: World) -> None:
    matter = held_by(world, "worker")
    to = {matter.id: Holder(world.units["protection"], world.workers["worker2"])}
    made = actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=world.units["protection"], to=to, reason="leaving",
        effective_at=after(30), by=world.viewer("supervisor"),
    )  # fmt: skip
    pages = {who: as_(who).get("/unit/lists").content.decode() for who in ("worker", "worker2", "supervisor")}
    assert "簽名移交<" in pages["worker"]
    assert "等別人簽名。" in pages["worker2"]
    assert "代簡伯勳簽名移交<" in pages["supervisor"]
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("worker"))
    pages = {who: as_(who).get("/unit/lists").content.decode() for who in ("worker", "worker2", "supervisor")}
    assert "等別人簽名。" in pages["worker"]
    assert "簽收<" in pages["worker2"]
    assert "代徐意涵簽收<" in pages["supervisor"]


def test_lets_the_chief_stand_in_where_the_leaver_was_the_only_one(world: World) -> None:
    matter = held_by(world, "welfare_supervisor", unit="welfare")
    path = f"/unit/leaving/{world.workers['welfare_supervisor']}"
    assert as_("welfare_supervisor").post(path, {"do": "stand_in"}).status_code == 403
    assert as_("chief").post(path, {"do": "stand_in"}).status_code == 302
    matter.refresh_from_db()
    assert (matter.acting_unit_id, matter.acting_worker_id) == (world.units["social"], world.workers["chief"])
    assert matter.accountable_id == world.units["welfare"]
    assert as_("chief").post(path, {"do": "leave"}).status_code == 302
    other = held_by(world, "worker")
    elsewhere = f"/unit/leaving/{world.workers['worker']}"
    assert as_("chief").post(elsewhere, {"do": "stand_in"}).status_code == 403
    assert Matter.objects.get(id=other.id).acting_worker_id == world.workers["worker"]
