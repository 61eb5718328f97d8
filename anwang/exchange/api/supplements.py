"""`POST /api/v1/reports/{number}/supplements`: words added to a report of the sender's own, once each."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _

from anwang.exchange import naming
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.intake.actions import supplement
from anwang.intake.incoming import OriginalIn
from anwang.systems.actions import remember_request
from anwang.systems.admission import Admitted
from anwang.systems.interface import PROGRESS

from . import schema
from .bodies import Body
from .checking import check
from .problems import JSON, Problem, invalid

ENDING = "/supplements"
LARGEST = 128 * 1024
SCHEMA = schema.record(
    {"text": schema.words(20000)}, "text", description="Words added to a report (補充); nothing else is taken here."
) | {"additionalProperties": False}  # fmt: skip
_NUMBER = re.compile(schema.NUMBER)


def receive(came: Body, number: str, key: str, by: Admitted) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Add to a report inside the caller's transaction: 201 when new, 200 when this key brought the same before.

    The answer is the same whether the report is still looked at or not, and however often it is sent: it tells when
    these words came first. Raises Problem, Conflict for a key that came with other words, and alike for a report that
    is not there and one that somebody else sent.
    """
    document = came.json()
    wrongs = list(check(document, SCHEMA))
    if wrongs:
        raise invalid(wrongs)
    if not _NUMBER.fullmatch(key):
        raise Problem("key-missing" if not key else "bad-request", _("請在標頭加Idempotency-Key：1到100個英數符號。"))
    county = by.viewer.county
    name = f"s:{county}:{hashlib.sha256(f'{number}|{key}'.encode()).hexdigest()}"
    came_first = remember_request(system_id=by.system_id, key=name, sha256=naming.content(document), by=by.viewer)
    if came_first.is_new:
        try:
            supplement(
                number=number, sender=by.code, text=document["text"], original=OriginalIn(came.written, JSON),
                by=by.viewer, at=came_first.at,
            )  # fmt: skip
        except NotFound:
            raise Problem("not-found") from None
    at = clock.local(came_first.at).isoformat(timespec="seconds")
    told = {"number": number, "status": "received", "status_text": str(PROGRESS["received"]), "received_at": at}
    return (201 if came_first.is_new else 200), told, {"Location": f"/api/v1/reports/{number}"}
