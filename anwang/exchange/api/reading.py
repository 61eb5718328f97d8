"""A checked body as an incoming report. Nothing is guessed; what is odd becomes a remark for the screener."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any  # JSON

from django.utils.translation import gettext as _

from anwang.exchange.arriving import came
from anwang.exchange.codes import role_of_subject
from anwang.foundation import clock, national_id, roc
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn

from .bodies import printable
from .checking import check
from .problems import Wrong, invalid
from .schema import report as schema

_SEX = {"女": "female", "男": "male"}


def report(document: Any, original: bytes, county: str) -> ReportIn:
    """The report in a JSON document. Raises Problem naming every place that cannot be taken."""
    shape = schema()
    wrongs = list(check(document, shape))
    if wrongs:
        raise invalid(wrongs)
    if document.get("county", county) != county:
        raise invalid([Wrong("/county", _("這把憑證是另一個縣市的。請用那個縣市發的憑證。"))])
    received_at, remarks = came(_instant(document["received_at"], "/received_at"), document["received_at"])
    remarks += _unknown(document, shape)
    return ReportIn(
        received_at=received_at,
        known_at=_known(document, remarks),
        channel="system",
        narrative=document["narrative"],
        kinds=tuple(dict.fromkeys(document.get("kinds", ()))),
        persons=tuple(
            _person(person, f"/persons/{n}", received_at) for n, person in enumerate(document.get("persons", ()))
        ),
        reporter=ReporterIn(
            **{name: given for name, given in document.get("reporter", {}).items() if name in _REPORTER}
        ),
        originals=(OriginalIn(original, "application/json"),),
        source=document.get("source", ""),
        unit_code=document.get("unit", ""),
        reporting_unit=document.get("reporting_unit", ""),
        mandated=document.get("mandated", "unknown"),
        place=document.get("place", ""),
        urgency={printable(name): answer for name, answer in document.get("urgency", {}).items()},
        remarks=tuple(remarks),
    )


_REPORTER = frozenset(ReporterIn.__dataclass_fields__)


def _instant(written: str, pointer: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise invalid([Wrong(pointer, _("月曆上沒有這一天。請再看一次。"))]) from None


def _known(document: dict[str, Any], remarks: list[str]) -> datetime | None:
    if "known_at" not in document:
        return None
    at = _instant(document["known_at"], "/known_at")
    if at <= clock.now():
        return at
    remarks.append(_("來文寫的知悉時間%(time)s在未來，沒有採用。") % {"time": document["known_at"]})
    return None


def _unknown(document: dict[str, Any], shape: dict[str, Any]) -> Iterator[str]:
    names = set(document) - set(shape["properties"])
    for part, known in (
        ("persons", shape["properties"]["persons"]["items"]),
        ("reporter", shape["properties"]["reporter"]),
    ):
        given = document.get(part, ())
        for one in given if isinstance(given, list) else (given,):
            names |= {f"{part}.{name}" for name in set(one) - set(known["properties"])} if one else set()
    if names:
        shown = "、".join(printable(name) for name in sorted(names))
        yield _("不認得的欄位%(names)s，保留在原始訊息裡。") % {"names": shown[:200]}


def _person(person: dict[str, Any], at: str, received_at: datetime) -> PersonIn:
    birth = _birth(person, at)
    name, numbers = person.get("name", "").strip(), _numbers(person)
    phones = [person.get("phone", ""), *person.get("phones", ())]
    addresses = [
        ("living", person.get("address", "")),
        *((one["kind"], one["text"]) for one in person.get("addresses", ())),
    ]
    sex = person.get("sex", "unknown")
    return PersonIn(
        role=person.get("role") or role_of_subject(birth, received_at),
        name=name,
        name_kind=person.get("name_kind", "full") if name else "unknown",
        sex=_SEX.get(sex, sex),
        birth=birth,
        age_text=person.get("age", ""),
        identifiers=numbers,
        phones=tuple(dict.fromkeys(one.strip() for one in phones if one.strip())),
        addresses=tuple(dict.fromkeys((kind, one.strip()) for kind, one in addresses if one.strip())),
        languages=person.get("languages", ""),
        needs_interpreter=person.get("needs_interpreter", "unknown"),
        relation=person.get("relation", ""),
        injuries=person.get("injuries", ""),
        where_now=person.get("where_now", ""),
        notes=person.get("note", ""),
    )


def _birth(person: dict[str, Any], at: str) -> PartialDate | None:
    if "birth" not in person:
        return None
    try:
        return roc.parse_date(person["birth"])
    except BadInput as error:
        raise invalid([Wrong(f"{at}/birth", _(str(error)))]) from None


def _numbers(person: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = [(one["kind"], one["value"].strip()) for one in person.get("identifiers", ())]
    if number := person.get("id", "").strip():
        found.insert(0, (national_id.check(number).kind or "other", number))
    return tuple(dict.fromkeys(found))
