"""The interface as OpenAPI 3.1, built from the very tables that answer: the schema, the scopes, the problems."""

from __future__ import annotations

from typing import Any  # JSON

from anwang.exchange.events import described as events
from anwang.systems.interface import PROBLEMS, PROGRESS
from anwang.systems.states import Scope

from . import described_attachments as attachments
from . import described_rosters as rosters
from . import described_supplements as supplements
from . import problems, schema
from .problems import JSON
from .supplements import SCHEMA as SUPPLEMENT

Part = dict[str, Any]
FHIR = "application/fhir+json"
TASK_ID = "^[A-Z][0-9]{3}-[0-9]{4}-[0-9]{4}$"
ABOUT = (
    "Reports come in and are committed before they are acknowledged. Tokens are issued by the administrator of the"
    " receiving county. For people: /api/"
)
ABOUT_KEY = (
    "Required unless the body has `number`. The same key with the same content is the same report, also when a file"
    " brought it; with other content it is refused (409)."
)
HEADERS_ALL = {"X-Content-Type-Options": {"schema": {"type": "string"}}}
OF_ANY = ("bad-request", "no-token", "scope-missing", "wrong-method", "not-acceptable", "too-many", "broken", "away")
OF_BODIES = ("conflict", "length-required", "too-large", "wrong-type", "invalid")


def document() -> Part:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Anwang 安網: interface for other systems",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {
            **_reports(),
            **supplements.paths(_of_supplements),
            **attachments.paths(_of_attachments),
            **rosters.paths(_of_rosters),
            **_fhir(),
            **events.paths(_refusals),
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "aw_<prefix>_<secret>, shown once when it is issued. Scopes: "
                    + ", ".join(Scope.values),
                }
            },
            "schemas": {
                "Report": schema.report(),
                "Supplement": SUPPLEMENT,
                "AttachmentReceipt": attachments.receipt(),
                "Receipt": _receipt(),
                "Progress": _progress(),
                "RosterReceipt": rosters.receipt(),
                "Problem": _problem(),
                "OperationOutcome": _resource("OperationOutcome"),
                "Bundle": _resource("Bundle"),
                "Task": _resource("Task"),
                "CapabilityStatement": _resource("CapabilityStatement"),
                **events.SCHEMAS,
            },
        },
    }


def _of_supplements() -> Part:
    return _refusals("bad-json", "key-missing", "not-found", *OF_ANY, *OF_BODIES)


def _of_attachments() -> Part:
    return _refusals("not-found", *OF_ANY, *OF_BODIES)


def _of_rosters() -> Part:
    return _refusals(*OF_ANY, *OF_BODIES)


def _reports() -> Part:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": ABOUT_KEY,
        "schema": {"type": "string", "pattern": schema.NUMBER},
    }
    number = {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "Our number, as the receipt gave it.",
        "schema": {"type": "string", "pattern": TASK_ID},
    }
    return {
        "/api/v1/reports": {
            "post": {
                "operationId": "sendReport",
                "summary": "Send a report",
                "x-scope": Scope.REPORTS_WRITE.value,
                "parameters": [key],
                "requestBody": {
                    "required": True,
                    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Report"}}},
                },
                "responses": {
                    "201": _told("Taken and committed.", "Receipt", location=True),
                    "200": _told("Known already; nothing changed.", "Receipt", location=True),
                    **_refusals("bad-json", "key-missing", *OF_ANY, *OF_BODIES),
                },
            }
        },
        "/api/v1/reports/{number}": {
            "get": {
                "operationId": "readProgress",
                "summary": "How a report of yours fares: a class, nothing else",
                "x-scope": Scope.REPORTS_READ.value,
                "parameters": [number],
                "responses": {"200": _told("The class.", "Progress"), **_refusals("not-found", *OF_ANY)},
            }
        },
    }


