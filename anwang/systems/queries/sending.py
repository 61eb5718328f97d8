"""What the jobs that send read: which endpoints have something waiting, and what comes next there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, Q

from anwang.access.viewer import Viewer
from anwang.systems.events import Going
from anwang.systems.models import Endpoint, Outgoing


@dataclass(frozen=True)
class Post:
    """An endpoint with something waiting."""

    id: UUID
    kind: str
    address: str
    county: str
    system: str


@dataclass(frozen=True)
class Message:
    """One message as it is sent. `number` is the receiver's way to see that one is missing."""

    id: int
    event_id: UUID
    event: str
    subject: str
    data: dict[str, str]
    at: datetime
    number: int
    county: str
    tries: int
    try_at: datetime | None
    is_waiting: bool


def posts(viewer: Viewer, at: datetime) -> tuple[Post, ...]:
    """Live endpoints with something waiting, whoever waited longest for a try first."""
    found = Outgoing.objects.filter(state=Going.WAITING)
    waiting = found.values("endpoint").annotate(first=Min("recorded_at"), next=Min("try_at")).order_by("next", "first")
    order = [row["endpoint"] for row in waiting]
    live = Endpoint.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), id__in=order, system__retired_at=None)
    rows = live.values_list("id", "kind", "address", "county_id", "system__code")
    return tuple(sorted((Post(*row) for row in rows), key=lambda post: order.index(post.id)))


def next_message(viewer: Viewer, endpoint_id: UUID) -> Message | None:
    """The first message that waits; those after it wait for it."""
    found = Outgoing.objects.filter(endpoint_id=endpoint_id, state=Going.WAITING, number__isnull=False)
    row = found.select_related("endpoint").order_by("number").first()
    return _message(row) if row else None


def days_to_write(viewer: Viewer, endpoint_id: UUID) -> tuple[date, ...]:
    """Days whose file does not hold everything yet."""
    found = Outgoing.objects.filter(endpoint_id=endpoint_id, state=Going.WAITING, day__isnull=False)
    return tuple(day for day in found.values_list("day", flat=True).distinct().order_by("day") if day)


def messages_of_day(viewer: Viewer, endpoint_id: UUID, day: date) -> tuple[Message, ...]:
    """Everything that belongs into the file of a day, written before or not, in order."""
    found = Outgoing.objects.filter(endpoint_id=endpoint_id, day=day, state__in=(Going.WAITING, Going.SENT))
    return tuple(_message(row) for row in found.select_related("endpoint").order_by("number"))


def _message(row: Outgoing) -> Message:
    return Message(
        row.id, row.event_id, row.event, row.subject, row.data, row.at, row.number or 0, row.endpoint.county_id,
        row.tries, row.try_at, row.state == Going.WAITING,
    )  # fmt: skip
