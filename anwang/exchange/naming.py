"""Under which name a sender's report is known: his own number in a county, whichever door the report came through."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC
from typing import Any  # JSON

from anwang.exchange import jsonlines
from anwang.exchange.envelope import Envelope
from anwang.exchange.fhir import case_report
from anwang.foundation.errors import BadInput
from anwang.intake.incoming import Arrival, ReportIn

from .fitting import fitting

LONGEST = 120
"""Characters kept of a name; a longer one is kept by its sum."""
OF_THE_WAY = frozenset({"county", "sender"})
"""Names in a report that say how it travelled, not what it says."""
INSTANTS = frozenset({"received_at", "known_at"})


def numbered(county: str, number: str) -> str:
    """A report in our own JSON, by the sender's number. A national system counts in each county by itself."""
    return _fits(f"n:{county}:{number}")


def keyed(county: str, key: str) -> str:
    """A report without a number, by the sender's `Idempotency-Key`."""
    return f"k:{county}:{key}"


def of_bundle(county: str, envelope: Envelope) -> str:
    """A case report of a FHIR bundle, by its identifier with its system; without one, by the sum of its content."""
    return _fits(f"f:{county}:{f'{envelope.sender}|{envelope.number}' if envelope.number else _sum_of(envelope)}")


def meaning(report: ReportIn) -> str:
    """What was read of a report, the same from our JSON and from a bundle; the wording of the original does not count.

    The category of the reporter does not count either: the guide has none, and a bundle's is concluded.
    """
    read = replace(
        report, received_at=report.received_at.astimezone(UTC), narrative=" ".join(report.narrative.split()),
        known_at=report.known_at and report.known_at.astimezone(UTC), originals=(), remarks=(),
        reporter=replace(report.reporter, category=""),
    )  # fmt: skip
    return hashlib.sha256(json.dumps(read, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """A record as its fields, anything else as it is written; a code is the same whichever type holds it."""
    return getattr(value, "__dict__", None) or repr(value)


def content(document: Any) -> str:
    """What a document says, however it is written: spaces, the order of names and the way it came do not count.

    Nor does the spelling of when it came: 115/3/7 23:40 is 2026-03-07T23:40:00+08:00.
    """
    if isinstance(document, dict):
        document = {name: value for name, value in document.items() if name not in OF_THE_WAY}
        document |= {name: _instant(document[name]) for name in INSTANTS & document.keys()}
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def of_system(envelope: Envelope, code: str, county: str) -> Arrival:
    """A report read from a file or a bundle, as that of a registered system: the same as if it came the other way."""
    report = fitting(envelope.report)
    number = numbered(county, envelope.number)
    if report.originals[0].media_type != "application/fhir+json":
        return Arrival(report, code, number, content=_sum_of(envelope), meaning=meaning(report))
    # A bare id is a name within its message: no number by which the report would come as JSON.
    also = number if envelope.number and not envelope.sender.startswith(case_report.BARE) else ""
    return Arrival(
        report, code, of_bundle(county, envelope), content=_sum_of(envelope), number=also, meaning=meaning(report)
    )


def _instant(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    try:
        return jsonlines.read_instant(written).astimezone(UTC).isoformat()
    except (ValueError, OverflowError, BadInput):
        return written


def _fits(key: str) -> str:
    return key if len(key) <= LONGEST else f"{key[:2]}{hashlib.sha256(key.encode()).hexdigest()}"


def _sum_of(envelope: Envelope) -> str:
    (original,) = envelope.report.originals
    return content(json.loads(original.body))
