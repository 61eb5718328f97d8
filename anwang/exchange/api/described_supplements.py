"""`/api/v1/reports/{number}/supplements` in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # JSON

from anwang.systems.states import Scope

from . import schema
from .problems import JSON

Part = dict[str, Any]
NUMBER = "^[A-Z][0-9]{3}-[0-9]{4}-[0-9]{4}$"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Your name for this supplement: the same key with the same words is the same supplement.",
    "schema": {"type": "string", "pattern": schema.NUMBER},
}


def paths(refusals: Callable[[], Part]) -> Part:
    """The address with its act; `refusals` describes the problems it answers with."""
    number = {
        "name": "number", "in": "path", "required": True, "description": "Our number, as the receipt gave it.",
        "schema": {"type": "string", "pattern": NUMBER},
    }  # fmt: skip
    told = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/Receipt"}}}}
    return {
        "/api/v1/reports/{number}/supplements": {
            "post": {
                "operationId": "addSupplement",
                "summary": "Add words to a report of yours; answered alike whether it is still looked at or not",
                "x-scope": Scope.REPORTS_WRITE.value,
                "parameters": [number, KEY],
                "requestBody": {
                    "required": True, "content": {JSON: {"schema": {"$ref": "#/components/schemas/Supplement"}}},
                },
                "responses": {
                    "201": {"description": "Taken and committed.", **told},
                    "200": {"description": "Known already; nothing changed.", **told},
                    **refusals(),
                },
            }
        }
    }  # fmt: skip
