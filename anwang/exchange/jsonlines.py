"""One report a line as a JSON object, for agencies that do not speak FHIR.

`{"number", "received_at", "known_at"?, "kinds"?: [...], "narrative"?, "place"?, "unit"?, "source"?, "report_type"?,
"reporter"?: {"name", "phone", "organisation"}, "persons": [{"role", "name", "sex"?, "birth"?, "id"?, "phone"?,
"address"?, "note"?}]}`. Dates as 115/3/7 or 2026-03-07, instants as 2026-03-07T23:40+08:00 or 115/3/7 23:40.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.exchange.fhir.reading import items, mapping, text
from anwang.exchange.incoming import IncomingPerson, IncomingReport, IncomingReporter
from anwang.foundation import clock, national_id, roc
from anwang.foundation.errors import BadInput

KNOWN = frozenset(
    {
        "number",
        "received_at",
        "known_at",
        "kinds",
        "narrative",
        "place",
        "unit",
        "source",
        "report_type",
        "reporter",
        "persons",
    }
)
_SEX = {"女": "female", "男": "male", "female": "female", "male": "male", "F": "female", "M": "male"}


def read(document: Any, original: bytes) -> IncomingReport:
    """One line. Raises BadInput naming the field that cannot be taken; unknown fields are named in a remark."""
    if not isinstance(document, dict):
        raise BadInput(_("這一行不是JSON物件。每行要是一筆通報，以{開頭。"))
    number = text(document.get("number"))
    if not number:
        raise BadInput(_("這一行沒有來文編號（number）。請補編號，同一件才不會收兩次。"), field="number")
    remarks = (
        [_("不認得的欄位%(names)s，保留在原始訊息裡。") % {"names": "、".join(sorted(unknown))}]
        if (unknown := set(document) - KNOWN)
        else []
    )
    reporter = mapping(document.get("reporter"))
    return IncomingReport(
        original=original,
        media_type="application/json",
        channel="exchange",
        sender_number=number,
        received_at=_required_instant(document),
        known_at=_optional_instant(document),
        report_type=text(document.get("report_type")),
        reporting_unit=text(document.get("unit")),
        case_source=text(document.get("source")),
        kinds=tuple(filter(None, map(text, document.get("kinds") or []))),
        narrative=text(document.get("narrative")),
        place=text(document.get("place")),
        reporter=IncomingReporter(
            text(reporter.get("name")), text(reporter.get("phone")), text(reporter.get("organisation"))
        ),
        persons=tuple(_person(person) for person in items(document.get("persons"))),
        remarks=tuple(remarks),
    )


def instant(written: str, field: str) -> datetime:
    """An instant in ISO or as ROC date and time; aware, Taipei where no zone is written, never in the future."""
    try:
        at = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError:
        day, _space, hour = written.strip().rpartition(" ")
        at = roc.parse_instant(day, hour)
    at = at if at.tzinfo else at.replace(tzinfo=clock.TAIPEI)
    if at > clock.now():
        raise BadInput(_("時間在未來。請填實際接獲的時間。"), field=field)
    return at


def _required_instant(document: dict[str, Any]) -> datetime:
    written = text(document.get("received_at"))
    if not written:
        raise BadInput(_("這一行沒有接獲時間（received_at）。請補時間，例如115/3/7 23:40。"), field="received_at")
    return instant(written, "received_at")


def _optional_instant(document: dict[str, Any]) -> datetime | None:
    written = text(document.get("known_at"))
    return instant(written, "known_at") if written else None


def _person(person: Any) -> IncomingPerson:
    written, name = text(person.get("birth")), text(person.get("name"))
    number = text(person.get("id"))
    kind = (national_id.check(number).kind or "other") if number else ""
    return IncomingPerson(
        role=text(person.get("role")) or "subject",
        name=name,
        name_kind="full" if name else "unknown",
        sex=_SEX.get(text(person.get("sex")), "unknown"),
        birth=roc.parse_date(written) if written else None,
        identifiers=((kind, number),) if number else (),
        phones=tuple(filter(None, [text(person.get("phone"))])),
        addresses=(("living", text(person.get("address"))),) if text(person.get("address")) else (),
        note=text(person.get("note")),
    )