def _fhir() -> Part:
    body = {
        "required": True,
        "content": {
            FHIR: {"schema": {"$ref": "#/components/schemas/Bundle"}},
            JSON: {"schema": {"$ref": "#/components/schemas/Bundle"}},
        },
    }
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "string", "pattern": TASK_ID}}
    outcome = {code: _resource_answer(words, "OperationOutcome") for code, words in _fhir_refusals().items()}
    return {
        "/api/v1/fhir": {
            "post": {
                "operationId": "sendBundle",
                "summary": "Send case reports of the state's guide (TWSS Base, FHIR R4)",
                "x-scope": Scope.FHIR_WRITE.value,
                "requestBody": body,
                "responses": {
                    "200": _resource_answer("One entry for each entry sent, with what became of it.", "Bundle"),
                    **outcome,
                },
            }
        },
        "/api/v1/fhir/metadata": {
            "get": {
                "operationId": "readCapabilities",
                "summary": "CapabilityStatement",
                "security": [],
                "responses": {
                    "200": _resource_answer("What this interface can do.", "CapabilityStatement"),
                    **{code: outcome[code] for code in ("400", "405", "406", "500")},
                },
            }
        },
        "/api/v1/fhir/Task/{number}": {
            "get": {
                "operationId": "readTask",
                "summary": "How a report of yours fares, as CaseIntakeAssessmentTask",
                "x-scope": Scope.FHIR_READ.value,
                "parameters": [number],
                "responses": {
                    "200": _resource_answer("The Task.", "Task"),
                    **{code: told for code, told in outcome.items() if code not in ("409", "411", "413", "415", "422")},
                },
            }
        },
    }


def _fhir_refusals() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in PROBLEMS.values():
        if kind.name != "key-missing":
            found.setdefault(str(kind.status), str(kind.title))
    return dict(sorted(found.items()))


def _told(words: str, name: str, *, location: bool = False) -> Part:
    headers: Part = dict(HEADERS_ALL)
    if location:
        headers["Location"] = {"schema": {"type": "string"}, "description": "Where to ask how it fares."}
    return {
        "description": words,
        "headers": headers,
        "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }


def _resource_answer(words: str, name: str) -> Part:
    return {"description": words, "content": {FHIR: {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def _refusals(*names: str) -> Part:
    found: dict[str, list[str]] = {}
    for name in (*names, *(("token-unknown", "token-expired", "token-revoked"))):
        kind = PROBLEMS[name]
        found.setdefault(str(kind.status), []).append(f"{kind.title}：{kind.advice}")
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": " ".join(words), "content": content} for code, words in sorted(found.items())}


def _receipt() -> Part:
    return {
        "type": "object",
        "required": ["number", "status", "status_text", "received_at"],
        "additionalProperties": False,
        "properties": {
            "number": {"type": "string", "pattern": TASK_ID},
            "status": {"const": "received"},
            "status_text": {"type": "string"},
            "received_at": {"type": "string"},
            "remarks": {"type": "array", "items": {"type": "string"}},
        },
    }


def _progress() -> Part:
    return {
        "type": "object",
        "required": ["number", "status", "status_text"],
        "additionalProperties": False,
        "properties": {
            "number": {"type": "string", "pattern": TASK_ID},
            "status": {"enum": list(PROGRESS)},
            "status_text": {"type": "string"},
            "reply": {"type": "string", "description": "The reply to a mandated reporter, once there is one: a class."},
        },
    }


def _problem() -> Part:
    wrong = {
        "type": "object",
        "required": ["pointer", "detail"],
        "additionalProperties": False,
        "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "advice": {"type": "string"},
            "errors": {"type": "array", "items": wrong},
        },
    }


def _resource(kind: str) -> Part:
    shape: Part = {"type": "object", "required": ["resourceType"], "properties": {"resourceType": {"const": kind}}}
    if kind == "Bundle":
        entry = {
            "type": "object",
            "properties": {
                "fullUrl": {"type": "string"},
                "resource": {"type": "object"},
                "request": {"type": "object"},
                "response": {"type": "object"},
            },
        }
        shape["properties"] |= {"type": {"type": "string"}, "entry": {"type": "array", "items": entry}}
        shape["required"].append("type")
    return shape
