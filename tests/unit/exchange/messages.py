"""Messages of other systems: a case-report bundle in the state's form, built here, about invented people."""

from __future__ import annotations

from typing import Any

TWSS = "https://sfaa.gov.tw/base"
BASE = "https://example.org/fhir"


def coded(url: str, system: str, code: str, display: str) -> dict[str, Any]:
    return {"url": url, "valueCodeableConcept": {"coding": [{"system": system, "code": code, "display": display}]}}


def extension(name: str, code: str, display: str = "") -> dict[str, Any]:
    return coded(f"{TWSS}/StructureDefinition/{name}", f"{TWSS}/CodeSystem/{name}", code, display)


def request(**changes: Any) -> dict[str, Any]:
    """A ServiceRequest of the case-report profile; `changes` replace or (None) remove elements."""
    body: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": "report-1",
        "meta": {"profile": [f"{TWSS}/StructureDefinition/ServiceRequest-case-report-twss-base"]},
        "extension": [
            extension("twss-case-report-type", "A", "初報"),
            extension("twss-reporting-unit", "1", "社家署"),
            extension("twss-case-source", "D", "民眾通報"),
        ],
        "identifier": [{"system": f"{BASE}/case-report", "value": "R-0001"}],
        "status": "active",
        "intent": "order",
        "category": [
            {"coding": [{"system": "http://snomed.info/sct", "code": "185087000", "display": "Notifications"}]}
        ],
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "710824005"}]},
        "subject": {"reference": "Patient/child"},
        "authoredOn": "2026-03-07T23:40:00+08:00",
        "requester": {"reference": "PractitionerRole/role"},
        "note": [{"text": "孩子手臂有瘀青。"}],
    }
    body.update(changes)
    return {key: value for key, value in body.items() if value is not None}


def patient(**changes: Any) -> dict[str, Any]:
    """A child of seven with a number of the test range, a mother as contact and a village with a rare character."""
    body: dict[str, Any] = {
        "resourceType": "Patient",
        "id": "child",
        "identifier": [
            {"system": "http://www.moi.gov.tw", "type": {"coding": [{"code": "NNxxx"}]}, "value": "A200000012"}
        ],
        "name": [{"use": "usual", "text": "江語彤"}],
        "gender": "female",
        "birthDate": "2019-02-03",
        "telecom": [{"system": "phone", "value": "0900-000-777"}],
        "address": [
            {"use": "home", "district": "望潮縣", "city": "河岬鎮", "text": "望潮縣河岬鎮\U000fffa8里無名路9001號"}
        ],
        "contact": [{"relationship": [{"text": "母親"}], "name": {"text": "江佩珊"}}],
    }
    body.update(changes)
    return {key: value for key, value in body.items() if value is not None}


def bundle(*more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A collection Bundle: child, reporter's role and person, organisation, request. `more` replaces by type and id."""
    resources = [
        patient(),
        {
            "resourceType": "Practitioner",
            "id": "who",
            "name": [{"text": "陳老師"}],
            "telecom": [{"system": "phone", "value": "0900-000-888"}],
        },
        {
            "resourceType": "PractitionerRole",
            "id": "role",
            "practitioner": {"reference": "Practitioner/who"},
            "organization": {"reference": "Organization/school"},
        },
        {"resourceType": "Organization", "id": "school", "name": "無名國小"},
        request(),
    ]
    names = {(each["resourceType"], each.get("id")) for each in more}
    kept = [each for each in resources if (each["resourceType"], each["id"]) not in names]
    entries = [
        {"fullUrl": f"{BASE}/{each['resourceType']}/{each.get('id')}", "resource": each} for each in [*kept, *more]
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **changes}
