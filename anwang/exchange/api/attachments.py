"""`POST /api/v1/reports/{number}/attachments`: a file that belongs to a report of the sender's own, once each."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.intake.actions import attach
from anwang.intake.incoming import OriginalIn
from anwang.systems.actions import remember_request
from anwang.systems.admission import Admitted
from anwang.systems.interface import PROGRESS

from . import schema, sniffing
from .bodies import Body
from .problems import Problem

ENDING = "/attachments"
TAKES = sniffing.TAKES
LARGEST = 8 * 1024 * 1024
"""Bytes of one file, as at the front desk."""
_KEY = re.compile(schema.NUMBER)


def read(written: bytes) -> Body:
    """The file with what it is, looked at before anything is held in the database."""
    try:
        return Body(written, sniffing.kind_of(written))
    except Problem as problem:
        return Body(written, problem=problem)


def receive(came: Body, said: str, number: str, key: str, by: Admitted) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Keep a file with a report inside the caller's transaction: 201 when new, 200 when these bytes came before.

    `said` is the type that the sender gives it, and must be what it is. Without an `Idempotency-Key` the bytes
    themselves are the name. The answer is the same whether the report is still looked at or not. Raises Problem,
    Conflict for a key that came with another file, and alike for a report that is not there and for somebody else's.
    """
    kind = came.json()
    if kind != said:
        raise Problem("wrong-type", _("內容是%(kind)s，和Content-Type不同。") % {"kind": kind})
    if key and not _KEY.fullmatch(key):
        raise Problem("bad-request", _("Idempotency-Key要1到100個英數符號，不含空白。"))
    county, sha256 = by.viewer.county, hashlib.sha256(came.written).hexdigest()
    given = {"system_id": by.system_id, "sha256": sha256, "by": by.viewer}
    if key:
        remember_request(key=f"ak:{county}:{_sum(number, key)}", **given)
    came_first = remember_request(key=f"a:{county}:{_sum(number, sha256)}", **given)
    if came_first.is_new:
        try:
            attach(
                number=number, sender=by.code, original=OriginalIn(came.written, kind), by=by.viewer, at=came_first.at
            )
        except NotFound:
            raise Problem("not-found") from None
    told = {
        "number": number, "status": "received", "status_text": str(PROGRESS["received"]),
        "received_at": clock.local(came_first.at).isoformat(timespec="seconds"), "media_type": kind,
        "size": len(came.written), "sha256": sha256,
    }  # fmt: skip
    return (201 if came_first.is_new else 200), told, {"Location": f"/api/v1/reports/{number}"}


def _sum(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
