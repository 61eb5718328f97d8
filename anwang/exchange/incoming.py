"""One form for every report that arrives from another system."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from anwang.foundation.roc import PartialDate


@dataclass(frozen=True)
class IncomingPerson:
    """A person as the sender wrote him. Codes are ours (`people.states`); what could not be read is left empty."""

    role: str
    """Code of `report.roles`."""
    name: str = ""
    name_kind: str = "full"
    sex: str = "unknown"
    birth: PartialDate | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    """(kind, value) with kinds of `people.states.IdentifierKind`."""
    phones: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    """(kind, text) with kinds of `people.states.AddressKind`."""
    languages: str = ""
    note: str = ""


@dataclass(frozen=True)
class IncomingReporter:
    """Who reported, kept apart from everything else from the first line on."""

    name: str = ""
    phone: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class IncomingReport:
    """One report with its original bytes. `received_at` is the sender's time of sending (接獲)."""

    original: bytes
    media_type: str
    channel: str
    sender_number: str
    received_at: datetime
    known_at: datetime | None = None
    report_type: str = ""
    """TWSS case-report-type: A 初報, B 續報, C 結報, 2 責任通報."""
    reporting_unit: str = ""
    """TWSS reporting-unit code (39)."""
    case_source: str = ""
    kinds: tuple[str, ...] = ()
    """Case kinds the sender named, codes of `case.kind`."""
    narrative: str = ""
    place: str = ""
    reporter: IncomingReporter = field(default_factory=IncomingReporter)
    persons: tuple[IncomingPerson, ...] = ()
    remarks: tuple[str, ...] = ()
    """Sentences for the screener: what looked odd in the message and how it was taken."""
