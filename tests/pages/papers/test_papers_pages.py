"""The clerk registers, numbers and sends; the worker writes; an answer on paper settles what was asked."""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from anwang.access.models import Account, Involvement
from anwang.access.states import Circle
from anwang.audit.models import Reading
from anwang.documents import actions
from anwang.documents.models import Paper
from anwang.documents.states import PaperKind
from anwang.foundation import clock
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Offer
from anwang.matters.states import MatterKind, OfferKind
from anwang.people import actions as people
from anwang.people.models import Person
from tests.world import World, build_world

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
REGISTERED = {
    "direction": "in", "kind": "reply", "number": "青社字第1150009號", "dated_on": "115/3/8",
    "other_name": "青嵐地方法院",
    "subject": "復貴機關函", "secrecy": "confidential", "way": "electronic", "at_day": "115/3/8", "at_time": "09:30",
}  # fmt: skip


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NIGHT + timedelta(hours=10))
    return build_world()


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def a_case(world: World) -> Matter:
    by = world.viewer("screener")
    matter = matters.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=NIGHT, event="report.received",
        facts={"kind": "intimate_violence", "known_at": NIGHT, "received_at": NIGHT}, by=by,
    )  # fmt: skip
    by, now = world.viewer("worker"), clock.now()
    people.add_person(name="游子晴", file_id=matter.id, circle=Circle.VICTIM, by=by, at=now)
    people.add_person(name="盧建彬", file_id=matter.id, circle=Circle.OTHER, by=by, at=now)
    return matter


def a_letter(world: World, kind: PaperKind = PaperKind.VISIT) -> Paper:
    matter = a_case(world)
    return actions.write_letter(
        kind=kind, matter_id=matter.id, to_unit_id=world.units["protection2"], circle=Circle.VICTIM,
        reason="請確認人身安全。", by=world.viewer("worker"), at=clock.now(), people=[named("游子晴", matter)],
    )  # fmt: skip


def named(name: str, matter: Matter) -> UUID:
    """The person of that name in the file."""
    standing = Involvement.objects.filter(file_id=matter.id).values("person_id")
    return Person.objects.get(id__in=standing, name=name).id


@pytest.mark.parametrize(("key", "status"), [
    ("clerk", 200), ("worker", 200), ("supervisor", 200), ("screener", 200), ("chief", 403), ("ngo_worker", 403),
    ("administrator", 403),
])  # fmt: skip
def test_opens_the_desk_to_who_handles_papers(world: World, key: str, status: int) -> None:
    assert as_(key).get("/papers").status_code == status


@pytest.mark.parametrize("path", ["/papers/new", "/papers/letter"])
def test_names_the_offices_in_the_readers_language(world: World, path: str) -> None:
    assert "青嵐縣家防中心</option>" in as_("worker").get(path).content.decode()
    Account.objects.filter(username="worker").update(language="en")
    page = as_("worker").get(path).content.decode()
    assert "Qinglan Protection Centre</option>" in page
    assert "中央主管機關" not in page


def test_registers_what_came_and_finds_it_by_its_number(world: World) -> None:
    client = as_("clerk")
    response = client.post("/papers/new", REGISTERED, follow=True)
    assert "登記好了" in response.content.decode()
    assert "青社字第1150009號" in client.get("/papers", {"q": "1150009"}).content.decode()
    assert "青社字第1150009號" not in client.get("/papers", {"q": "1150_"}).content.decode().replace(
        'value="1150_"', ""
    )
    assert "青社字第1150009號" not in as_("welfare_worker").get("/papers").content.decode()


def test_writes_the_dates_of_the_register_in_the_readers_language(world: World) -> None:
    as_("clerk").post("/papers/new", {**REGISTERED, "dated_on": "115/3/4", "at_day": "115/3/5"})
    assert "3月5日" in as_("clerk").get("/papers").content.decode()
    Account.objects.filter(username="clerk").update(language="en")
    page = as_("clerk").get("/papers").content.decode()
    assert "5 Mar" in page
    assert not re.search(r"\d月", page)


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("number", "", "請填文號"), ("dated_on", "115/13/40", "請更正"), ("at_day", "116/1/1", "這個時間還沒到"),
    ("matter_number", "C999-X", "找不到這個案號"), ("answers_number", "無此號", "登記簿裡沒有這個文號"),
    ("subject", "字" * 400, "最多300字"), ("other_name", "", "對方"),
])  # fmt: skip
def test_keeps_what_was_typed_and_says_what_to_change(world: World, field: str, typed: str, sentence: str) -> None:
    page = as_("clerk").post("/papers/new", {**REGISTERED, field: typed}).content.decode()
    assert sentence in page
    assert "復貴機關函" in page or field == "subject"
    assert not Paper.objects.exists()


