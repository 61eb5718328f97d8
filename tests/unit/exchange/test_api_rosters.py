"""Lists of children over the interface: the file as it is, counted in the receipt, once however often it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from anwang.access.viewer import Viewer, service_viewer
from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.queries import file_page, overview
from anwang.systems.actions import speak_for, stop_speaking_for
from anwang.systems.models import Sender
from anwang.systems.states import Scope
from tests.unit.exchange.callers import Caller, caller, in_two_counties
from tests.unit.exchange.test_api_reports import kind_of
from tests.unit.rosters import tables
from tests.unit.rosters.tables import child
from tests.world import World, build_world

NOW = "2026-04-01T10:00+08:00"
PATH = "/api/v1/rosters"
ROWS = [child(1, 姓名="謝小晴"), child(2, 前置查訪結果=""), child(4)]
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def registry(world: World) -> Caller:
    return bound(caller(by := world.viewer("administrator"), "registry"), by)


def bound(one: Caller, by: Viewer, *names: str) -> Caller:
    for name in names or ("河岬戶政事務所", "別的戶政事務所"):
        speak_for(system_id=one.system_id, name=name, by=by, at=clock.now())
    return one


def said(body: bytes, rows: int, **other: Any) -> dict[str, Any]:
    given = {"kind": "moved", "sender": "河岬戶政事務所", "declared": rows, "period": "115-03",
             "sha256": hashlib.sha256(body).hexdigest(), **other}  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def send(who: Caller, body: bytes, media: str = "text/csv", key: str = "", **other: Any) -> Any:
    headers = {"Content-Type": media} | ({"Idempotency-Key": key} if key else {})
    query = urlencode(said(body, other.pop("rows", 3), **other), doseq=True)
    return who.ask("POST", f"{PATH}?{query}", body, **headers)


def test_takes_a_file_and_counts_it_in_the_receipt(world: World, registry: Caller) -> None:
    body = tables.roster(ROWS)
    answer = send(registry, body, rows=4)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["number"].startswith("L115-")
    counts = {name: told[name] for name in ("declared", "received", "missing", "accepted", "rejected", "gaps")}
    assert counts == {"declared": 4, "received": 3, "missing": 1, "accepted": 2, "rejected": 1, "gaps": [3]}
    assert told["rejected_rows"] == [
        {"line": 2, "serial": 2,
         "reasons": [{"code": "empty", "column": "pre_check", "detail": "「前置查訪結果」是空的，請補上"}]}
    ]  # fmt: skip
    assert "謝小晴" not in answer.content.decode()
    assert take_on(by=service_viewer("rosters")).taken == 2
    by = world.viewer("screener")
    assert [alarm.kind for alarm in overview(by).alarms] == ["count"]
    assert [row.whom for row in file_page(by, told["number"]).rows] == ["謝小晴", "測試2", "測試4"]


@pytest.mark.parametrize("kind", ["text/csv", "text/csv; charset=big5", "application/octet-stream"])
def test_takes_any_encoding_that_the_page_takes(registry: Caller, kind: str) -> None:
    answer = send(registry, tables.roster(ROWS, "big5"), kind)
    assert answer.status_code == 201, answer.content
    assert answer.json()["sender"] == "河岬戶政事務所"


def test_takes_a_spreadsheet(registry: Caller) -> None:
    answer = send(registry, tables.ods(tables.table(ROWS)), ODS)
    assert (answer.status_code, answer.json()["received"]) == (201, 3)


def test_the_same_file_again_changes_nothing(world: World, registry: Caller) -> None:
    body = tables.roster(ROWS)
    first, again = send(registry, body), send(registry, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert RosterFile.objects.count() == 1
    assert send(registry, body, period="115-04").status_code == 201


def test_a_key_belongs_to_one_file_and_what_was_said_of_it(registry: Caller) -> None:
    body = tables.roster(ROWS)
    assert send(registry, body, key="K-1").status_code == 201
    assert send(registry, body, key="K-1").status_code == 200
    for other in ({"rows": 9}, {"period": "115-04"}, {"sender": "別的戶政事務所"}):
        assert kind_of(send(registry, body, key="K-1", **other)) == "conflict"
    assert kind_of(send(registry, tables.roster(ROWS[:1]), key="K-1")) == "conflict"
    assert kind_of(send(registry, body, key="有空白 的")) == "bad-request"


def test_brings_rejected_rows_again(world: World, registry: Caller) -> None:
    first = send(registry, tables.roster(ROWS)).json()
    answer = send(registry, tables.roster([child(2)]), rows=1, about=first["number"])
    assert answer.status_code == 201
    page = file_page(world.viewer("screener"), first["number"])
    assert (page.rejected, page.mended) == (0, 1)


WRONG = {
    "no kind": ({"kind": None}, "/kind"),
    "a kind nobody has": ({"kind": "others"}, "/kind"),
    "no count": ({"declared": None}, "/declared"),
    "a count that is none": ({"declared": "many"}, "/declared"),
    "no hash": ({"sha256": None}, "/sha256"),
    "another hash": ({"sha256": "0" * 64}, "/sha256"),
    "no sender": ({"sender": " "}, "/sender"),
    "a sender too long": ({"sender": "所" * 61}, "/sender"),
    "a file nobody has": ({"about": "L115-0000-0000"}, "/about"),
    "said twice": ({"declared": [3, 4]}, "/declared"),
    "what nobody asked": ({"county": "99002"}, "/county"),
}


@pytest.mark.parametrize(("other", "pointer"), WRONG.values(), ids=WRONG)
def test_refuses_by_name_and_keeps_nothing(registry: Caller, other: dict[str, Any], pointer: str) -> None:
    answer = send(registry, tables.roster(ROWS), **other)
    assert (answer.status_code, kind_of(answer)) == (422, "invalid")
    assert pointer in [wrong["pointer"] for wrong in answer.json().get("errors", [])]
    assert not RosterFile.objects.exists()


def test_sends_in_nobody_elses_name(world: World, registry: Caller) -> None:
    hospital = caller(world.viewer("administrator"), "hospital")
    for who, sender in ((hospital, "河岬戶政事務所"), (registry, "望潮國小")):
        answer = send(who, tables.roster(ROWS), sender=sender)
        assert (answer.status_code, kind_of(answer)) == (403, "refused")
        assert answer.json()["detail"] == f"沒有登記這個系統代送「{sender}」的名冊。"
        assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/sender"]
    assert not RosterFile.objects.exists()
    refused = list(Act.objects.filter(verb="sender.refused").order_by("at", "id"))
    assert [(act.by_service, act.subject_id) for act in refused] == [
        ("api:hospital", hospital.system_id), ("api:registry", registry.system_id)
    ]  # fmt: skip
    assert "望潮國小" not in str(refused[1].details)


def test_files_a_list_under_the_name_that_was_written_down(registry: Caller) -> None:
    first, again = (send(registry, tables.roster(ROWS), sender=name) for name in ("河岬戶政事務所", "河岬 戶政事務所"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["sender"] == "河岬戶政事務所"


def test_takes_no_list_once_it_was_ended(world: World, registry: Caller) -> None:
    by, row = world.viewer("administrator"), Sender.objects.get(name="河岬戶政事務所")
    stop_speaking_for(sender_id=row.id, by=by, at=clock.now())
    assert send(registry, tables.roster(ROWS)).status_code == 403
    assert send(registry, tables.roster(ROWS), sender="別的戶政事務所").status_code == 201


def test_speaks_in_one_county_as_was_written_there(world: World) -> None:
    by = world.viewer("administrator")
    here, there = in_two_counties(by)
    bound(here, by)
    assert send(here, tables.roster(ROWS)).status_code == 201
    assert send(there, tables.roster(ROWS)).status_code == 403


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\xff", b"\r\n", b"PK\x03\x04nothing"], ids=["no text", "empty", "no archive"]
)
def test_refuses_what_is_no_list(registry: Caller, body: bytes) -> None:
    answer = send(registry, body)
    assert kind_of(answer) == "invalid"
    assert not RosterFile.objects.exists()


def test_refuses_a_spreadsheet_that_swells(registry: Caller) -> None:
    bomb = tables.zipped({"mimetype": ODS, "content.xml": " " * (81 * 1024 * 1024)})
    assert kind_of(send(registry, bomb, ODS)) == "invalid"


def test_asks_for_the_scope_and_the_type(world: World) -> None:
    by = world.viewer("administrator")
    others = tuple(scope for scope in Scope.values if scope != Scope.ROSTERS_WRITE)
    hospital = caller(by, "hospital", others)
    assert kind_of(send(hospital, tables.roster(ROWS))) == "scope-missing"
    by = world.viewer("administrator")
    registry = bound(caller(by, "registry", (Scope.ROSTERS_WRITE.value,)), by)
    assert kind_of(send(registry, tables.roster(ROWS), "application/json")) == "wrong-type"
    assert kind_of(registry.ask("GET", PATH)) == "wrong-method"
    assert kind_of(registry.send({})) == "scope-missing"
    assert not RosterFile.objects.exists()


def test_keeps_a_hidden_child_out_of_the_receipt_and_from_the_sender(world: World, registry: Caller) -> None:
    body = tables.roster([child(1)])
    send(registry, body, rows=1)
    service_viewer("rosters")
    assert RosterRow.objects.count() == 1
    service_viewer("api:registry")
    assert RosterRow.objects.count() == 0


def test_is_described_with_its_scope(registry: Caller) -> None:
    document = json.loads(registry.client.get("/api/openapi.json").content)
    act = document["paths"][PATH]["post"]
    assert act["x-scope"] == "rosters:write"
    assert set(act["requestBody"]["content"]) == {"text/csv", ODS, "application/octet-stream"}
    assert set(send(registry, tables.roster(ROWS)).json()) == set(
        document["components"]["schemas"]["RosterReceipt"]["required"]
    )
