"""The door for programs: every request below `/api/v1/` goes this way and no other.

It stands before sessions, cookies, CSRF and the pages' middleware, none of which a program has any use for: what is
left is one statement for the token and the viewer, and the act itself, in one transaction that is committed before
the answer is written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from anwang.enactments.queries import STATE, held
from anwang.exchange.fhir import writing
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.systems.admission import admit

from . import bodies, fhir, openapi, pace, problems
from .acts import FHIR, Act, Told, route
from .bodies import Body
from .problems import JSON, Problem, answer, refusal

log = logging.getLogger(__name__)
BELOW = "/api/v1/"
OPENAPI = "/api/openapi.json"


class DoorMiddleware:
    """Answers `/api/v1/…` and `/api/openapi.json`; everything else goes on to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path
        if not path.startswith("/api/") or not (path.startswith(BELOW) or path == OPENAPI):
            return self.get_response(request)
        with translation.override(language(request)):
            try:
                return self._answer(request, path)
            except Problem as problem:
                return _refused(problem, path)
            except Exception:  # whatever it was: the caller is told in the form of the house, and we in the log
                log.exception("interface failed")
                return _refused(Problem("broken"), path)

    @staticmethod
    def _answer(request: HttpRequest, path: str) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            raise Problem("bad-request") from None
        if path == OPENAPI:
            _allowed(request, ("GET", "HEAD"))
            _acceptable(request, (JSON, "application/vnd.oai.openapi+json"))
            return answer(200, openapi.document(), headers={"Cache-Control": "max-age=300"})
        if path == f"{FHIR}/metadata":
            _allowed(request, ("GET", "HEAD"))
            _acceptable(request, fhir.TAKES)
            return answer(200, writing.capabilities(clock.today()), fhir.JSON_OF_FHIR)
        acts, rest = route(path)
        _allowed(request, tuple(acts))
        act = acts[request.method or ""]
        _acceptable(request, act.gives)
        return _act(request, act, rest)


def _refused(problem: Problem, path: str) -> HttpResponse:
    """In the form that the address speaks."""
    return fhir.refusal(problem) if path == FHIR or path.startswith(f"{FHIR}/") else refusal(problem)


def _act(request: HttpRequest, act: Act, rest: str) -> HttpResponse:
    plain = _token(request)
    body = Body()
    if act.takes:
        if (request.content_type or "") not in act.takes:
            raise Problem("wrong-type", headers={"Accept": ", ".join(act.takes)})
        body = act.reads(bodies.take(request, act.largest))
    status, told, headers = _once_more(lambda: _in_one_breath(request, act, body, plain, rest))
    return answer(status, told, act.gives[0], headers)


def _once_more(work: Callable[[], Told]) -> Told:
    """Do it; when another was taking the same record at that instant, look again: now it is here."""
    try:
        try:
            return work()
        except (IntegrityError, OperationalError) as error:
            if getattr(error.__cause__, "sqlstate", "") not in AGAIN:
                raise
            return work()
    except AnwangError as error:
        raise problems.of(error) from None
    except (DataError, IntegrityError):
        log.exception("interface: the database refused")
        raise Problem("invalid") from None
    except (OperationalError, InterfaceError):
        log.exception("interface: the database is away")
        connection.close()
        raise Problem("away", headers={"Retry-After": "5"}) from None


AGAIN = {"23505", "40001", "40P01"}
"""PostgreSQL: unique violation, could not serialise, deadlock."""


def _in_one_breath(request: HttpRequest, act: Act, body: Body, plain: str, rest: str) -> Told:
    """Token, act and commit. What is returned from here is in the database for good."""
    pace.spend(plain)
    with transaction.atomic():
        by = admit(plain, also=STATE)
        if by is None:
            raise _unauthorised("token-unknown", "invalid_token")
        if by.ended:
            raise _unauthorised(f"token-{by.ended}", "invalid_token")
        pace.admitted(plain, by)
        if act.scope not in by.scopes:
            raise Problem("scope-missing", headers=_challenge("insufficient_scope", act.scope))
        try:
            with held(by.also):
                return act.do(request, body, by, rest)
        except Problem as problem:
            if not problem.is_kept:
                raise
            refused = problem
    raise refused


def _token(request: HttpRequest) -> str:
    scheme, _space, plain = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not plain.strip():
        raise _unauthorised("no-token")
    return plain.strip()


def _unauthorised(kind: str, error: str = "") -> Problem:
    return Problem(kind, headers=_challenge(error))


def _challenge(error: str, scope: str = "") -> dict[str, str]:
    parts = ['Bearer realm="anwang"', f'error="{error}"' if error else "", f'scope="{scope}"' if scope else ""]
    return {"WWW-Authenticate": ", ".join(filter(None, parts))}


def _allowed(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        raise Problem("wrong-method", headers={"Allow": ", ".join(methods)})


def _acceptable(request: HttpRequest, gives: tuple[str, ...]) -> None:
    """Refuse only who surely cannot read what we give: one that names types, and ours is not among them."""
    wanted = request.META.get("HTTP_ACCEPT", "").lower()
    if not wanted or "*/*" in wanted or "application/*" in wanted:
        return
    named = {part.partition(";")[0].strip() for part in wanted.split(",")}
    if not named & {*gives, JSON, problems.MEDIA_TYPE}:
        raise Problem("not-acceptable")


def language(request: HttpRequest) -> str:
    """English for who asks for it before Chinese; Chinese for everybody else."""
    asked = request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower()
    english, chinese = asked.find("en"), asked.find("zh")
    return "en" if english >= 0 and (chinese < 0 or english < chinese) else "zh-hant"
