"""The pages of messages and uploads: what waits, what nobody took, what is late, and what may be done about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.exchange.events.hearing import hear
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from anwang.matters.models import Matter
from anwang.systems.actions.hearing import EventIn, take_event
from anwang.systems.actions.sending import note_attempt, number_waiting
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_DECIDED, REPORT_RECEIVED, Going
from anwang.systems.models import Endpoint, Incoming, Outgoing
from anwang.uploads.models import Mark
from tests.proving import prove
from tests.unit.exchange.receiver import REPORT, a_system, an_endpoint
from tests.unit.intake.stories import told
from tests.world import World, build_world

AT = "2026-03-10T09:00+08:00"
PAGES = ("/systems/outbox", "/systems/inbox", "/systems/uploads")
MOST = 8


@pytest.fixture
def hands(at: Callable[..., clock.FrozenClock]) -> clock.FrozenClock:
    return at(AT)


@pytest.fixture
def world(db: None, hands: clock.FrozenClock) -> World:
    return build_world()


def as_(key: str, language: str = "zh-hant") -> Client:
    client = Client(headers={"Accept-Language": "en" if language == "en" else "zh-TW"})
    client.force_login(Account.objects.get(username=key))
    return prove(client)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub("</?span[^>]*>", "", answer.content.decode())


def a_dead_message(world: World) -> Outgoing:
    by = world.viewer("administrator")
    endpoint_id, _ = an_endpoint(a_system(), by, "https://school.example/hook")
    for event in (REPORT_RECEIVED, REPORT_DECIDED):
        announce(event, tell=[Telling("school-board", REPORT, clock.now())], county="99001", by=by)
    number_waiting(endpoint_id=endpoint_id, by=by, at=clock.now())
    first, second = Outgoing.objects.order_by("id")
    for _ in range(12):
        note_attempt(message_id=first.id, status=503, because="status", milliseconds=40, by=by, at=clock.now())
    note_attempt(message_id=second.id, status=None, because="timeout", milliseconds=9999, by=by, at=clock.now())
    return Outgoing.objects.get(id=first.id)


def came(world: World, *numbers: int) -> None:
    system_id, by = a_system("other-board"), world.viewer("administrator")
    service_viewer("events")
    for number in numbers:
        take_event(
            system_id=system_id, by=by, at=clock.now(),
            came=EventIn(uuid7(), "org.example.thing", "", None, number, None, str(number).encode()),
        )  # fmt: skip
    hear()


def owed(world: World, at: str = "2026-03-10 09:00", **person: object) -> str:
    she = PersonIn(**{"role": "victim", "name": "林怡君"} | person)
    report = intake.receive_report(
        report=told(at, "昨晚被打", she, kinds=("intimate_violence",)), by=world.viewer("screener")
    )
    return str(Matter.objects.get(id=report.id).number)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_says_so_when_there_is_nothing(world: World, path: str, language: str) -> None:
    text = read(as_("screening_supervisor", language), path)
    assert "<h1>" in text


def test_shows_each_endpoint_and_the_message_nobody_took(world: World, hands: clock.FrozenClock) -> None:
    row = a_dead_message(world)
    hands.advance(timedelta(hours=5))
    text = read(as_("chief"), "/systems/outbox")
    assert "有1則訊息送不出去" in text
    assert "等太久沒有回應" in text
    assert "https://school.example/hook" in text
    one = read(as_("administrator"), f"/systems/outbox/{row.event_id}")
    assert one.count("對方回絕 503") == 12
    assert "再送" in one
    assert "再送一次" not in read(as_("chief"), f"/systems/outbox/{row.event_id}")


def test_sends_again_or_gives_up_from_the_page(world: World) -> None:
    row = a_dead_message(world)
    admin = as_("administrator")
    assert admin.post(f"/systems/outbox/{row.event_id}/give-up", {}).status_code == 200
    assert admin.post(f"/systems/outbox/{row.event_id}/again").status_code == 302
    assert Outgoing.objects.get(id=row.id).state == Going.WAITING
    Outgoing.objects.filter(id=row.id).update(state=Going.DEAD)
    admin.post(f"/systems/outbox/{row.event_id}/give-up", {"reason": "told_otherwise"})
    assert Outgoing.objects.get(id=row.id).state == Going.GIVEN_UP


@pytest.mark.parametrize("who", ["chief", "screening_supervisor", "clerk", "worker", "ngo_worker", "screener"])
def test_lets_nobody_else_act_on_messages(world: World, who: str) -> None:
    row = a_dead_message(world)
    client, endpoint = as_(who), Endpoint.objects.get()
    for path in (
        f"outbox/{row.event_id}/again", f"outbox/{row.event_id}/give-up", f"endpoints/{endpoint.id}/try",
        f"endpoints/{endpoint.id}/end",
    ):  # fmt: skip
        assert client.post(f"/systems/{path}", {"reason": "not_needed"}).status_code in (403, 404)
    assert Outgoing.objects.get(id=row.id).state == Going.DEAD
    assert client.get("/systems/outbox").status_code == (200 if who in ("chief", "screening_supervisor") else 403)


def test_names_the_numbers_that_never_came(world: World) -> None:
    came(world, 1, 2, 5, 6, 9)
    text = read(as_("administrator"), "/systems/inbox")
    assert "缺3–4" in text
    assert "缺7–8" in text
    row = Incoming.objects.order_by("number")[0]
    as_("administrator").post(f"/systems/inbox/{row.id}/settle", {"reason": "not_needed"})
    assert Incoming.objects.get(id=row.id).state == "settled"


def test_opens_an_endpoint_and_shows_its_secret_once(world: World) -> None:
    a_system()
    admin, path = as_("administrator"), "/systems/of/school-board/endpoints/new"
    assert admin.get(path).status_code == 200
    given = {"kind": "webhook", "address": "https://school.example/hook", "events": [REPORT_DECIDED]}
    text = admin.post(path, given).content.decode()
    assert "密鑰全文" in text
    assert Endpoint.objects.count() == 1
    again = admin.post(path, given).content.decode()
    assert "這個位址已經登記過" in again
    bad = admin.post(path, given | {"address": "https://user:word@school.example/"}).content.decode()
    assert "網址不能用" in bad
    assert as_("chief").get(path).status_code == 403


def test_marks_an_upload_from_the_page(world: World, hands: clock.FrozenClock) -> None:
    number = owed(world)
    hands.advance(timedelta(days=9))
    clerk = as_("clerk")
    assert "有1件過了期限還沒上傳" in read(clerk, "/systems/uploads")
    given = {"way": "typed", "central_number": "A115-1", "at_day": "115/3/19", "at_time": "08:00", "seen": "nonsense"}
    bad = clerk.post(f"/systems/uploads/of/{number}/uploaded", given | {"central_number": ""}).content.decode()
    assert "請填中央編號" in bad
    assert clerk.post(f"/systems/uploads/of/{number}/uploaded", given).status_code == 302
    assert Mark.objects.get().central_number == "A115-1"
    assert "該上傳的都上傳了" in read(clerk, "/systems/uploads")
    assert number in read(clerk, "/systems/uploads?show=done")


def test_notes_a_failure_and_keeps_it_on_the_list(world: World) -> None:
    number = owed(world)
    given = {"way": "batch", "failure": "away", "at_day": "115/3/10", "at_time": "09:00"}
    clerk = as_("clerk")
    assert clerk.post(f"/systems/uploads/of/{number}/failed", given).status_code == 302
    assert "中央系統連不上" in read(clerk, "/systems/uploads?show=failed")


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("chief", 200), ("worker", 403), ("administrator", 403)])
def test_opens_the_list_to_those_in_charge(world: World, who: str, status: int) -> None:
    number = owed(world)
    assert as_(who).get("/systems/uploads").status_code == status
    assert as_(who).get(f"/systems/uploads/of/{number}").status_code == status
    assert as_(who).post("/systems/uploads/sheet").status_code == (200 if who == "clerk" else 403)


@pytest.mark.parametrize("form", ["ods", "csv"])
def test_gives_the_sheet_as_a_file_nobody_keeps(world: World, form: str) -> None:
    owed(world)
    answer = as_("screener").post("/systems/uploads/sheet", {"form": form, "show": "open"})
    assert answer["Cache-Control"] == "no-store"
    assert f".{form}" in answer["Content-Disposition"]


def test_shows_no_name_on_the_list(world: World) -> None:
    number = owed(world)
    for path in ("/systems/uploads", f"/systems/uploads/of/{number}"):
        assert "林怡君" not in read(as_("screener"), path)


@pytest.mark.parametrize("path", PAGES)
def test_costs_few_statements(world: World, path: str) -> None:
    a_dead_message(world)
    for _ in range(3):
        owed(world)
    client = as_("screening_supervisor")
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    asked = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(asked) <= MOST, "\n".join(asked)


@pytest.mark.parametrize("width", [1440, 390])
def test_is_readable_for_everybody(live: str, page: Page, axe, log_in, width: int) -> None:
    with transaction.atomic():
        world = build_world()
        row = a_dead_message(world)
        number = owed(world)
        came(world, 1, 4)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, "administrator")
    for path in ("outbox", f"outbox/{row.event_id}", "inbox", "of/school-board/endpoints/new"):
        page.goto(f"{live}/systems/{path}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    log_in(page, "screening_supervisor")
    for path in ("uploads", f"uploads/of/{number}"):
        page.goto(f"{live}/systems/{path}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
