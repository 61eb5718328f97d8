"""One report a line as a JSON object, for agencies that do not speak FHIR.

`{"number", "received_at", "known_at"?, "kinds"?: [...], "narrative"?, "place"?, "unit"?, "source"?, "report_type"?,
"reporter"?: {"name", "phone", "organisation"}, "persons": [{"role", "name", "sex"?, "birth"?, "id"?, "phone"?,
"address"?, "note"?}]}`. Dates as 115/3/7 or 2026-03-07, instants as 2026-03-07T23:40+08:00 or 115/3/7 23:40.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.exchange.codes import ours, role_of_subject
from anwang.exchange.envelope import Envelope
from anwang.exchange.fhir.names import MANDATED
from anwang.exchange.fhir.reading import items, mapping, text
from anwang.foundation import clock, national_id, roc
from anwang.foundation.errors import BadInput
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn

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
        "sender",
    }
)
_SEX = {"女": "female", "男": "male", "female": "female", "male": "male", "F": "female", "M": "male"}


def read(document: Any, original: bytes) -> Envelope:
    """One line. Raises BadInput naming the field that cannot be taken; unknown fields are named in a remark."""
    if not isinstance(document, dict):
        raise BadInput(_("這一行不是JSON物件。每行要是一筆通報，以{開頭。"))
    number = text(document.get("number"))
    if not number:
        raise BadInput(_("這一行沒有來文編號（number）。請補編號，同一件才不會收兩次。"), field="number")
    received_at = _required_instant(document)
    reporter = mapping(document.get("reporter"))
    report = ReportIn(
        received_at=received_at,
        known_at=_optional_instant(document),
        channel="system",
        narrative=text(document.get("narrative")),
        kinds=tuple(filter(None, map(text, _list(document.get("kinds"))))),
        place=text(document.get("place")),
        source=ours("report.source", text(document.get("source")), clock.local(received_at).date()),
        unit_code=text(document.get("unit")),
        mandated="yes" if text(document.get("report_type")) == MANDATED else "unknown",
        reporter=ReporterIn(
            name=text(reporter.get("name")),
            phone=text(reporter.get("phone")),
            organisation=text(reporter.get("organisation")),
            category=text(reporter.get("category")),
        ),
        persons=tuple(_person(person, received_at) for person in items(document.get("persons"))),
        originals=(OriginalIn(original, "application/json"),),
        remarks=tuple(_remarks(document)),
    )
    return Envelope(text(document.get("sender")) or "jsonl", number, report)


def _remarks(document: dict[str, Any]) -> Iterator[str]:
    if unknown := set(document) - KNOWN:
        yield _("不認得的欄位%(names)s，保留在原始訊息裡。") % {"names": "、".join(sorted(unknown))[:200]}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def read_instant(written: str) -> datetime:
    """An instant in ISO or as ROC date and time; aware, Taipei where no zone is written. Raises BadInput."""
    try:
        at = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError:
        day, _space, hour = written.strip().rpartition(" ")
        at = roc.parse_instant(day, hour)
    return at if at.tzinfo else at.replace(tzinfo=clock.TAIPEI)


def instant(written: str, field: str) -> datetime:
    """An instant as `read_instant` reads it, never in the future."""
    at = read_instant(written)
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


def _person(person: Any, at: datetime) -> PersonIn:
    written, name = text(person.get("birth")), text(person.get("name"))
    number = text(person.get("id"))
    kind = (national_id.check(number).kind or "other") if number else ""
    birth = roc.parse_date(written) if written else None
    return PersonIn(
        role=text(person.get("role")) or role_of_subject(birth, at),
        name=name,
        name_kind="full" if name else "unknown",
        sex=_SEX.get(text(person.get("sex")), "unknown"),
        birth=birth,
        age_text=text(person.get("age")),
        identifiers=((kind, number),) if number else (),
        phones=tuple(filter(None, [text(person.get("phone"))])),
        addresses=(("living", text(person.get("address"))),) if text(person.get("address")) else (),
        notes=text(person.get("note")),
    )
