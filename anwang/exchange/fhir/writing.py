"""What we write as FHIR R4: receipts, the Task that tells how a report fares, refusals, what this interface can do.

Each resource passes the rules of the guide it declares (tests). None of them holds a word about a person: the report
and whoever it is about are named by our number for the report, which the sender has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any  # JSON

from anwang.foundation import clock

from .names import NUMBERS, TWSS

Resource = dict[str, Any]
INTAKE_TASK = f"{TWSS}/StructureDefinition/CaseIntakeAssessmentTask-twss-base"
CASE_REPORT = f"{TWSS}/StructureDefinition/ServiceRequest-case-report-twss-base"
SERVICE_CASE_STATUS = f"{TWSS}/CodeSystem/twss-service-case-status"
_STATES = {
    "received": ("received", "1", "待派案"),
    "being_handled": ("in-progress", "3", "處理中"),
    "handled": ("completed", "13", "已完成/結案"),
}
"""Our word → Task.status, the guide's code and its label (CodeSystem twss-service-case-status, TWSS Base 0.0.1).

13 is said of every report that ended: 14 (不開案) would tell whether a case was opened.
"""


ABOUT = (
    "POST a Bundle of case reports: all or nothing for a transaction, a document or a message; each report by itself"
    " for a batch or a collection. The guide has no resource for a family, and none is offered."
)


def task(number: str, word: str, words: str, received_at: datetime, remarks: Iterable[str] = ()) -> Resource:
    """How a report fares, as CaseIntakeAssessmentTask. No `lastModified`: when something moved is a word too."""
    status, code, display = _STATES[word]
    business = {"coding": [{"system": SERVICE_CASE_STATUS, "code": code, "display": display}], "text": words}
    notes = [{"text": one} for one in remarks]
    return {
        "resourceType": "Task",
        "id": number,
        "meta": {"profile": [INTAKE_TASK]},
        "identifier": [{"system": NUMBERS, "value": number}],
        "status": status,
        "businessStatus": business,
        "intent": "order",
        "focus": {"type": "ServiceRequest", "identifier": {"system": NUMBERS, "value": number}},
        "for": {"type": "Patient", "identifier": {"system": f"{NUMBERS}/subject", "value": number}},
        "authoredOn": clock.local(received_at).isoformat(timespec="seconds"),
        **({"note": notes} if notes else {}),
    }


def outcome(issues: Iterable[tuple[str, str, str, str]]) -> Resource:
    """An OperationOutcome of (severity, code of issue-type, words, expression or empty)."""
    found = []
    for severity, code, words, place in issues:
        issue: Resource = {"severity": severity, "code": code, "details": {"text": words}}
        found.append(issue | ({"expression": [place]} if place else {}))
    return {"resourceType": "OperationOutcome", "issue": found}


def answers(kind: str, entries: Iterable[Resource]) -> Resource:
    """A Bundle of answers, one entry for each that came."""
    return {
        "resourceType": "Bundle",
        "type": kind,
        "timestamp": clock.local(clock.now()).isoformat(timespec="seconds"),
        "entry": list(entries),
    }


def answered(
    status: str, *, location: str = "", resource: Resource | None = None, outcome: Resource | None = None
) -> Resource:
    """One entry of such a Bundle: the status, and where one came in, the Task by which it can be followed."""
    response: Resource = {"status": status}
    response |= {"location": location} if location else {}
    response |= {"outcome": outcome} if outcome else {}
    return {"resource": resource, "response": response} if resource else {"response": response}


def capabilities(day: date) -> Resource:
    """What this interface can do, for programs. It holds nothing that differs between installations."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": day.isoformat(),
        "kind": "requirements",
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/json"],
        "implementationGuide": [f"{TWSS}/ImplementationGuide/tw.gov.mohw.twss.base"],
        "rest": [
            {
                "mode": "server",
                "documentation": ABOUT,
                "security": {"cors": False, "description": "Bearer tokens with scopes fhir:write and fhir:read."},
                "resource": [
                    {
                        "type": "ServiceRequest",
                        "supportedProfile": [CASE_REPORT],
                        "documentation": "Taken in Bundles only; the reporter is never given back.",
                        "interaction": [{"code": "create"}],
                    },
                    {
                        "type": "Task",
                        "supportedProfile": [INTAKE_TASK],
                        "documentation": "How a report of yours fares: a class, nothing else.",
                        "interaction": [{"code": "read"}],
                    },
                ],
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }
