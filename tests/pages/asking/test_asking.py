"""Ask another unit, dispute, see and correct since when: each form, its refusals, strangers, statements."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.documents import actions as documents
from anwang.documents import queries as papers
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Dispute, Matter, Offer, StartCorrection
from anwang.matters.states import AnsweredHow, MatterKind, OfferKind
from anwang.people import actions as people
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
WHEN = {"at_day": "115/3/8", "at_time": "00:30", "words": "孩子轉學到你們那裡。"}


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def chosen(page: str) -> list[str]:
    """Answers the page gave before the reader did."""
    return re.findall(r'value="[^"]+"[^>]* (?:selected|checked)', page)


def statements(client: Client, path: str) -> list[str]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def step_taken(world: World) -> Matter:
    matter = held_by(world, "worker")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))
    return matter


def test_says_of_each_request_what_it_moves(world: World) -> None:
    matter = held_by(world, "worker")
    page = as_("supervisor").get(f"/matters/{matter.number}/ask").content.decode()
    for word in ("移轄", "轉介", "協力邀請", "協訪", "轉銜", "對方接受前，仍由你們負責。"):
        assert word in page
    assert "主責交接</b>" not in page
    page = as_("worker").get(f"/matters/{matter.number}/ask").content.decode()
    assert "移轄</b>" not in page
    assert "協力邀請</b>" in page


def test_asks_for_a_visit_only_where_social_workers_visit(world: World) -> None:
    for code, name, kind in (("hospital2", "青嵐醫院", UnitKind.HOSPITAL), ("school2", "青嵐國小", UnitKind.SCHOOL)):
        Unit.objects.create(
            code=code, name=name, kind=kind, is_public=True, on_system=False, opened_on=NIGHT.date(),
            superior_id=world.units["county2"], jurisdiction_id="99002",
        )  # fmt: skip
    client, ways = as_("supervisor"), f"/matters/{held_by(world, 'worker').number}/ask"
    page = client.get(f"{ways}/visit_request").content.decode()
    assert "青嵐縣家防中心" in page
    assert not [name for name in ("青嵐醫院", "青嵐國小", "青嵐縣政府（") if name in page]
    assert "青嵐縣政府（" in client.get(f"{ways}/transfer").content.decode()


def test_asks_another_county_and_shows_who_answers_until_then(world: World) -> None:
    matter = held_by(world, "worker")
    client, path = as_("supervisor"), f"/matters/{matter.number}/ask"
    page = client.get(f"{path}/transfer").content.decode()
    assert "青嵐縣家防中心（由你們代登回覆）" in page
    assert "河岬社福中心" not in page
    assert not chosen(page)
    assert client.post(f"{path}/transfer", {"unit": "", **WHEN}).status_code == 422
    assert client.post(f"{path}/transfer", {"unit": str(world.units["welfare"]), **WHEN}).status_code == 422
    given = {"unit": str(world.units["protection2"]), **WHEN}
    assert client.post(f"{path}/transfer", given).status_code == 302
    sent = Offer.objects.get(pending_of=matter.id)
    assert (sent.kind, sent.to_unit_id) == ("transfer", world.units["protection2"])
    page = client.get(path).content.decode()
    assert "在那之前由家防中心兒保組簡伯勳負責。" in page
    assert f"/unit/offers/{sent.id}" in page
    assert "青嵐縣家防中心・" not in page
    assert client.post(f"{path}/transfer", given).status_code == 422
    assert client.post(f"/matters/{matter.number}/asked/{sent.id}/withdraw").status_code == 302
    assert Offer.objects.get(id=sent.id).state == "withdrawn"
    assert client.post(f"/matters/{matter.number}/asked/{sent.id}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("kind", "to", "more"),
    [
        (OfferKind.REFERRAL, "welfare", {}),
        (OfferKind.JOINING, "welfare", {"topic": "parenting", "until": "115年6月30日"}),
        (OfferKind.VISIT_REQUEST, "protection2", {"topic": "visit", "urgent": "no"}),
        (OfferKind.TRANSITION, "welfare", {"effective_on": "115年4月1日"}),
    ],
)
def test_sends_what_each_kind_needs(world: World, kind: OfferKind, to: str, more: dict[str, str]) -> None:
    matter = held_by(world, "worker")
    path = f"/matters/{matter.number}/ask/{kind}"
    given = {"unit": str(world.units[to]), **WHEN}
    if more:
        assert as_("supervisor").post(path, given).status_code == 422
    assert as_("supervisor").post(path, {**given, **more}).status_code == 302
    sent = Offer.objects.get(pending_of=matter.id)
    assert (sent.kind, sent.topic) == (kind, more.get("topic", ""))
    assert as_("supervisor").get(f"/matters/{matter.number}/ask").status_code == 200


def test_lets_only_the_unit_asked_read_the_words(world: World) -> None:
    matter = held_by(world, "worker")
    given = {"unit": str(world.units["welfare"]), "topic": "parenting", "until": "", **WHEN}
    path = f"/matters/{matter.number}/ask/joining"
    assert as_("worker").post(path, {**given, "words": ""}).status_code == 422
    assert as_("worker").post(path, given).status_code == 302
    first = Offer.objects.get(pending_of=matter.id)
    other = {**given, "unit": str(world.units["adult"]), "words": "只給成保組看的話。"}
    assert as_("worker").post(path, other).status_code == 302
    second = Offer.objects.exclude(id=first.id).get()
    page = as_("welfare_supervisor").get(f"/unit/offers/{first.id}").content.decode()
    assert "孩子轉學到你們那裡。" in page
    assert "只給成保組看的話。" not in as_("welfare_supervisor").get(f"/matters/{matter.number}/ask").content.decode()
    assert "只給成保組看的話。" in as_("adult_supervisor").get(f"/unit/offers/{second.id}").content.decode()
    as_("welfare_supervisor").post(f"/unit/offers/{first.id}", {"accept": "no", "reason": "capacity"})
    assert as_("welfare_supervisor").get(f"/matters/{matter.number}/ask").status_code == 404


def test_offers_the_lead_of_a_family_only(world: World) -> None:
    matter = held_by(world, "worker")
    assert as_("supervisor").get(f"/matters/{matter.number}/ask/lead").status_code == 403


def test_refuses_a_worker_who_would_move_responsibility(world: World) -> None:
    matter = held_by(world, "worker")
    given = {"unit": str(world.units["protection2"]), **WHEN}
    answer = as_("worker").post(f"/matters/{matter.number}/ask/transfer", given)
    assert answer.status_code == 403
    assert "督導送出" in answer.content.decode()
    assert as_("supervisor").get(f"/matters/{matter.number}/ask/nothing").status_code == 403
    assert not Offer.objects.exists()


def test_refuses_a_day_of_transition_that_has_come(world: World) -> None:
    matter = held_by(world, "worker")
    given = {"unit": str(world.units["welfare"]), "effective_on": "115年3月8日", **WHEN}
    answer = as_("supervisor").post(f"/matters/{matter.number}/ask/transition", given)
    assert answer.status_code == 422
    assert "今天之後" in answer.content.decode()


def test_ends_a_joining_with_a_reason(world: World) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], topic="parenting",
        at=after(10), by=world.viewer("worker"),
    )  # fmt: skip
    actions.answer(offer_id=sent.id, accept=True, by=world.viewer("welfare_supervisor"), at=after(20))
    path = f"/matters/{matter.number}/asked/{sent.id}/end"
    assert as_("worker").post(path, {"reason": ""}).status_code == 422
    assert as_("worker").post(path, {"reason": "finished"}).status_code == 302
    assert Offer.objects.get(id=sent.id).ended_because == "finished"


@pytest.mark.parametrize(("ends", "is_open"), [("yes", False), ("no", True)])
def test_confirms_that_the_other_county_took_over(world: World, ends: str, is_open: bool) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(
        matter_id=matter.id, kind=OfferKind.TRANSFER, to_unit_id=world.units["protection2"], at=after(10),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    actions.answer_by_proxy(
        offer_id=sent.id, accept=True, name="值班員", how=AnsweredHow.PHONE, ref="(04)000-2113", at=after(20),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    client, path = as_("supervisor"), f"/matters/{matter.number}/taken-over"
    assert "青嵐縣家防中心接手了嗎？" in client.get(path).content.decode()
    assert len(statements(client, path)) <= 8
    assert client.post(path, {"ref": "", "ends": ends, **WHEN}).status_code == 422
    assert client.post(path, {"ref": "(04)000-2113", "ends": ends, **WHEN}).status_code == 302
    assert Offer.objects.get(id=sent.id).ended_because == "taken_over"
    assert Matter.objects.filter(id=matter.id, ended_at=None).exists() is is_open
    assert client.get(path).status_code == 404


def test_refuses_a_dispute_before_the_first_act(world: World) -> None:
    matter = held_by(world, "worker")
    path = f"/matters/{matter.number}/dispute"
    page = as_("supervisor").get(path).content.decode()
    assert "先做第一步，再提爭議" in page
    assert "提出爭議，請上級裁定" not in page
    given = {"claimed_unit": str(world.units["welfare"]), "topic": "kind", "words": "是支持需求。"}
    assert as_("supervisor").post(path, given).status_code == 403
    assert not Dispute.objects.exists()


def test_files_a_dispute_and_takes_it_back(world: World) -> None:
    matter = step_taken(world)
    client, path = as_("supervisor"), f"/matters/{matter.number}/dispute"
    given = {"claimed_unit": str(world.units["welfare"]), "topic": "kind", "words": "是支持需求。"}
    assert not chosen(client.get(path).content.decode())
    assert client.post(path, {**given, "claimed_unit": ""}).status_code == 422
    assert client.post(path, {**given, "words": " "}).status_code == 422
    assert client.post(path, given).status_code == 302
    filed = Dispute.objects.get()
    page = client.get(path).content.decode()
    assert "由望潮縣政府社會局裁定" in page
    assert "爭議等裁定，現在的單位繼續處理。" in page
    assert client.post(path, given).status_code == 422
    said = {"state": "1", "said-words": "孩子安全。"}
    assert as_("welfare_supervisor").post(f"/unit/disputes/{filed.id}", said).status_code == 302
    assert as_("worker").post(f"{path}/{filed.id}/withdraw").status_code == 403
    assert client.post(f"{path}/{filed.id}/withdraw").status_code == 302
    assert Dispute.objects.get().state == "withdrawn"


def test_files_a_dispute_without_knowing_whose_it_is(world: World) -> None:
    matter = step_taken(world)
    given = {"claimed_unit": "unknown", "topic": "competence", "words": "不是我們的。"}
    assert as_("supervisor").post(f"/matters/{matter.number}/dispute", given).status_code == 302
    assert Dispute.objects.get().claimed_unit_id is None


def moved(world: World) -> Matter:
    matter = held_by(world, None)
    actions.assign(
        matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
        accountable_id=world.units["protection"], effective_at=after(30), expected_since=NIGHT,
        by=world.viewer("night"),
    )  # fmt: skip
    return Matter.objects.get(id=matter.id)


def test_shows_who_held_and_corrects_a_start(world: World) -> None:
    matter = moved(world)
    client, path = as_("supervisor"), f"/matters/{matter.number}/starts"
    page = client.get(path).content.decode()
    assert "夜間值班台" in page
    assert "簡伯勳" in page
    assert "曹宜庭" in page
    entry = f"acting|{after(30).astimezone(clock.now().tzinfo).isoformat()}"
    assert f'value="{entry}"' in page
    right = {"entry": entry, "corrected_since_day": "115/3/7", "corrected_since_time": "23:50",
             "reason": "phone_earlier"}  # fmt: skip
    assert client.post(path, {**right, "reason": ""}).status_code == 422
    assert client.post(path, {**right, "corrected_since_time": "22:00"}).status_code == 422
    assert as_("worker").post(path, right).status_code == 403
    assert client.post(path, right).status_code == 302
    assert StartCorrection.objects.get().corrected_since == after(10)
    page = client.get(path).content.decode()
    assert len(statements(client, path)) <= 8
    assert "更正過" in page
    assert "先以電話交接" in page


@pytest.mark.parametrize("page", ["ask", "ask/joining", "dispute", "starts", "taken-over"])
def test_hides_every_form_from_a_stranger(world: World, page: str) -> None:
    matter = held_by(world, "worker")
    assert as_("adult_supervisor").get(f"/matters/{matter.number}/{page}").status_code == 404
    assert as_("adult_supervisor").post(f"/matters/{matter.number}/{page}", WHEN).status_code in (404, 405)
    assert as_("adult_supervisor").get(f"/matters/X-1/{page}").status_code == 404


@pytest.mark.parametrize("page", ["ask", "ask/transfer", "dispute", "starts"])
def test_needs_at_most_eight_statements(world: World, page: str) -> None:
    matter = step_taken(world)
    by = world.viewer("supervisor")
    actions.offer(
        matter_id=matter.id, kind=OfferKind.TRANSFER, to_unit_id=world.units["protection2"], at=after(10), by=by
    )
    actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=None, topic="kind", words="是支持需求。", by=by, at=after(20)
    )
    said = statements(as_("supervisor"), f"/matters/{matter.number}/{page}")
    assert len(said) <= 8, "\n".join(said)


def test_opens_for_a_report_and_a_placement_too(world: World) -> None:
    for kind in (MatterKind.REPORT, MatterKind.PLACEMENT):
        matter = held_by(world, "worker", kind=kind)
        assert as_("worker").get(f"/matters/{matter.number}/ask").status_code == 200


def test_asks_whom_another_county_shall_see_and_its_letter_names_them(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("worker")
    seen, other = (
        people.add_person(name=name, file_id=matter.id, by=by, at=clock.now()) for name in ("游小安", "游小平")
    )
    path = f"/matters/{matter.number}/ask/visit_request"
    to = str(world.units["protection2"])
    asked = as_("worker").get(path).content.decode()
    assert "請對方看哪幾位？" in asked
    assert "不分側" not in asked
    given = {**WHEN, "unit": to, "topic": "visit", "urgent": "no"}
    refused = as_("worker").post(path, given)
    assert refused.status_code == 422
    assert not Offer.objects.filter(matter=matter).exists()
    assert as_("worker").post(path, {**given, "people": [str(seen.id)]}).status_code == 302
    page = as_("worker").get(f"/matters/{matter.number}/ask").content.decode()
    assert "請對方看游小安" in page
    link = re.search(r'href="(/papers/letter[^"]*)"', page)
    assert link is not None
    form = as_("worker").get(link.group(1).replace("&amp;", "&")).content.decode()
    assert re.search(rf'value="{to}"[^>]* selected', form)
    by = world.viewer("worker")
    letter = documents.write_letter(
        kind="visit", matter_id=matter.id, to_unit_id=world.units["protection2"], reason="請訪視。", by=by,
        at=clock.now(), circle="neutral",
    )  # fmt: skip
    sheet, _file = papers.letter_sheet(world.viewer("worker"), letter.id)
    assert seen.name in sheet.text
    assert other.name not in sheet.text
    assert "請對方看哪幾位？" not in as_("supervisor").get(f"/matters/{matter.number}/ask/transfer").content.decode()


def test_tells_whoever_asked_that_it_was_declined_and_why(world: World) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"],
                         topic="parenting", by=world.viewer("worker"), at=after(20))  # fmt: skip
    assert "退回" not in as_("worker").get("/today").content.decode()
    actions.answer(offer_id=sent.id, accept=False, reason="already_served", by=world.viewer("welfare_supervisor"),
                   at=after(40))  # fmt: skip
    today = as_("worker").get("/today").content.decode()
    assert "河岬社福中心退回了協力邀請：已有其他單位服務" in today
    assert f"/matters/{matter.number}/ask" in today
    page = as_("worker").get(f"/matters/{matter.number}/ask").content.decode()
    assert "回覆過的" in page
    assert "已有其他單位服務" in page
    assert "退回了" not in as_("adult_worker").get("/today").content.decode()
