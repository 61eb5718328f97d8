"""What the interface does on each address: the scope an act needs, the bodies it takes, and who does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from anwang.exchange.events import receiving as events
from anwang.systems.admission import Admitted
from anwang.systems.states import Scope

from . import attachments, bodies, fhir, reports, rosters, supplements
from .bodies import Body
from .problems import JSON, Problem

FHIR = "/api/v1/fhir"
Told = tuple[int, Any, dict[str, str]]


@dataclass(frozen=True)
class Act:
    """What a method on an address does: the scope it needs and, where it takes a body, its types and largest size."""

    scope: str
    do: Callable[[HttpRequest, Body, Admitted, str], Told]
    takes: tuple[str, ...] = ()
    largest: int = 0
    reads: Callable[[bytes], Body] = bodies.read
    """How the body is read before anything is held in the database."""
    gives: tuple[str, ...] = (JSON,)


def route(path: str) -> tuple[dict[str, Act], str]:
    """The acts on an address, and what is left of it. Raises Problem for an address that nobody has."""
    if path == "/api/v1/reports":
        return {"POST": RECEIVE}, ""
    if path == "/api/v1/rosters":
        return {"POST": TAKE_ROSTER}, ""
    if path == "/api/v1/events":
        return {"POST": HEAR}, ""
    if path == FHIR:
        return {"POST": TAKE_BUNDLE}, ""
    if path.startswith(f"{FHIR}/Task/") and path.count("/") == 5:
        return {"GET": TASK}, path.rpartition("/")[2]
    number = path.removeprefix(reports.ADDRESS)
    if number != path and number.endswith(supplements.ENDING) and number.count("/") == 1:
        return {"POST": SUPPLEMENT}, number.removesuffix(supplements.ENDING)
    if number != path and number.endswith(attachments.ENDING) and number.count("/") == 1:
        return {"POST": ATTACH}, number.removesuffix(attachments.ENDING)
    if number != path and "/" not in number:
        return {"GET": FARES}, number
    raise Problem("not-found")


def _receive(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    return reports.receive(body, request.META.get("HTTP_IDEMPOTENCY_KEY", ""), by)


def _supplement(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    return supplements.receive(body, rest, request.META.get("HTTP_IDEMPOTENCY_KEY", ""), by)


def _attach(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    key, said = request.META.get("HTTP_IDEMPOTENCY_KEY", ""), request.content_type or ""
    return attachments.receive(body, said, rest, key, by)


def _fares(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    return 200, reports.fares(rest, by), {}


def _take_roster(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    # Always UTF-8: request.GET reads the address in the charset that the type of the body names.
    said = QueryDict(request.META.get("QUERY_STRING", ""), encoding="utf-8")
    return rosters.receive(body, said, request.META.get("HTTP_IDEMPOTENCY_KEY", ""), by)


def _take_bundle(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    return fhir.receive(body, by)


def _task(request: HttpRequest, body: Body, by: Admitted, rest: str) -> Told:
    return 200, fhir.fares(rest, by), {}


RECEIVE = Act(Scope.REPORTS_WRITE, _receive, takes=(JSON,), largest=reports.LARGEST)
SUPPLEMENT = Act(Scope.REPORTS_WRITE, _supplement, takes=(JSON,), largest=supplements.LARGEST)
ATTACH = Act(Scope.REPORTS_WRITE, _attach, takes=attachments.TAKES, largest=attachments.LARGEST, reads=attachments.read)
FARES = Act(Scope.REPORTS_READ, _fares)
HEAR = Act(Scope.EVENTS_WRITE, events.receive, takes=events.TAKES, largest=events.LARGEST)
TAKE_ROSTER = Act(
    Scope.ROSTERS_WRITE, _take_roster, takes=rosters.TAKES, largest=rosters.LARGEST, reads=Body
)  # fmt: skip
TAKE_BUNDLE = Act(Scope.FHIR_WRITE, _take_bundle, takes=fhir.TAKES, largest=fhir.LARGEST, gives=fhir.TAKES)
TASK = Act(Scope.FHIR_READ, _task, gives=fhir.TAKES)
