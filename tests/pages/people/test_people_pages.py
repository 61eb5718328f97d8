"""Searching by POST, the page of a person, the closed door, forms that add and end, identities decided and undone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Involvement
from anwang.access.states import Zone
from anwang.audit.models import Act, Reading
from anwang.foundation.roc import PartialDate
from anwang.intake.actions import log_call
from anwang.matters.models import Matter
from anwang.people import actions
from anwang.people.models import Address, ContactPoint, Kinship, Person, SafetyAddress, WorkerRisk
from tests.pages.everywhere.crawl import NOT_COUNTED
from tests.pages.families.gao import ASK, HIDING, NOW, Gao, build_gao
from tests.world import World, build_world

CANARY = "無名谷路"


@pytest.fixture
def world(db: None, at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def gao(world: World) -> Gao:
    return build_gao(world)


def as_(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get_by_natural_key(username))
    return client


def found(username: str, text: str, **more: str) -> str:
    answer = as_(username).post("/people/search", {"q": text, **more})
    return answer.content.decode()


def test_finds_within_my_files_and_says_what_was_searched(gao: Gao) -> None:
    page = found("worker", "秋蓮")
    assert f"/people/{gao.people['mother']}" in page
    assert "住址保密" in page
    nothing = found("worker2", "秋蓮")
    assert "查無符合的人。" in nothing
    assert "查過姓名、地址。" in nothing
    assert "查無不等於沒有" in nothing
    assert "全縣" not in nothing


def test_leads_to_a_family_by_its_number(gao: Gao) -> None:
    assert f'href="/families/{gao.number}"' in found("worker", gao.number.lower())


def test_asks_for_something_to_search_by(gao: Gao) -> None:
    answer = as_("worker").post("/people/search", {"q": " "})
    assert answer.status_code == 422


def test_searches_the_county_only_for_a_number_in_hand(world: World, gao: Gao) -> None:
    assert "要查全縣" in found("screener", "秋蓮")
    number = Matter.objects.get(id=gao.files["child"]).number
    refused = found("screener", "秋蓮", number=number)
    assert "這個編號不在你手上" in refused
    report = _own_report(world)
    page = found("screener", "文彬", number=report.number)
    assert "余文彬" in page
    assert "家防中心兒保組・(08)000-1000" in page
    hers = found("screener", "秋蓮", number=report.number)
    assert ASK in hers
    assert "9001" not in hers
    assert "案件，處理中" not in hers
    assert Reading.objects.filter(what="people.lookup", because=report.number).count() == 2


def _own_report(world: World) -> Matter:
    from anwang.matters.actions import open_matter
    from anwang.matters.holder import Holder
    from anwang.matters.states import MatterKind

    return open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["intake"],
        acting=Holder(world.units["intake"], world.workers["screener"]), opened_at=NOW, event="report.received",
        facts={"kind": "child_protection", "known_at": NOW, "received_at": NOW}, by=world.viewer("screener"),
    )  # fmt: skip


def test_searches_the_county_for_a_call_before_there_is_a_report(world: World, gao: Gao) -> None:
    call = log_call(received_at=NOW, about="鄰居聽到孩子哭", by=world.viewer("screener"))
    page = found("screener", "文彬", number=call.number)
    assert "余文彬" in page
    assert "家防中心兒保組・(08)000-1000" in page
    # The number of a call in somebody else's log opens nothing.
    assert "余文彬" not in found("night", "文彬", number=call.number)


def test_shows_risks_before_the_address_and_numbers_masked(gao: Gao) -> None:
    page = as_("worker").get(f"/people/{gao.people['father']}").content.decode()
    assert page.index("請兩人同行") < page.index("在哪裡")
    hers = as_("worker").get(f"/people/{gao.people['mother']}").content.decode()
    assert "末3碼" in hers
    assert "U9000" not in hers
    assert "週三" in hers
    assert "請稱衛生所" in hers
    assert "不可留話" in hers


@pytest.mark.parametrize("username", ["worker", "supervisor"])
def test_asks_little_of_the_database_for_a_page(gao: Gao, username: str) -> None:
    client = as_(username)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/people/{gao.people['mother']}").status_code == 200
    own = [one["sql"] for one in asked if not NOT_COUNTED.search(one["sql"])]
    assert 0 < len(own) <= 8, own


def test_opens_the_door_with_one_traced_click_only_for_the_safety_zone(gao: Gao) -> None:
    client, mother = as_("worker"), gao.people["mother"]
    assert CANARY not in client.get(f"/people/{mother}").content.decode()
    assert CANARY in client.post(f"/people/{mother}/safety").content.decode()
    assert Reading.objects.filter(file_id=mother, zone=Zone.SAFETY, what="people.safety_address").count() == 1
    assert CANARY not in client.get(f"/people/{mother}").content.decode()
    assert client.get(f"/people/{mother}/safety").status_code == 405
    answer = as_("supervisor").post(f"/people/{mother}/safety")
    assert answer.status_code == 403
    assert ASK in answer.content.decode()
    assert as_("worker2").post(f"/people/{mother}/safety").status_code == 404


def test_the_hiding_address_is_in_no_search_form_or_refusal(gao: Gao) -> None:
    pages = [found(user, text) for user in ("worker", "supervisor") for text in ("無名谷", "9777", "子晴", "秋蓮")]
    # What was typed stays in the box; nothing else of the address may come back.
    assert not any("隱山鄉" in page for page in pages)
    for what in ("address", "safety", "contact", "home", "kin"):
        page = as_("worker").get(f"/people/{gao.people['mother']}/add/{what}").content.decode()
        assert CANARY not in page


def test_is_not_there_for_a_stranger(gao: Gao) -> None:
    mother = gao.people["mother"]
    for path in ("", "/add/address", f"/end/address/{mother}"):
        assert as_("worker2").get(f"/people/{mother}{path}").status_code == 404
    assert as_("administrator").post("/people/search", {"q": "秋蓮"}).status_code == 403


def _row(model: type, person_id: UUID) -> UUID:
    return model.objects.filter(person_id=person_id).latest("id").id


def test_adds_and_ends_each_thing(world: World, gao: Gao) -> None:
    client, girl = as_("worker"), gao.people["girl"]
    given = {
        "address": {"kind": "school", "text": "望潮縣河岬鎮無此路9100號", "source": "said"},
        "contact": {"kind": "mobile", "value": "0912-000-555", "is_safe": "no", "may_leave_message": "no"},
        "risk": {"kind": "dog", "words": "後院有狗"},
        "number": {"kind": "other", "value": "K-77", "value_keep": "on"},
        "kin": {"relation": "carer", "to": str(gao.people["aunt"]), "source": "seen"},
        "home": {"to": str(gao.people["grandmother"]), "source": "seen", "since_on": "115/3/1"},
        "language": {"languages": "越南語", "needs_interpreter": "no"},
        "safety": {"text": HIDING, "ask_whom": ASK},
    }
    for what, data in given.items():
        answer = client.post(f"/people/{girl}/add/{what}", data)
        assert answer.status_code == 302, (what, answer.content.decode())
    world.viewer("worker")
    for what, model in (
        ("address", Address), ("contact", ContactPoint), ("risk", WorkerRisk), ("kin", Kinship),
        ("safety", SafetyAddress),
    ):  # fmt: skip
        row = _row(model, girl)
        assert client.get(f"/people/{girl}/end/{what}/{row}").status_code == 200
        data = {} if what == "safety" else {"until_on": "115/3/9"}
        assert client.post(f"/people/{girl}/end/{what}/{row}", data).status_code == 302, what
    world.viewer("worker")
    assert not WorkerRisk.objects.filter(person_id=girl, until_on__isnull=True).exists()
    assert Act.objects.filter(verb="person.risk_ended", subject_id=girl).count() == 1


def test_keeps_what_was_typed_when_something_is_missing(gao: Gao) -> None:
    answer = as_("worker").post(f"/people/{gao.people['girl']}/add/address", {"text": "河岬鎮", "kind": "living"})
    assert answer.status_code == 422
    assert 'value="河岬鎮"' in answer.content.decode()


def test_opens_the_name_behind_a_code_only_in_the_special_zone(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    hidden = actions.add_person(
        name="代號甲115001", name_kind="code", real_name="王曉梅", by=by, at=NOW, file_id=gao.files["child"]
    )
    client = as_("worker")
    assert "王曉梅" not in client.get(f"/people/{hidden.id}").content.decode()
    assert "王曉梅" in client.post(f"/people/{hidden.id}/name").content.decode()
    assert "王曉梅" not in found("worker", "王曉梅").split("<main")[1].replace('value="王曉梅"', "")


def test_decides_about_a_likeness_and_undoes_it(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    twin = actions.add_person(
        name="阮氏秋蓮", sex="female", birth=PartialDate(1990), by=by, at=NOW, file_id=gao.files["child"])  # fmt: skip
    client, mother = as_("worker"), gao.people["mother"]
    page = client.get(f"/people/{mother}").content.decode()
    assert "可能是同一人" in page
    assert "同姓名・生日不衝突" in page
    for verdict, same in (("same", True), ("unsure", False), ("apart", False)):
        client.post(f"/people/{mother}/identity", {"other": str(twin.id), "verdict": verdict})
        world.viewer("worker")
        roots = {Person.objects.get(id=one).identity_id for one in (mother, twin.id)}
        assert (len(roots) == 1) is same
    assert "判定不是的1筆" in client.get(f"/people/{mother}").content.decode()
    assert client.post(f"/people/{mother}/identity", {"other": "x"}).status_code == 422


def test_completes_a_name_and_says_who_looks_alike_now(world: World, gao: Gao) -> None:
    by, mother = world.viewer("worker"), Person.objects.get(id=gao.people["mother"])
    born = PartialDate.of(mother.born_earliest) if mother.born_earliest else PartialDate(1981)
    file_id = _file_of(mother.id)
    unnamed = actions.add_person(name="", by=by, at=NOW, file_id=file_id)
    client, at = as_("worker"), f"/people/{unnamed.id}"
    assert "姓名不詳" in client.get(at).content.decode()
    assert client.get(f"{at}/add/who").status_code == 200
    assert "沒有要改的" in client.post(f"{at}/add/who", {"source": "said"}).content.decode()
    given = {"source": "said", "name": mother.name, "name_kind": "full", "birth": born.text()}
    page = client.post(f"{at}/add/who", given, follow=True).content.decode()
    assert "記下了。有1筆可能是同一人，請看一下。" in page
    assert "以前寫的" in page
    assert Person.objects.get(id=unnamed.id).name == mother.name


def _file_of(person_id: UUID) -> UUID:
    return Involvement.objects.filter(person_id=person_id).values_list("file_id", flat=True)[0]
