"""The JSON interface: a report comes in once, however often it is sent; its sender hears a class and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.audit.models import Act
from anwang.exchange.api import bodies
from anwang.exchange.api.problems import Problem
from anwang.foundation import clock
from anwang.intake.models import ReceivedKey, Report, ReportSupplement
from anwang.people.models import Person
from anwang.systems.actions import revoke_token
from anwang.systems.states import Scope
from tests.unit.exchange.callers import Caller, caller, in_two_counties, originals, report
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"
PATH = "/api/v1/reports"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def kind_of(answer: Any) -> str:
    """The kind of problem an answer tells, after the form every problem has."""
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) <= {"type", "title", "status", "detail", "advice", "errors"}
    assert told["status"] == answer.status_code
    assert told["detail"].endswith(("。", "."))
    return told["type"].removeprefix("/api/#problem-")


def test_takes_a_report_and_gives_its_number(hospital: Caller) -> None:
    answer = hospital.send(report())
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["number"].startswith("T115-")
    assert (told["status"], told["status_text"]) == ("received", "已受理")
    assert answer["Location"] == f"{PATH}/{told['number']}"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_keeps_what_came_byte_for_byte_and_what_it_knows(world: World, hospital: Caller) -> None:
    body = json.dumps(report(unheard={"of": ["this"]}), ensure_ascii=False, indent=3).encode()
    told = hospital.send(body).json()
    assert "unheard" in told["remarks"][0]
    world.viewer("screener")
    assert originals() == [body]
    row, person = Report.objects.get(), Person.objects.get()
    assert (row.channel, row.unit_code, row.mandated, row.narrative) == (
        "system",
        "16",
        "yes",
        "急診看到孩子手臂有瘀青。",
    )
    assert (person.name, person.sex) == ("江語彤", "female")
    assert "unheard" in ReportSupplement.objects.get().text
    assert Act.objects.get(verb="report.received").by_service == "api:hospital"


@pytest.mark.parametrize("written", ["2026-05-20T09:02:00+08:00", "2026-05-20T09:00:00Z", "2027-05-20T08:30:00+08:00"])
def test_counts_from_now_when_the_senders_clock_runs_ahead_and_tells_both(
    world: World, hospital: Caller, written: str
) -> None:
    answer = hospital.send(report(received_at=written))
    words = f"來文的接獲時間{written}在未來，從收到時起算。請校正時鐘與時區。"
    assert (answer.status_code, answer.json()["remarks"]) == (201, [words])
    world.viewer("screener")
    assert Report.objects.get().received_at == clock.now()
    assert words in ReportSupplement.objects.get().text


@pytest.mark.parametrize(("number", "key"), [("R-1", ""), (None, "k-1"), ("R-1", "k-1")])
def test_gives_the_same_answer_to_the_same_message(hospital: Caller, number: str | None, key: str) -> None:
    headers = {"Idempotency_Key": key} if key else {}
    first = hospital.send(report(number=number), **headers)
    again = hospital.send(report(number=number), **headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert ReceivedKey.objects.count() == 1


@pytest.mark.parametrize(("number", "key", "other"), [("R-1", "", "R-1"), (None, "k-1", None), ("R-1", "k-1", "R-2")])
def test_refuses_other_content_under_the_same_key(
    hospital: Caller, number: str | None, key: str, other: str | None
) -> None:
    headers = {"Idempotency_Key": key} if key else {}
    hospital.send(report(number=number), **headers)
    answer = hospital.send(report(number=other, narrative="另一件事。"), **headers)
    assert (answer.status_code, kind_of(answer)) == (409, "conflict")
    assert ReceivedKey.objects.count() == 1


def test_tells_two_senders_with_the_same_numbers_apart(world: World, hospital: Caller) -> None:
    school = caller(world.viewer("administrator"), "school")
    one, other = hospital.send(report()).json(), school.send(report()).json()
    assert one["number"] != other["number"]


@pytest.mark.parametrize(("number", "key"), [("R-1", ""), (None, "k-1"), ("R-1", "k-1")])
def test_tells_the_counties_of_a_national_system_apart(world: World, number: str | None, key: str) -> None:
    one, other = in_two_counties(world.viewer("administrator"))
    headers = {"Idempotency_Key": key} if key else {}
    here = one.send(report(number=number), **headers)
    there = other.send(report(number=number, narrative="另一縣的事。"), **headers)
    assert (here.status_code, there.status_code) == (201, 201), there.content
    ours, theirs = here.json()["number"], there.json()["number"]
    assert ours != theirs
    assert other.send(report(number=number, narrative="另一縣的事。"), **headers).json()["number"] == theirs
    assert [one.ask("GET", f"{PATH}/{each}").status_code for each in (ours, theirs)] == [200, 404]
    assert [other.ask("GET", f"{PATH}/{each}").status_code for each in (ours, theirs)] == [404, 200]


def test_wants_a_key_or_a_number(hospital: Caller) -> None:
    assert kind_of(hospital.send(report(number=None))) == "key-missing"
    assert kind_of(hospital.send(report(number=None), Idempotency_Key="a b")) == "bad-request"


@pytest.mark.parametrize(("change", "pointer"), [
    ({"received_at": None}, "/received_at"), ({"received_at": "115/5/20"}, "/received_at"),
    ({"received_at": "2026-02-29T08:00:00+08:00"}, "/received_at"), ({"received_at": 5}, "/received_at"),
    ({"narrative": "  \n"}, "/narrative"), ({"narrative": "a" * 20001}, "/narrative"),
    ({"narrative": []}, "/narrative"),
    ({"kinds": ["burglary"]}, "/kinds/0"), ({"kinds": "suicide"}, "/kinds"), ({"unit": "40"}, "/unit"),
    ({"county": "99002"}, "/county"), ({"persons": [{}] * 31}, "/persons"), ({"persons": ["王"]}, "/persons/0"),
    ({"persons": [{"role": "boss"}]}, "/persons/0/role"), ({"persons": [{"birth": "2026-02-31"}]}, "/persons/0/birth"),
    ({"persons": [{"identifiers": [{"kind": "passport"}]}]}, "/persons/0/identifiers/0/value"),
    ({"reporter": {"is_party": "yes"}}, "/reporter/is_party"), ({"urgency": {"a/b~": "maybe"}}, "/urgency/a~1b~0"),
    ({"number": "R 1"}, "/number"), ({"number": "R-1\n"}, "/number"),
])  # fmt: skip
def test_names_the_place_that_cannot_be_taken(hospital: Caller, change: dict[str, Any], pointer: str) -> None:
    answer = hospital.send(report(**change))
    assert (answer.status_code, kind_of(answer)) == (422, "invalid")
    assert [wrong["pointer"] for wrong in answer.json()["errors"]] == [pointer]
    assert not ReceivedKey.objects.exists()


@pytest.mark.parametrize("body", [
    b" ", b"{", b"[]x", b'{"a": 1, "a": 2}', b'{"number": NaN}', b'{"number": -Infinity}', b'{"number": 1e999}',
    b'{"number": ' + b"9" * 5000 + b"}", b'{"number": "\xff"}', b'{"narrative": "\\ud800"}',
    b'{"narrative": "\\u0000"}',
    b'{"narrative": "\x00"}', b"[" * 100_000, b'{"a":' * 30 + b"1" + b"}" * 30, '{"number": "R"}'.encode("utf-16"),
    b'{"\\ud800": 1}', b"<Bundle/>",
])  # fmt: skip
def test_refuses_json_that_two_programs_might_read_differently(hospital: Caller, body: bytes) -> None:
    answer = hospital.send(body)
    assert (answer.status_code, kind_of(answer)) == (400, "bad-json")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"a"', b"5", b"true"])
def test_wants_an_object(hospital: Caller, body: bytes) -> None:
    assert kind_of(hospital.send(body)) == "invalid"


def test_reads_a_mark_at_the_beginning_and_names_in_any_case_of_letters(hospital: Caller) -> None:
    body = b"\xef\xbb\xbf" + json.dumps(report()).encode()
    assert hospital.send(body, Content_Type="Application/JSON; charset=utf-8").status_code == 201


def test_refuses_before_reading_what_is_too_large_squeezed_or_without_length(hospital: Caller) -> None:
    assert hospital.send(b" " * (512 * 1024 + 1)).status_code == 413
    assert kind_of(hospital.send(report(), Content_Encoding="gzip")) == "wrong-type"
    assert kind_of(hospital.send(report(), Content_Type="text/plain")) == "wrong-type"
    answer = hospital.client.generic(
        "POST",
        PATH,
        b"{}",
        "application/json",
        headers={"Authorization": f"Bearer {hospital.plain}"},
        CONTENT_LENGTH="",
    )
    assert kind_of(answer) == "length-required"


def test_says_which_methods_and_types_it_knows(hospital: Caller) -> None:
    answer = hospital.ask("PUT", PATH)
    assert (answer.status_code, answer["Allow"], kind_of(answer)) == (405, "POST", "wrong-method")
    assert hospital.ask("DELETE", f"{PATH}/T115-0000-0000")["Allow"] == "GET"
    assert kind_of(hospital.send(report(), Accept="text/html")) == "not-acceptable"
    for path in ("/api/v1/", "/api/v1/reports/", "/api/v1/reports/a/b", "/api/v1/cases"):
        assert hospital.ask("GET", path).status_code == 404, path


def test_finds_a_name_written_twice_among_very_many_at_once() -> None:
    body = ("{" + ",".join(f'"n{n}": 1' for n in range(30_000)) + ', "n29999": 2}').encode()
    started = time.process_time()
    with pytest.raises(Problem, match="bad-json"):
        bodies.parse(body)
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize("path", [PATH, "/api/v1/fhir", "/api/v1/events"])
def test_reads_a_body_before_anything_is_held_in_the_database(
    hospital: Caller, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    held, parse, before = [], bodies.parse, len(connection.savepoint_ids)

    def noted(body: bytes) -> Any:
        held.append(len(connection.savepoint_ids) - before)
        return parse(body)

    monkeypatch.setattr(bodies, "parse", noted)
    hospital.ask("POST", path, report())
    assert held == [0]


def test_tells_a_stranger_nothing_of_his_body(hospital: Caller) -> None:
    answer = hospital.ask("POST", PATH, b"{", Authorization=f"Bearer aw_00000000_{'x' * 43}")
    assert kind_of(answer) == "token-unknown"


def test_speaks_english_to_who_asks_for_it(hospital: Caller) -> None:
    answer = hospital.send(report(kinds=["burglary"]), Accept_Language="en-GB,zh;q=0.5")
    told = answer.json()
    assert told["title"].isascii()
    assert told["errors"][0]["detail"].isascii()
    assert hospital.send(report(), Accept_Language="en").json()["status_text"] == "Received"
    assert kind_of(hospital.send(report(kinds=["x"]), Accept_Language="zh-TW,en;q=0.5")) == "invalid"


@pytest.mark.parametrize("state", ["none", "wrong", "unknown", "expired", "revoked", "no scope", "live"])
@pytest.mark.parametrize(("scope", "method", "path"), [
    (Scope.REPORTS_WRITE, "POST", PATH), (Scope.REPORTS_READ, "GET", f"{PATH}/T115-0000-0000"),
    (Scope.FHIR_WRITE, "POST", "/api/v1/fhir"), (Scope.FHIR_READ, "GET", "/api/v1/fhir/Task/T115-0000-0000"),
])  # fmt: skip
def test_opens_by_scope_and_time_alone(
    world: World, at: Callable[..., object], state: str, scope: Scope, method: str, path: str
) -> None:
    by = world.viewer("administrator")
    others = tuple(one for one in Scope.values if one != scope)
    one = caller(by, scopes=others if state == "no scope" else (scope.value,), until=date(2026, 6, 1))
    if state == "revoked":
        revoke_token(token_id=one.token_id, by=by, at=clock.now())
    if state == "expired":
        at("2026-06-02T00:00+08:00")
    shown = {
        "none": "",
        "wrong": "Basic abc",
        "unknown": f"Bearer {one.plain[:-1]}{'A' if one.plain[-1] != 'A' else 'B'}",
    }
    answer = one.ask(method, path, report(), **({"Authorization": shown[state]} if state in shown else {}))
    expected = {"none": 401, "wrong": 401, "unknown": 401, "expired": 401, "revoked": 401, "no scope": 403}
    if state == "live":
        assert answer.status_code in (201, 404, 422)
        return
    assert answer.status_code == expected[state]
    assert answer["WWW-Authenticate"].startswith('Bearer realm="anwang"')
    assert not ReceivedKey.objects.exists()


def test_answers_alike_for_what_is_not_there_and_what_somebody_else_sent(world: World, hospital: Caller) -> None:
    school = caller(world.viewer("administrator"), "school")
    number = school.send(report()).json()["number"]
    answers = [hospital.ask("GET", f"{PATH}/{one}") for one in (number, "T115-1234-5678", "x", "%00", "字")]
    assert {(one.status_code, one.content) for one in answers} == {(404, answers[0].content)}
    shapes = [dict(one.headers.items()) for one in answers]
    assert all(shape == shapes[0] for shape in shapes)
    assert number not in answers[0].content.decode()


def test_costs_few_statements(hospital: Caller) -> None:
    number = hospital.send(report()).json()["number"]
    hospital.ask("GET", f"{PATH}/{number}")  # takes some hundred knocks of the minute in hand
    with CaptureQueriesContext(connection) as asked:
        hospital.ask("GET", f"{PATH}/{number}")
    own = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(own) <= 3, own


@pytest.mark.parametrize("who", [
    {"mandated": "no"}, {"mandated": None, "reporter": {}}, {"reporter": {"category": "medical", "is_party": True}},
    {"reporter": {"category": "family"}}, {"reporter": {"category": "self"}}, {"reporter": {"category": "anonymous"}},
])  # fmt: skip
def test_tells_who_is_or_may_be_a_party_only_that_it_came(
    committed_db: str, at: Callable[..., object], owner_connection: psycopg.Connection[Any], who: dict[str, Any]
) -> None:
    at(NOW)
    hospital = committed_caller()
    number = hospital.send(report(**who)).json()["number"]
    owner_connection.execute("UPDATE intake_report SET was_decided = true")
    told = hospital.ask("GET", f"{PATH}/{number}").json()
    assert told == {"number": number, "status": "received", "status_text": "已受理"}


def test_tells_a_mandated_reporters_system_a_class(
    committed_db: str, at: Callable[..., object], owner_connection: psycopg.Connection[Any]
) -> None:
    at(NOW)
    hospital = committed_caller()
    number = hospital.send(report()).json()["number"]
    assert hospital.ask("GET", f"{PATH}/{number}").json()["status"] == "received"
    owner_connection.execute("UPDATE intake_report SET was_decided = true")
    assert hospital.ask("GET", f"{PATH}/{number}").json()["status"] == "being_handled"


def committed_caller() -> Caller:
    with transaction.atomic():
        return caller(build_world().viewer("administrator"))
