"""The part of the OpenAPI description that speaks of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # JSON

from anwang import rulebook
from anwang.exchange import signing
from anwang.foundation import clock
from anwang.systems.states import Scope

from . import reading
from .receiving import TAKES

Part = dict[str, Any]
REFUSED = (
    "bad-request", "bad-json", "no-token", "unsigned", "stale", "scope-missing", "wrong-method", "not-acceptable",
    "too-many", "broken", "away", "conflict", "length-required", "too-large", "wrong-type", "invalid",
)  # fmt: skip
SCHEMAS: Part = {
    "Event": reading.SCHEMA,
    "Heard": {
        "type": "object",
        "required": ["id", "status"],
        "additionalProperties": False,
        "properties": {"id": {"type": "string", "pattern": reading.UUID_TEXT}, "status": {"const": "received"}},
    },
}


def paths(refusals: Callable[..., Part]) -> Part:
    """`POST /api/v1/events`; `refusals` describes problems by name."""
    heard = {"application/json": {"schema": {"$ref": "#/components/schemas/Heard"}}}
    return {
        "/api/v1/events": {
            "post": {
                "operationId": "sendEvent",
                "summary": "Tell us that a message of ours arrived or comes back (CloudEvents 1.0)",
                "x-scope": Scope.EVENTS_WRITE.value,
                "parameters": [
                    _header(signing.TIMESTAMP, f"Seconds since 1970, at most {_window()} from ours."),
                    _header(signing.SIGNATURE, "v1= and HMAC-SHA256 in hex over timestamp, a full stop and the body."),
                ],
                "requestBody": {
                    "required": True,
                    "content": {name: {"schema": {"$ref": "#/components/schemas/Event"}} for name in TAKES},
                },
                "responses": {
                    "202": {"description": "Kept; said alike each time.", "content": heard},
                    **refusals(*REFUSED),
                },
            }
        }
    }


def _window() -> str:
    """How far the instant of a signature may lie from ours, as policy writes it: `5 minutes`."""
    return str(rulebook.book().value("messages.window").on(clock.today()).content.value)


def _header(name: str, words: str) -> Part:
    return {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
