"""Refusals as `application/problem+json` (RFC 9457): what is wrong, and what to do next, in the caller's language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any  # JSON

from django.conf import settings
from django.http import HttpResponse

from anwang.foundation.errors import AnwangError, BadInput, Conflict, NotFound, Refused
from anwang.systems.interface import PROBLEMS

MEDIA_TYPE = "application/problem+json"
JSON = "application/json"
_KIND_OF = {Refused: "refused", NotFound: "not-found", Conflict: "conflict", BadInput: "invalid"}


@dataclass(frozen=True)
class Wrong:
    """One place of a body that cannot be taken: a JSON pointer and a sentence."""

    pointer: str
    detail: str


@dataclass(eq=False)
class Problem(Exception):
    """A request that is refused. `detail` defaults to what the kind advises."""

    kind: str
    detail: str = ""
    wrongs: tuple[Wrong, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    is_kept: bool = False
    """What was written down about the refusal stays; every other refusal leaves nothing behind."""

    @property
    def status(self) -> int:
        return PROBLEMS[self.kind].status

    def body(self) -> dict[str, Any]:
        """The problem document."""
        kind = PROBLEMS[self.kind]
        told: dict[str, Any] = {
            "type": f"/api/#problem-{kind.name}",
            "title": str(kind.title),
            "status": kind.status,
            "detail": self.detail or str(kind.advice),
        }
        if self.detail:
            told["advice"] = str(kind.advice)
        if self.wrongs:
            told["errors"] = [{"pointer": wrong.pointer, "detail": wrong.detail} for wrong in self.wrongs]
        return told


def of(error: AnwangError) -> Problem:
    """A domain error as a problem; a field that it names becomes a pointer."""
    kind = next((name for type_, name in _KIND_OF.items() if isinstance(error, type_)), "invalid")
    at = getattr(error, "field", None)
    wrongs = (Wrong(f"/{at}", str(error)),) if at else ()
    # Not found is said alike for what is not there and what is somebody else's.
    return Problem(kind, "" if kind == "not-found" else str(error), wrongs)


def answer(status: int, body: Any, media_type: str = JSON, headers: dict[str, str] | None = None) -> HttpResponse:
    """An answer nobody keeps: no cache, no guessing of types, nothing a browser would run."""
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(written, status=status, content_type=media_type)
    for name, value in {**SAFE, **(headers or {})}.items():
        response.headers[name] = value
    if settings.SECURE_HSTS_SECONDS:
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    response.headers["Content-Length"] = str(len(written))
    return response


SAFE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language, Authorization",
}


def refusal(problem: Problem) -> HttpResponse:
    """A problem as an answer."""
    return answer(problem.status, problem.body(), MEDIA_TYPE, problem.headers)


def invalid(wrongs: Iterable[Wrong]) -> Problem:
    """A body with places that cannot be taken, twenty at most."""
    return Problem("invalid", wrongs=tuple(wrongs)[:20])
