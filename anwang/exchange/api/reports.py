"""`/api/v1/reports`: a report comes in and is committed before it is acknowledged; later, how it fares."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _

from anwang.exchange import naming
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.intake.actions import fetch_reply, receive_reports
from anwang.intake.incoming import Arrival, ReportIn
from anwang.intake.queries.numbers import number_of
from anwang.intake.queries.progress import progress_of
from anwang.systems.actions import remember_request
from anwang.systems.admission import Admitted
from anwang.systems.interface import PROGRESS

from . import reading
from .bodies import Body
from .problems import Problem
from .schema import NUMBER

LARGEST = 512 * 1024
"""Bytes of one report: twenty thousand signs of narrative and thirty persons many times over."""
ADDRESS = "/api/v1/reports/"
_NUMBER = re.compile(NUMBER)


def receive(came: Body, key: str, by: Admitted) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Take one report inside the caller's transaction: (status, answer, headers). 201 when new, 200 when known.

    The same number, or without one the same `Idempotency-Key`, with the same content is the same report, also when it
    came in a file (`naming`); with other content a Conflict.
    """
    body, document = came.written, came.json()
    report = reading.report(document, body, by.viewer.county)
    number = document.get("number", "")
    if key and not _NUMBER.fullmatch(key):
        raise Problem("bad-request", _("Idempotency-Key要1到100個英數符號，不含空白。"))
    if not number and not key:
        raise Problem("key-missing")
    if number and key:
        sha256 = hashlib.sha256(body).hexdigest()
        remember_request(system_id=by.system_id, key=f"{by.viewer.county}:{key}", sha256=sha256, by=by.viewer)
    county = by.viewer.county
    name = naming.numbered(county, number) if number else naming.keyed(county, key)
    arrival = Arrival(report, by.code, name, content=naming.content(document), meaning=naming.meaning(report))
    ours, is_new = keep(arrival, by)
    return (201 if is_new else 200), receipt(ours, report, document["received_at"]), {"Location": f"{ADDRESS}{ours}"}


def keep(arrival: Arrival, by: Admitted) -> tuple[str, bool]:
    """Hand a report to the front door under the sender's key: our number, and whether it is new."""
    (row,) = receive_reports(arrivals=[arrival], by=by.viewer, county=by.viewer.county)
    if isinstance(row, AnwangError):
        raise row
    return row.number or number_of(by.viewer, row.id), not row._state.adding


def receipt(number: str, report: ReportIn, received_at: str) -> dict[str, Any]:
    """What is acknowledged: our number and the neutral word; the same for the same body, however often it comes."""
    told = {
        "number": number,
        "status": "received",
        "status_text": str(PROGRESS["received"]),
        "received_at": received_at,
    }
    return {**told, "remarks": list(report.remarks)} if report.remarks else told


def fares(number: str, by: Admitted) -> dict[str, Any]:
    """How a report of this sender fares, and the reply that waited for it; read once, the reporter is answered.

    Raises Problem alike for what is not there and what somebody else sent.
    """
    found = progress_of(by.viewer, number, by.code)
    if found is None:
        raise Problem("not-found")
    told = {"number": number, "status": found.word, "status_text": str(PROGRESS[found.word])}
    reply = fetch_reply(report_id=found.report_id, token=by.prefix, by=by.viewer, at=clock.now())
    return told | {"reply": reply} if reply else told
