"""The FHIR door: bundles as the guide has them and as they really come; what we answer keeps the guide's rules."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from anwang.intake.models import ReceivedKey, ReportOriginal, ReportSupplement
from anwang.people.models import Person
from tests.unit.exchange.callers import Caller, caller, in_two_counties, originals
from tests.unit.exchange.messages import BASE, bundle, patient, request
from tests.unit.exchange.rules_of_the_guide import wrongs
from tests.world import World, build_world

NOW = "2026-03-08T00:10+08:00"
PATH = "/api/v1/fhir"
FHIR = "application/fhir+json"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def post(one: Caller, document: Any, kind: str = FHIR, **headers: str) -> Any:
    answer = one.ask("POST", PATH, document, Content_Type=kind, **headers)
    assert answer["Content-Type"] == FHIR
    assert list(wrongs(answer.json())) == []
    return answer


def number_in(answer: Any) -> str:
    places = [entry["response"].get("location") for entry in answer.json()["entry"]]
    (place,) = filter(None, places)
    return str(place).removeprefix("Task/")


def test_tells_the_counties_of_a_national_system_apart(world: World) -> None:
    one, other = in_two_counties(world.viewer("administrator"))
    ours, theirs = number_in(post(one, bundle())), number_in(post(other, bundle()))
    assert ours != theirs
    assert [one.ask("GET", f"{PATH}/Task/{each}").status_code for each in (ours, theirs)] == [200, 404]
    assert [other.ask("GET", f"{PATH}/Task/{each}").status_code for each in (ours, theirs)] == [404, 200]


def two(**changes: Any) -> dict[str, Any]:
    """Two reports in one bundle, of two children."""
    other = patient(id="other", name=[{"text": "江語晴"}], identifier=[])
    second = request(
        id="report-2", identifier=[{"system": BASE, "value": "R-2"}], subject={"reference": "Patient/other"}
    )
    return bundle(other, second, **changes)


@pytest.mark.parametrize("kind", ["collection", "batch", "transaction", "document", "message"])
def test_takes_a_case_report_and_answers_entry_by_entry(hospital: Caller, kind: str) -> None:
    sent = bundle(type=kind)
    answer = post(hospital, sent)
    assert answer.status_code == 200
    told = answer.json()
    assert told["type"] == ("batch-response" if kind in ("collection", "batch") else "transaction-response")
    assert [entry["response"]["status"][:3] for entry in told["entry"]] == ["200", "200", "200", "200", "201"]
    again = post(hospital, sent).json()
    assert [entry["response"]["status"][:3] for entry in again["entry"]] == ["200"] * 5
    assert ReceivedKey.objects.values("report_id").distinct().count() == 1


def test_takes_a_request_that_holds_its_patient(world: World, hospital: Caller) -> None:
    child = patient(id="inside")
    alone = request(subject={"reference": "#inside"}, contained=[child])
    assert post(hospital, alone, kind="application/json").status_code == 200
    world.viewer("screener")
    assert Person.objects.filter(name="江語彤").exists()
    assert not ReportSupplement.objects.exists()


def test_tells_how_a_report_fares_to_its_sender_alone(world: World, hospital: Caller) -> None:
    number = number_in(post(hospital, bundle()))
    answer = hospital.ask("GET", f"{PATH}/Task/{number}", Accept=FHIR)
    assert (answer.status_code, answer["Content-Type"]) == (200, FHIR)
    task = answer.json()
    assert list(wrongs(task)) == []
    assert (task["id"], task["status"], task["businessStatus"]["text"]) == (number, "received", "已受理")
    assert task["authoredOn"] == "2026-03-07T23:40:00+08:00"
    school = caller(world.viewer("administrator"), "school")
    stranger, nothing = (school.ask("GET", f"{PATH}/Task/{one}") for one in (number, "T115-0000-0000"))
    assert stranger.status_code == nothing.status_code == 404
    assert stranger.content == nothing.content
    assert list(wrongs(stranger.json())) == []


def test_says_what_it_can_do_without_a_token(world: World) -> None:
    answer = Caller("", "").ask("GET", f"{PATH}/metadata", Authorization="")
    assert (answer.status_code, answer["Content-Type"]) == (200, FHIR)
    told = answer.json()
    assert (told["resourceType"], told["fhirVersion"], told["rest"][0]["mode"]) == (
        "CapabilityStatement",
        "4.0.1",
        "server",
    )
    assert {one["type"] for one in told["rest"][0]["resource"]} == {"ServiceRequest", "Task"}


def test_keeps_every_extension_of_several_reports_apart(world: World, hospital: Caller) -> None:
    odd = {"url": "https://example.org/odd", "valueString": "不認得"}
    sent = two()
    for entry in sent["entry"]:
        if entry["resource"]["resourceType"] in ("Patient", "ServiceRequest"):
            entry["resource"].setdefault("extension", []).append(odd)
    assert post(hospital, sent).status_code == 200
    world.viewer("screener")
    kept = [json.loads(body) for body in originals()]
    assert len(kept) == 2
    for one in kept:
        people = [entry["resource"] for entry in one["entry"] if entry["resource"]["resourceType"] == "Patient"]
        assert len(people) == 1, "each keeps its own child and not the other's"
        assert odd in people[0]["extension"]
    assert {one["resourceType"] for each in kept for one in (entry["resource"] for entry in each["entry"])} >= {
        "Practitioner", "Organization"
    }  # fmt: skip


def test_keeps_one_report_byte_for_byte(world: World, hospital: Caller) -> None:
    body = json.dumps(bundle(request(unheard_of={"a": [1.50]})), indent=1).encode() + b"\n"
    assert post(hospital, body).status_code == 200
    world.viewer("screener")
    assert originals() == [body]
    assert ReportOriginal.objects.get().media_type == FHIR


def test_takes_of_a_batch_what_can_be_taken_and_of_a_transaction_all_or_nothing(hospital: Caller) -> None:
    undated = request(id="report-2", identifier=[{"system": BASE, "value": "R-2"}], authoredOn="someday")
    answer = post(hospital, bundle(undated, type="transaction"))
    assert answer.status_code == 422
    assert not ReceivedKey.objects.exists()
    answer = post(hospital, bundle(undated, type="batch"))
    assert sorted(entry["response"]["status"][:3] for entry in answer.json()["entry"])[-2:] == ["201", "422"]
    assert ReceivedKey.objects.values("report_id").distinct().count() == 1


def test_says_that_a_number_came_with_other_content(hospital: Caller) -> None:
    post(hospital, bundle())
    assert post(hospital, bundle(request(note=[{"text": "不同"}]))).status_code == 409


def without(kind: str) -> dict[str, Any]:
    sent = bundle()
    sent["entry"] = [entry for entry in sent["entry"] if entry["resource"]["resourceType"] != kind]
    return sent


@pytest.mark.parametrize("kind", ["Patient", "Practitioner", "PractitionerRole", "Organization"])
def test_loses_no_report_for_a_missing_entry(world: World, hospital: Caller, kind: str) -> None:
    assert post(hospital, without(kind)).status_code == 200
    world.viewer("screener")
    assert ReportSupplement.objects.filter(text__contains="沒有附服務對象").exists() == (kind == "Patient")


@pytest.mark.parametrize("subject", [
    {"reference": "Practitioner/who"}, {"reference": "Patient/nobody"}, {"reference": "#nobody"}, {"reference": ""}, {},
    None, [], "Patient/child", {"reference": 5}, {"reference": "https://elsewhere.example/Patient/9"},
])  # fmt: skip
def test_says_that_a_reference_leads_nowhere(world: World, hospital: Caller, subject: Any) -> None:
    assert post(hospital, bundle(request(subject=subject))).status_code == 200
    world.viewer("screener")
    assert "沒有附服務對象" in ReportSupplement.objects.get().text


def test_counts_an_entry_sent_twice_once(hospital: Caller) -> None:
    sent = bundle()
    sent["entry"] += copy.deepcopy(sent["entry"])
    answer = post(hospital, sent)
    assert answer.status_code == 200
    assert [entry["response"]["status"][:3] for entry in answer.json()["entry"]].count("201") == 1
    assert ReceivedKey.objects.values("report_id").distinct().count() == 1


def test_says_that_two_different_children_have_one_name(world: World, hospital: Caller) -> None:
    sent = bundle()
    sent["entry"].append({"fullUrl": sent["entry"][0]["fullUrl"], "resource": patient(name=[{"text": "別人"}])})
    assert post(hospital, sent).status_code == 200
    world.viewer("screener")
    assert "兩份不同的資料" in ReportSupplement.objects.get().text


@pytest.mark.parametrize("sent", [
    {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": bundle()}]},
    {"resourceType": "Bundle", "type": "searchset", "entry": []}, {"resourceType": "Bundle", "entry": []},
    {"resourceType": "Bundle", "type": "collection"}, {"resourceType": "Patient"}, {"resourceType": "Bungle"},
    {"resourceType": ["Bundle"]}, {"resourceType": "Bundle", "type": "batch", "entry": "none"},
    {"resourceType": "Bundle", "type": "batch", "entry": [None, 5, {"resource": "x"}]}, {}, [], 5, "Bundle",
    bundle(request(code={"coding": [{"system": "http://snomed.info/sct", "code": "3457005"}]}, category=[])),
    {**bundle(), "entry": [{**one, "request": {"method": "DELETE", "url": "x"}} for one in bundle()["entry"]]},
])  # fmt: skip
def test_refuses_with_a_sentence_what_is_no_case_report(hospital: Caller, sent: Any) -> None:
    answer = post(hospital, sent)
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["details"]["text"].endswith("。")
    assert not ReceivedKey.objects.exists()


def test_refuses_xml_and_squeezed_bundles(hospital: Caller) -> None:
    assert post(hospital, b"<Bundle xmlns='http://hl7.org/fhir'/>", kind="application/fhir+xml").status_code == 415
    assert post(hospital, b"<Bundle/>").status_code == 400
    squeezed = gzip.compress(json.dumps(bundle()).encode())
    assert post(hospital, squeezed, Content_Encoding="gzip").status_code == 415
    assert post(hospital, squeezed).status_code == 400
    assert post(hospital, bundle(), Accept="application/fhir+xml").status_code == 406
    assert post(hospital, b" " * (4 * 1024 * 1024 + 1)).status_code == 413


def test_refuses_more_reports_than_one_answer_can_wait_for(hospital: Caller) -> None:
    many = [request(id=f"r{n}", identifier=[{"system": BASE, "value": f"R-{n}"}]) for n in range(60)]
    assert post(hospital, bundle(*many)).status_code == 413
