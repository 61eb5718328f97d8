"""A case-report bundle (通報) as an incoming report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.exchange.arriving import came
from anwang.exchange.codes import category_at_unit, ours, role_of_subject
from anwang.exchange.envelope import Envelope
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn

from .names import CASE_REPORT_CATEGORY, CASE_REPORT_CODES, CASE_SOURCE, MANDATED, REPORT_TYPE, REPORTING_UNIT
from .person import contacts, person
from .reading import Bundle, Resource, code_of, codings, items, mapping, text

_AT_WORK = ("Practitioner", "PractitionerRole")
_KIND_OF_SERVICE = {"VFS": ("vulnerable_family",)}
"""The guide's ten systems are the welfare side's only; most name no kind of case, and then a screener decides."""


class TooMany(BadInput):
    """More case reports in one bundle than its receiver takes at once."""


def read(document: Any, original: bytes) -> list[Envelope]:
    """Every case report of a bundle. Raises BadInput with a sentence when there is none or one cannot be dated."""
    found = [envelope for _request, envelope in each(document, original)]
    for envelope in found:
        if isinstance(envelope, BadInput):
            raise envelope
    return [envelope for envelope in found if not isinstance(envelope, BadInput)]


def each(document: Any, original: bytes, most: int | None = None) -> list[tuple[Resource, Envelope | BadInput]]:
    """Every case report of a bundle with its resource, or what is wrong with it.

    Raises BadInput when there is none, TooMany before any is read when there are more than `most`.
    """
    if not isinstance(document, dict) or "resourceType" not in document:
        raise BadInput(_("這不是FHIR訊息。請確認檔案是通報Bundle的JSON。"))
    bundle = Bundle(document)
    if any(resource.get("resourceType") == "Bundle" for resource in bundle.resources):
        raise BadInput(_("Bundle裡面還有Bundle。請把每個Bundle分開送。"))
    requests = [request for request in bundle.of_type("ServiceRequest") if _is_case_report(request)]
    if not requests:
        raise BadInput(_("訊息裡沒有通報（ServiceRequest）。請確認送的是通報，不是轉介。"))
    if most is not None and len(requests) > most:
        raise TooMany(_("一個Bundle最多%(n)d件通報。請分開送。") % {"n": most})
    alone = len(requests) == 1
    return [
        (request, _read(bundle, request, original if alone else _own_part(bundle, request))) for request in requests
    ]


def _read(bundle: Bundle, request: Resource, original: bytes) -> Envelope | BadInput:
    try:
        return _report(bundle, request, original)
    except BadInput as error:
        return error


def _own_part(bundle: Bundle, request: Resource) -> bytes:
    """Of several reports in one bundle each keeps what is its own, with every extension: always the same bytes."""
    own = [
        {"fullUrl": min(filter(None, bundle.names(one)), default=""), "resource": one}
        for one in bundle.reachable(request)
    ]
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": own}, ensure_ascii=False, sort_keys=True
    ).encode()


def _is_case_report(request: Resource) -> bool:
    categories = {pair for concept in items(request.get("category")) for pair in codings(concept)}
    return CASE_REPORT_CATEGORY in categories or bool(CASE_REPORT_CODES & set(codings(request.get("code"))))


def _report(bundle: Bundle, request: Resource, original: bytes) -> Envelope:
    subject = bundle.follow(request.get("subject"), "Patient", within=request)
    received_at, remarks = _instant(request)
    on = clock.local(received_at).date()
    services = [code for concept in items(request.get("orderDetail")) for _system, code in codings(concept)]
    if not subject:
        remarks.append(_("來文沒有附服務對象。請看原始訊息並補登。"))
    if bundle.twice:
        remarks.append(_("來文裡有兩份不同的資料用同一個編號，讀了第一份。請看原始訊息。"))
    report = ReportIn(
        received_at=received_at,
        channel="system",
        narrative=_narrative(request),
        kinds=tuple(kind for service in services for kind in _KIND_OF_SERVICE.get(service, ())),
        persons=tuple(_persons(bundle, subject, received_at)),
        reporter=_reporter(bundle, request, on),
        originals=(OriginalIn(original, "application/fhir+json"),),
        source=ours("report.source", code_of(request, CASE_SOURCE), on),
        unit_code=code_of(request, REPORTING_UNIT),
        mandated="yes" if code_of(request, REPORT_TYPE) == MANDATED else "unknown",
        remarks=tuple(remarks),
    )
    system, number = _number(request, original)
    return Envelope(system, number, report)


def _persons(bundle: Bundle, subject: Resource, at: datetime) -> Iterator[PersonIn]:
    if subject:
        first = person(subject, "person")
        yield replace(first, role=role_of_subject(first.birth, at))
    for related in bundle.of_type("RelatedPerson"):
        if _is_about(bundle, related, subject):
            yield person(related, "family")
    yield from contacts(subject, "family")


def _is_about(bundle: Bundle, related: Resource, subject: Resource) -> bool:
    return bundle.follow(related.get("patient")) is subject if subject else True


BARE = "fhir-"
"""Begins the made-up system of a report that has no identifier."""


def _number(request: Resource, original: bytes) -> tuple[str, str]:
    """The sender's system and his number for this report."""
    for identifier in items(request.get("identifier")):
        if value := text(identifier.get("value")):
            return text(identifier.get("system")) or "fhir", value
    # A bare resource id is unique in one system only: another system's message must not be taken for this one.
    name = text(request.get("id"))
    return (f"{BARE}{hashlib.sha256(original).hexdigest()[:16]}", name) if name else ("", "")


def _instant(request: Resource) -> tuple[datetime, list[str]]:
    """When it was reported, or now where that has not come."""
    written = text(request.get("authoredOn"))
    try:
        at = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError:
        raise BadInput(
            _("通報時間（authoredOn）看不懂。請寫成2026-03-07T23:40:00+08:00。"), field="authoredOn"
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=clock.TAIPEI)
    return came(at, written)


def _narrative(request: Resource) -> str:
    """What was written in words: notes, reasons and patient instructions, in that order, each on its own line."""
    words = [text(note.get("text")) for note in items(request.get("note"))]
    words += [text(reason.get("text")) for reason in items(request.get("reasonCode"))]
    words.append(text(mapping(request.get("code")).get("text")))
    return "\n".join(filter(None, words))


def _reporter(bundle: Bundle, request: Resource, on: date) -> ReporterIn:
    """Who reported. The guide has no category of reporter: who had to report by law is what his unit shows he is.

    Nobody else's is concluded from the unit, for a unit also passes on what a relative told it.
    """
    requester = bundle.follow(request.get("requester"), within=request)
    role = requester if requester.get("resourceType") == "PractitionerRole" else {}
    practitioner = bundle.follow(role.get("practitioner")) if role else requester
    names = [text(name.get("text")) for name in items(practitioner.get("name"))]
    phones = [
        text(contact.get("value")) for contact in [*items(role.get("telecom")), *items(practitioner.get("telecom"))]
    ]
    organisation = bundle.follow(role.get("organization")) if role else {}
    is_at_work = requester.get("resourceType") in _AT_WORK and code_of(request, REPORT_TYPE) == MANDATED
    return ReporterIn(
        category=category_at_unit(code_of(request, REPORTING_UNIT), on) if is_at_work else "",
        name=next(filter(None, names), ""),
        phone=next(filter(None, phones), ""),
        organisation=text(organisation.get("name")),
    )
