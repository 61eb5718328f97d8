"""Refusals in FHIR: an OperationOutcome that says what it is, alone and inside an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.exchange.callers import Caller, caller
from tests.unit.exchange.messages import BASE, bundle, request
from tests.unit.exchange.rules_of_the_guide import wrongs
from tests.world import build_world

PATH = "/api/v1/fhir"
FHIR = "application/fhir+json"
UNDATED = request(id="report-3", identifier=[{"system": BASE, "value": "R-3"}], authoredOn="someday")
TWO = bundle(UNDATED, type="batch")


@pytest.fixture
def hospital(db: None, at: Callable[..., object]) -> Caller:
    at("2026-05-20T09:00+08:00")
    return caller(build_world().viewer("administrator"))


REFUSED: dict[str, tuple[str, str, bytes, dict[str, str]]] = {
    "one of a batch": ("POST", PATH, json.dumps(TWO).encode(), {}),
    "no resource": ("POST", PATH, b"{}", {}),
    "no JSON": ("POST", PATH, b"{", {}),
    "another resource": ("POST", PATH, b'{"resourceType": "Patient"}', {}),
    "another type": ("POST", PATH, b"", {"Content_Type": "text/csv"}),
    "no token": ("POST", PATH, b"{}", {"Authorization": "Bearer x"}),
    "no such Task": ("GET", f"{PATH}/Task/x", b"", {}),
    "no such address": ("GET", f"{PATH}/nobody", b"", {}),
    "no such method": ("PUT", PATH, b"", {}),
}


@pytest.mark.parametrize(("method", "path", "body", "headers"), REFUSED.values(), ids=REFUSED.keys())
def test_names_its_type_as_the_json_of_r4_must(
    hospital: Caller, method: str, path: str, body: bytes, headers: dict[str, str]
) -> None:
    answer = hospital.ask(method, path, body, **{"Content_Type": FHIR, **headers})
    assert answer["Content-Type"] == FHIR
    (found,) = outcomes(answer.json())
    assert found["resourceType"] == "OperationOutcome"
    assert not list(wrongs(found))


def outcomes(written: Any) -> list[dict[str, Any]]:
    """Whatever stands in an answer where FHIR has an OperationOutcome."""
    if "issue" in written:
        return [written]
    return [one["response"]["outcome"] for one in written["entry"] if "outcome" in one["response"]]
