"""`/api/v1/reports/{number}/attachments` in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # JSON

from anwang.systems.states import Scope

from . import schema
from .attachments import TAKES
from .described_supplements import NUMBER
from .problems import JSON

Part = dict[str, Any]
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same bytes for a report are one attachment without it; with it, other bytes are refused.",
    "schema": {"type": "string", "pattern": schema.NUMBER},
}


def paths(refusals: Callable[[], Part]) -> Part:
    """The address with its act; `refusals` describes the problems it answers with."""
    number = {
        "name": "number", "in": "path", "required": True, "description": "Our number, as the receipt gave it.",
        "schema": {"type": "string", "pattern": NUMBER},
    }  # fmt: skip
    told = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/AttachmentReceipt"}}}}
    return {
        "/api/v1/reports/{number}/attachments": {
            "post": {
                "operationId": "addAttachment",
                "summary": "Add a file to a report of yours: PDF, JPEG, PNG, TIFF; 8 MB at most, passive",
                "x-scope": Scope.REPORTS_WRITE.value,
                "parameters": [number, KEY],
                "requestBody": {
                    "required": True,
                    "content": {kind: {"schema": schema.FILE} for kind in TAKES},
                },
                "responses": {
                    "201": {"description": "Kept and committed.", **told},
                    "200": {"description": "Known already; nothing changed.", **told},
                    **refusals(),
                },
            }
        }
    }  # fmt: skip


def receipt() -> Part:
    """What is acknowledged of a file: compare `sha256` with that of yours."""
    properties: Part = {
        "number": {"type": "string", "pattern": NUMBER}, "status": {"const": "received"},
        "status_text": {"type": "string"}, "received_at": {"type": "string"},
        "media_type": {"type": "string", "enum": list(TAKES)}, "size": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }  # fmt: skip
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}