def test_writes_a_letter_that_lists_one_side_only(world: World) -> None:
    matter = a_case(world)
    given = {
        "kind": "transfer", "matter_number": matter.number, "to_unit": str(world.units["protection2"]),
        "circle": "victim", "reason": "被害人現居貴轄。",
    }  # fmt: skip
    page = as_("worker").post("/papers/letter", given, follow=True).content.decode()
    assert "游子晴" in page
    assert "盧建彬" not in page
    assert Reading.objects.filter(what="paper.letter", file_id=matter.id).exists()
    refused = as_("worker").post("/papers/letter", {**given, "reason": "盧建彬在找她"}).content.decode()
    assert "內容寫到另一側的人" in refused
    stranger = as_("welfare_worker").post("/papers/letter", given).content.decode()
    assert "找不到這個案號" in stranger


def test_shows_a_clerk_the_envelope_and_never_a_name(world: World) -> None:
    paper = a_letter(world)
    page = as_("clerk").get(f"/papers/{paper.id}").content.decode()
    assert "內容限承辦人" in page
    assert "游子晴" not in page
    assert as_("clerk").post(f"/papers/{paper.id}/print", {"form": "odt"}).status_code == 404
    assert as_("welfare_worker").get(f"/papers/{paper.id}").status_code == 404


def test_says_to_an_english_reader_that_the_letter_is_chinese(world: World) -> None:
    paper = a_letter(world)
    Account.objects.filter(username="worker").update(language="en")
    page = as_("worker").get(f"/papers/{paper.id}").content.decode()
    letter = page.split('<div lang="zh-Hant-TW">')[1].split("</div>")[0]
    assert "<h3>主旨</h3>" in letter
    assert "游子晴" in letter
    assert "<form" not in letter


def test_prints_with_a_neutral_name_and_is_kept_nowhere(world: World) -> None:
    paper = a_letter(world)
    response = as_("worker").post(f"/papers/{paper.id}/print", {"form": "pdf"})
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]
    assert "%E6%B8%B8" not in response["Content-Disposition"]
    assert as_("worker").post(f"/papers/{paper.id}/print", {"form": "docx"}).status_code == 422
    assert as_("worker").get(f"/papers/{paper.id}/print").status_code == 405


def test_carries_a_letter_from_draft_to_the_answer_by_paper(world: World) -> None:
    matter, now = a_case(world), clock.now()
    offer = matters.offer(
        matter_id=matter.id, kind=OfferKind.VISIT_REQUEST, to_unit_id=world.units["protection2"], topic="visit",
        by=world.viewer("worker"), at=now,
    )  # fmt: skip
    paper = actions.write_letter(
        kind=PaperKind.VISIT, matter_id=matter.id, to_unit_id=world.units["protection2"], circle=Circle.VICTIM,
        reason="請確認人身安全。", by=world.viewer("worker"), at=now, people=[named("游子晴", matter)],
    )  # fmt: skip
    clerk, worker, at = as_("clerk"), as_("worker"), f"/papers/{paper.id}"
    clerk.post(f"{at}/number", {"number": "望社字第1150001號", "dated_on": "115/3/8"})
    clerk.post(f"{at}/send", {"way": "electronic", "at_day": "115/3/8", "at_time": "09:40"})
    assert "等回覆" in clerk.get("/papers", {"show": "waiting"}).content.decode()
    answer = {
        "accept": "yes", "number": "青社字第1號", "name": "林科員", "dated_on": "115/3/8", "at_day": "115/3/8",
        "at_time": "09:40",
    }  # fmt: skip
    page = worker.post(f"{at}/answer", answer, follow=True).content.decode()
    assert "青社字第1號" in page
    settled = Offer.objects.get(id=offer.id)
    assert (settled.state, settled.answered_how, settled.answered_ref) == ("accepted", "letter", "青社字第1號")
    assert "登記簿" in clerk.get("/papers", {"show": "waiting"}).content.decode()
    assert "望社字第1150001號" not in clerk.get("/papers", {"show": "waiting"}).content.decode()


def asked_of_baisha(world: World, matter: Matter) -> Offer:
    """A visit asked of a unit without accounts."""
    return matters.offer(
        matter_id=matter.id, kind=OfferKind.VISIT_REQUEST, to_unit_id=world.units["protection2"], topic="visit",
        by=world.viewer("worker"), at=clock.now(),
    )  # fmt: skip


def numbered_and_sent(paper: Paper) -> str:
    """The clerk numbers and sends it; gives its address."""
    clerk, at = as_("clerk"), f"/papers/{paper.id}"
    clerk.post(f"{at}/number", {"number": "望社字第1150001號", "dated_on": "115/3/8"})
    clerk.post(f"{at}/send", {"way": "electronic", "at_day": "115/3/8", "at_time": "09:40"})
    return at


def test_ties_a_letter_to_a_request_made_after_it_and_lets_the_clerk_enter_the_answer(world: World) -> None:
    paper = a_letter(world)
    matter = Matter.objects.get(id=paper.matter_id)
    assert paper.offer_id is None
    offer = asked_of_baisha(world, matter)
    at, clerk = numbered_and_sent(paper), as_("clerk")
    shown = clerk.get(at).content.decode()
    assert "對方來文回覆" in shown
    assert "游子晴" not in shown
    assert Paper.objects.get(id=paper.id).answer_due_on is not None
    answer = {
        "accept": "yes", "number": "青社字第1號", "name": "林科員", "dated_on": "115/3/8", "at_day": "115/3/8",
        "at_time": "09:40",
    }  # fmt: skip
    assert "對方的回覆登記好了" in clerk.post(f"{at}/answer", answer, follow=True).content.decode()
    assert Offer.objects.get(id=offer.id).state == "accepted"


