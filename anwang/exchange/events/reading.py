"""A CloudEvents 1.0 message as another house wrote it: its attributes are read, its contents only sealed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any  # JSON
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.exchange.api.checking import check
from anwang.exchange.api.problems import Wrong, invalid
from anwang.systems.actions.hearing import EventIn

TYPE = r"^[a-z][a-z0-9]*(\.[a-z0-9_]+){1,5}$"
UUID_TEXT = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
SEQUENCE = r"^[1-9][0-9]{0,17}$"
INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
LONGEST_TYPE, LONGEST = 60, 200
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"type": "string", "enum": ["1.0"]},
        "id": {"type": "string", "pattern": UUID_TEXT},
        "source": {"type": "string", "minLength": 1, "maxLength": LONGEST},
        "type": {"type": "string", "pattern": TYPE, "maxLength": LONGEST_TYPE},
        "subject": {"type": "string", "maxLength": LONGEST},
        "time": {"type": "string", "pattern": INSTANT},
        "sequence": {"type": "string", "pattern": SEQUENCE},
        "datacontenttype": {"type": "string", "maxLength": LONGEST},
        "data": {"type": "object", "properties": {"message": {"type": "string", "pattern": UUID_TEXT}}},
    },
}
"""The part of CloudEvents we take. `data.message` is the id of the message of ours that is answered."""


def event(document: Any, body: bytes) -> EventIn:
    """The event in a JSON document. Raises Problem naming what cannot be taken."""
    wrongs = list(check(document, SCHEMA))
    if wrongs:
        raise invalid(wrongs)
    about = document.get("data", {}).get("message")
    return EventIn(
        event_id=UUID(document["id"]),
        event=document["type"],
        subject=document.get("subject", ""),
        about_id=UUID(about) if about else None,
        number=int(document["sequence"]) if "sequence" in document else None,
        happened_at=_instant(document["time"]) if "time" in document else None,
        body=body,
    )


def _instant(written: str) -> datetime:
    try:
        return datetime.fromisoformat(re.sub("Z$", "+00:00", written))
    except ValueError:
        raise invalid([Wrong("/time", _("月曆上沒有這個時間。請再看一次。"))]) from None
