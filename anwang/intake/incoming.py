"""A report as it is handed to `receive_report`, from the form, from paper or from another system."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from anwang.foundation.roc import PartialDate
from anwang.people.states import NameKind, Sex, YesNoUnknown


@dataclass(frozen=True)
class PersonIn:
    """Somebody in a report. `person_id` names a record already known to the taker; then only the role is new."""

    role: str
    """Code of `report.roles`."""
    person_id: UUID | None = None
    name: str = ""
    name_kind: str = NameKind.FULL
    real_name: str = ""
    """Behind a 代號 only; sealed."""
    sex: str = Sex.UNKNOWN
    birth: PartialDate | None = None
    age_text: str = ""
    """Age in the caller's words: 9歲, 國小三年級, 五個月."""
    is_unborn: bool = False
    due_on: date | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    """(kind, value), kinds of `people.states.IdentifierKind`."""
    phones: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    """(kind, text), kinds of `people.states.AddressKind`."""
    languages: str = ""
    needs_interpreter: str = YesNoUnknown.UNKNOWN
    relation: str = ""
    injuries: str = ""
    where_now: str = ""
    notes: str = ""


@dataclass(frozen=True)
class ReporterIn:
    """Who reported. Everything here goes into the reporter zone and nowhere else."""

    name: str = ""
    phone: str = ""
    organisation: str = ""
    relation: str = ""
    category: str = ""
    """Code of `reporter.category`."""
    may_call_back: str = YesNoUnknown.UNKNOWN
    call_when: str = ""
    name_to_use: str = ""
    is_party: bool = False


@dataclass(frozen=True)
class OriginalIn:
    """What came in, byte for byte."""

    body: bytes
    media_type: str = "application/octet-stream"
    name: str = ""


@dataclass(frozen=True)
class ReportIn:
    """A report. `received_at` is when it truly came (fax time, phone time), never when it was keyed."""

    received_at: datetime
    channel: str
    """Code of `report.channel`."""
    narrative: str = ""
    kinds: tuple[str, ...] = ()
    """Codes of `case.kind`; empty when nobody could say."""
    persons: tuple[PersonIn, ...] = ()
    reporter: ReporterIn = field(default_factory=ReporterIn)
    originals: tuple[OriginalIn, ...] = ()
    known_at: datetime | None = None
    source: str = ""
    unit_code: str = ""
    reporting_unit: str = ""
    mandated: str = YesNoUnknown.UNKNOWN
    """Left unknown, it is worked out from kind and category of reporter."""
    place: str = ""
    area_code: str = ""
    urgency: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    """What looked odd on arrival, for the screener."""


@dataclass(frozen=True)
class Arrival:
    """A report on its way in. `sender` with `key` names it in the sender's system: the same again changes nothing.

    `content` is a sum of what it says, however it was written and sent; without one the bytes themselves are compared.
    """

    report: ReportIn
    sender: str = ""
    key: str = ""
    call_id: UUID | None = None
    """The call of the phone log that becomes this report."""
    content: str = ""
    number: str = ""
    """The key under which the sender's other form of the same report would come, where `key` is longer (FHIR)."""
    meaning: str = ""
    """A sum of what was read, by which the other form is known again; without one it is refused as other content."""
