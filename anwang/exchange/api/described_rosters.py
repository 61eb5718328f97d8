"""`/api/v1/rosters` in the OpenAPI document: parameters, media types and receipt as `rosters` reads and writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # JSON

from anwang.systems.states import Scope

from . import schema
from .problems import JSON
from .rosters import COUNTS, NEEDED, SAID, TAKES

Part = dict[str, Any]
SAYS = {
    "kind": "Code of the list: unregistered, moved, vaccination, insurance, not_enrolled, inmate_child, teen_parent.",
    "sender": "The sending office, one of those the county wrote down for your system; any other is refused (403).",
    "declared": "How many rows the sender put in. Fewer that came are missing, and an alarm.",
    "sha256": "SHA-256 of the body, in hexadecimal.",
    "period": "What the list is about, such as 115-04. The same bytes for another period are another list.",
    "about": "Number of the receipt of an earlier file of which this one brings rejected or missing rows again.",
}


def paths(refusals: Callable[[], Part]) -> Part:
    """The address with its act; `refusals` describes the problems it answers with."""
    parameters = [
        {"name": name, "in": "query", "required": name in NEEDED, "description": SAYS[name],
         "schema": {"type": "string", "pattern": pattern}}
        for name, pattern in SAID.items()
    ]  # fmt: skip
    told = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/RosterReceipt"}}}}
    return {
        "/api/v1/rosters": {
            "post": {
                "operationId": "sendRoster",
                "summary": "Send a list of children as a file (CSV or ODS)",
                "x-scope": Scope.ROSTERS_WRITE.value,
                "parameters": [*parameters, KEY],
                "requestBody": {
                    "required": True,
                    "content": {kind: {"schema": schema.FILE} for kind in TAKES},
                },
                "responses": {
                    "201": {"description": "Taken and committed, every row accepted or sent back.", **told},
                    "200": {"description": "Known already; nothing changed. Counts are of now.", **told},
                    **refusals(),
                },
            }
        }
    }


def receipt() -> Part:
    """declared = received + missing; received = accepted + rejected + mended + withdrawn."""
    count = {"type": "integer", "minimum": 0}
    text = {"type": "string"}
    why = {
        "type": "object", "required": ["code", "column", "detail"], "additionalProperties": False,
        "properties": {"code": text, "column": text, "detail": text},
    }  # fmt: skip
    row = {
        "type": "object", "required": ["line", "serial", "reasons"], "additionalProperties": False,
        "properties": {"line": {"type": "integer", "minimum": 1}, "serial": {"type": ["integer", "null"]},
                       "reasons": {"type": "array", "items": why}},
    }  # fmt: skip
    properties: Part = {
        "number": {"type": "string", "pattern": SAID["about"]}, "status": {"const": "received"},
        "kind": text, "sender": text, "period": text, **dict.fromkeys(COUNTS, count),
        "missing": {"type": "integer", "description": "Below zero when more came than was declared."},
        "gaps": {"type": "array", "items": count, "description": "Serial numbers that did not come."},
        "sha256": {"type": "string", "pattern": SAID["sha256"]},
        "rejected_rows": {"type": "array", "items": row, "description": "The first: place and reason, no value."},
    }  # fmt: skip
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}


KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "The same key with another file or other parameters is refused (409).",
    "schema": {"type": "string", "pattern": schema.NUMBER},
}  # fmt: skip
