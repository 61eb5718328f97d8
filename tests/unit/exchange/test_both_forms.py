"""One report sent once as JSON and once as FHIR by the same system is one, or named: never two."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anwang.exchange.importing import bring_in
from anwang.matters.models import Matter
from tests.unit.exchange.callers import Caller, caller
from tests.unit.exchange.messages import BASE, bundle, request
from tests.world import World, build_world

FHIR = {"Content_Type": "application/fhir+json"}
JSON = {
    "number": "R-0001",
    "received_at": "2026-03-07T15:40:00Z",
    "narrative": "孩子手臂有瘀青。",
    "source": "citizen",
    "unit": "1",
    "reporter": {"name": "陳老師", "phone": "0900-000-888", "organisation": "無名國小"},
    "persons": [
        {
            "name": "江語彤", "sex": "女", "birth": "108/2/3", "id": "A200000012", "phone": "0900-000-777",
            "address": "望潮縣河岬鎮\U000fffa8里無名路9001號",
        },
        {"role": "family", "name": "江佩珊", "relation": "母親"},
    ],
}  # fmt: skip
"""What `messages.bundle` says, as our JSON says it."""


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at("2026-03-08T00:10+08:00")
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def as_json(one: Caller, **changes: Any) -> tuple[int, str]:
    answer = one.send({**JSON, **changes})
    return answer.status_code, answer.json().get("number", "")


def as_fhir(one: Caller, sent: dict[str, Any] | None = None) -> tuple[int, str]:
    answer = one.ask("POST", "/api/v1/fhir", sent or bundle(), **FHIR)
    if answer.status_code != 200:
        return answer.status_code, ""
    told = answer.json()["entry"][-1]["response"]
    return int(told["status"][:3]), told["location"].removeprefix("Task/")


def reports() -> int:
    return Matter.objects.filter(kind="report").count()


def test_is_one_whichever_form_came_first(world: World) -> None:
    one, other = caller(world.viewer("administrator"), "one"), caller(world.viewer("administrator"), "other")
    (first, number), again = as_json(one), as_fhir(one)
    assert (first, again) == (201, (200, number))
    (first, number), again = as_fhir(other), as_json(other)
    assert (first, again) == (201, (200, number))
    assert as_fhir(other) == (200, number)
    assert reports() == 2


def test_is_refused_where_the_forms_differ_and_nothing_is_doubled(hospital: Caller) -> None:
    assert as_json(hospital)[0] == 201
    assert as_fhir(hospital, bundle(request(note=[{"text": "又有新的傷。"}])))[0] == 409
    assert as_json(hospital, number="R-2", narrative="別的事。")[0] == 201
    other = request(identifier=[{"system": BASE, "value": "R-2"}])
    assert as_fhir(hospital, bundle(other))[0] == 409
    assert reports() == 2


def test_loses_nothing_that_only_one_form_says(hospital: Caller) -> None:
    assert as_fhir(hospital)[0] == 201
    assert as_json(hospital, persons=[{**JSON["persons"][0], "where_now": "在阿嬤家"}])[0] == 409


def test_keeps_two_registers_of_one_system_apart(hospital: Caller) -> None:
    ward = bundle(request(identifier=[{"system": f"{BASE}/ward", "value": "R-0001"}], note=[{"text": "別的孩子。"}]))
    assert (as_fhir(hospital)[0], as_fhir(hospital, ward)[0], as_fhir(hospital, ward)[0]) == (201, 201, 200)
    assert reports() == 2


def test_keeps_two_systems_with_the_same_number_apart(world: World) -> None:
    one, other = caller(world.viewer("administrator"), "one"), caller(world.viewer("administrator"), "other")
    assert (as_json(one)[0], as_fhir(other)[0]) == (201, 201)


def test_takes_a_bare_id_for_no_number(hospital: Caller) -> None:
    assert as_json(hospital, number="report-1")[0] == 201
    assert as_fhir(hospital, bundle(request(id="report-1", identifier=[], note=[{"text": "別的事。"}])))[0] == 201


def test_knows_in_a_file_of_lines_what_came_as_a_bundle(hospital: Caller, tmp_path: Path) -> None:
    assert as_fhir(hospital)[0] == 201
    path = tmp_path / "reports.jsonl"
    path.write_bytes(json.dumps(JSON, ensure_ascii=False).encode())
    tally = bring_in(path, "99001", "hospital")
    assert (tally.accepted, reports()) == (0, 1)