def test_waits_no_more_for_a_request_that_was_answered_by_telephone(
    world: World, at: Callable[..., object]
) -> None:  # fmt: skip
    matter = a_case(world)
    offer = asked_of_baisha(world, matter)
    paper = actions.write_letter(
        kind=PaperKind.VISIT, matter_id=matter.id, to_unit_id=world.units["protection2"], circle=Circle.VICTIM,
        reason="請確認人身安全。", by=world.viewer("worker"), at=clock.now(), people=[named("游子晴", matter)],
    )  # fmt: skip
    numbered_and_sent(paper)
    matters.answer_by_proxy(
        offer_id=offer.id, accept=True, name="林科員", how="phone", ref="(08)000-9944", at=clock.now(),
        by=world.viewer("worker"),
    )  # fmt: skip
    at(NIGHT + timedelta(days=60))
    page = as_("clerk").get("/papers").content.decode()
    assert "過期未回" not in page
    assert "接受（電話，代登　(08)000-9944）" in page
    assert "登記簿" in page
    assert "望社字第1150001號" not in as_("clerk").get("/papers", {"show": "waiting"}).content.decode()


def test_names_in_a_visit_letter_only_whom_it_asks_for(world: World) -> None:
    matter = a_case(world)
    by = world.viewer("worker")
    people.add_person(name="游小樂", file_id=matter.id, circle=Circle.VICTIM, by=by, at=clock.now())
    client = as_("worker")
    offered = client.get("/papers/letter", {"matter": matter.number}).content.decode()
    assert "函裡列哪幾位" in offered
    given = {
        "kind": "visit", "matter_number": matter.number, "to_unit": str(world.units["protection2"]),
        "circle": "victim", "reason": "請確認人身安全。",
    }  # fmt: skip
    assert "請勾選請對方訪視哪幾位" in client.post("/papers/letter", given).content.decode()
    other = client.post("/papers/letter", {**given, "people": [str(named("盧建彬", matter))]}).content.decode()
    assert "不在收文者那一側" in other
    page = client.post("/papers/letter", {**given, "people": [str(named("游小樂", matter))]}, follow=True)
    assert "游小樂" in page.content.decode()
    assert "游子晴" not in page.content.decode()


def test_shows_the_papers_of_a_case_to_its_worker_whoever_registered_them(world: World) -> None:
    matter = a_case(world)
    as_("clerk").post("/papers/new", {**REGISTERED, "matter_number": matter.number})
    here = {"matter": matter.number}
    assert "青社字第1150009號" in as_("worker").get("/papers", here).content.decode()
    paper = Paper.objects.get()
    assert "復貴機關函" in as_("worker").get(f"/papers/{paper.id}").content.decode()
    assert as_("welfare_worker").get(f"/papers/{paper.id}").status_code == 404
    assert as_("welfare_worker").get("/papers", here).status_code == 422


def test_keeps_an_attachment_and_gives_it_back(world: World) -> None:
    client = as_("clerk")
    client.post("/papers/new", REGISTERED)
    paper = Paper.objects.get()
    sent = SimpleUploadedFile("掃描.pdf", b"\x00\xff%PDF", content_type="text/html")
    client.post(f"/papers/{paper.id}/attach", {"body": sent})
    page = client.get(f"/papers/{paper.id}").content.decode()
    address = re.search(r"/papers/attachments/[0-9a-f-]+", page)
    assert address
    file = client.post(address[0])
    assert (file.content, file["Content-Type"]) == (b"\x00\xff%PDF", "application/octet-stream")
    assert as_("welfare_worker").post(address[0]).status_code == 404
    assert client.post(f"/papers/{paper.id}/attach").status_code == 422


@pytest.mark.parametrize("of", ["/papers", "/papers/new", "paper"])
def test_needs_few_statements(world: World, of: str) -> None:
    client, paper = as_("worker"), a_letter(world)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/papers/{paper.id}" if of == "paper" else of)
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 8


def test_is_accessible(live: str, log_in: Callable[..., None], axe: Callable[[Page], list[str]], page: Page) -> None:
    world = build_world()
    with transaction.atomic():
        paper = a_letter(world)
    shown = [("index", "/papers", "worker"), ("new", "/papers/new", "clerk"), ("letter", "/papers/letter", "worker"),
             ("draft", f"/papers/{paper.id}", "worker"), ("sealed", f"/papers/{paper.id}", "clerk")]  # fmt: skip
    for name, path, key in shown:
        log_in(page, key)
        for width, height in ((1440, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live + path)
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            if folder := os.environ.get("ANWANG_PICTURES"):
                page.screenshot(path=f"{folder}/papers-{name}-{width}.png", full_page=width < 400)
