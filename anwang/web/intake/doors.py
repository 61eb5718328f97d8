"""The closed doors of a report: who reported, and what came in. Each is one click that leaves a trace."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.intake import actions

from .acts import report_id


@require_POST
def reporter(request: HttpRequest, number: str) -> HttpResponse:
    """Who reported and how to ring him back, for whoever holds the report."""
    said = actions.read_reporter(report_id=report_id(request, number), by=request.viewer, because=number)
    response = render(request, "intake/reporter.html", {"said": said, "number": number, "now": clock.now()})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def original(request: HttpRequest, number: str, original_id: UUID) -> HttpResponse:
    """The bytes as they came, always as a download: whatever they are, no page shows them."""
    kept, body = actions.read_original(original_id=original_id, by=request.viewer)
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{number}-{str(kept.id)[-6:]}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
