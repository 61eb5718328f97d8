"""The few rules of the state's guide that what we write must keep, so that a test can say so without the guide's files.

Tabulated from TWSS Base 0.0.1 (canonical https://sfaa.gov.tw/base, commit 5f78ce6 of 2026-08-23):
CaseIntakeAssessmentTask-twss-base, twss-service-case-status, and FHIR R4 4.0.1 (Task, OperationOutcome, Bundle).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

INTAKE_TASK = "https://sfaa.gov.tw/base/StructureDefinition/CaseIntakeAssessmentTask-twss-base"
STATUS_SYSTEM = "https://sfaa.gov.tw/base/CodeSystem/twss-service-case-status"
STATUS_LABELS = {"1": "待派案", "3": "處理中", "13": "已完成/結案"}
TASK_STATES = {"requested", "received", "accepted", "in-progress", "completed"}
SEVERITIES = {"fatal", "error", "warning", "information"}
ISSUE_TYPES = frozenset(
    {"invalid", "structure", "login", "expired", "forbidden", "suppressed", "not-supported", "not-found", "too-long"}
    | {"conflict", "transient", "throttled", "exception"}
)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ELEMENTS = {
    "Task": {
        "resourceType",
        "id",
        "meta",
        "identifier",
        "status",
        "businessStatus",
        "intent",
        "focus",
        "for",
        "authoredOn",
        "note",
    },
    "OperationOutcome": {"resourceType", "issue"},
    "Bundle": {"resourceType", "type", "timestamp", "entry"},
}


def wrongs(resource: dict[str, Any]) -> Iterator[str]:
    """What a resource of ours breaks."""
    kind = resource["resourceType"]
    if extra := set(resource) - ELEMENTS[kind]:
        yield f"{kind} has {extra}"
    yield from {"Task": task, "OperationOutcome": outcome, "Bundle": bundle}[kind](resource)


def task(resource: dict[str, Any]) -> Iterator[str]:
    if resource["meta"]["profile"] != [INTAKE_TASK]:
        yield "profile"
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource["id"]):
        yield "id"
    if resource["status"] not in TASK_STATES or resource["intent"] != "order":
        yield "status or intent"
    (coding,) = resource["businessStatus"]["coding"]
    if coding["system"] != STATUS_SYSTEM or STATUS_LABELS.get(coding["code"]) != coding["display"]:
        yield "businessStatus"
    for name, target in (("focus", "ServiceRequest"), ("for", "Patient")):
        if resource[name]["type"] != target or not resource[name]["identifier"]["value"]:
            yield name
    if not INSTANT.fullmatch(resource["authoredOn"]):
        yield "authoredOn"


def outcome(resource: dict[str, Any]) -> Iterator[str]:
    if not resource["issue"]:
        yield "no issue"
    for issue in resource["issue"]:
        if issue["severity"] not in SEVERITIES or issue["code"] not in ISSUE_TYPES or not issue["details"]["text"]:
            yield f"issue {issue}"


def bundle(resource: dict[str, Any]) -> Iterator[str]:
    if resource["type"] not in {"batch-response", "transaction-response"} or not INSTANT.fullmatch(
        resource["timestamp"]
    ):
        yield "type or timestamp"
    for entry in resource["entry"]:
        response = entry["response"]
        if set(entry) > {"resource", "response"} or not re.match(r"\d{3} ", response["status"]):
            yield f"entry {entry}"
        for inner in filter(None, (entry.get("resource"), response.get("outcome"))):
            yield from wrongs(inner)
