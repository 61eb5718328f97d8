"""What stands in a request and which answer counts."""

from __future__ import annotations

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading

from . import sealed
from .models import Answer, Request


def latest(request: Request) -> Answer | None:
    """The answer that counts."""
    return Answer.objects.filter(request=request).order_by("-recorded_at", "-id").first()


def read_document(request: Request, by: Viewer) -> dict[str, str]:
    """Who asks, about whom and in which words; the reading is traced."""
    reading("subjects.request", by=by, file_id=request.matter_id, zone=Zone.WORK, because="request")
    return sealed.unseal(request.sealed, "request", request.matter_id)
