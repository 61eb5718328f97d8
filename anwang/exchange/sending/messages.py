"""A message as the other side sees it: CloudEvents 1.0 in JSON, the same bytes each time it is made."""

from __future__ import annotations

import json
from datetime import UTC

from anwang.systems.queries.sending import Message

MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
KEYS = ("specversion", "id", "source", "type", "subject", "time", "sequence", "datacontenttype", "data")
"""Every key a message may have. It names a number and a class; who it is about is asked for with one's own rights."""


def fields(message: Message) -> dict[str, object]:
    """The attributes of the event; `sequence` counts the messages of one endpoint without gaps."""
    return {
        "specversion": "1.0",
        "id": str(message.event_id),
        "source": f"urn:anwang:{message.county}",
        "type": message.event,
        "subject": message.subject,
        "time": message.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sequence": str(message.number),
        "datacontenttype": "application/json",
        "data": message.data,
    }


def body(message: Message) -> bytes:
    """One message."""
    return json.dumps(fields(message), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
