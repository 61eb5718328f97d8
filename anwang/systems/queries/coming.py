"""What came in and waits to be understood."""

from __future__ import annotations

from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.systems.events import Coming
from anwang.systems.models import Incoming

AT_ONCE = 500


def waiting(viewer: Viewer) -> tuple[UUID, ...]:
    """Messages not looked at yet: of each system in the order in which it counts them."""
    found = Incoming.objects.filter(state=Coming.RECEIVED).order_by("system_id", "county_id", "number", "received_at")
    return tuple(found.values_list("id", flat=True)[:AT_ONCE])
