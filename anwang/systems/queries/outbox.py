"""The page of what goes out: each endpoint with what waits there, and the messages nobody took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.systems.events import EndpointKind, GivenUp, Going, Told
from anwang.systems.models import Attempt, Outgoing, System
from anwang.systems.timing import silent_after

SHOWN = 50
ENDPOINTS_SQL = """
SELECT e.id, e.kind, e.address, e.events, e.ends_at, s.id, w.n, w.oldest, t.sent_at, f.failing_since, f.because, d.n
  FROM systems_endpoint e JOIN systems_system s ON s.id = e.system_id
 CROSS JOIN LATERAL (SELECT count(*) AS n, min(o.recorded_at) AS oldest FROM systems_outgoing o
                      WHERE o.endpoint_id = e.id AND o.state = 'waiting') w
  LEFT JOIN LATERAL (SELECT o.sent_at FROM systems_outgoing o WHERE o.endpoint_id = e.id AND o.state = 'sent'
                      ORDER BY o.number DESC LIMIT 1) t ON true
  LEFT JOIN LATERAL (SELECT o.failing_since, o.because FROM systems_outgoing o WHERE o.endpoint_id = e.id
                      AND o.state = 'waiting' AND o.number IS NOT NULL ORDER BY o.number LIMIT 1) f ON true
 CROSS JOIN LATERAL (SELECT count(*) AS n FROM systems_outgoing o WHERE o.endpoint_id = e.id AND o.state = 'dead') d
 WHERE e.county_id = %s ORDER BY e.ends_at IS NOT NULL, s.code, e.starts_at, e.id
"""
WHY = {
    "address": gettext_lazy("網址不能用"),
    "name": gettext_lazy("找不到這個主機"),
    "private": gettext_lazy("位址在內部網路，不送"),
    "timeout": gettext_lazy("等太久沒有回應"),
    "tls": gettext_lazy("憑證驗不過"),
    "connect": gettext_lazy("連不上"),
    "broken": gettext_lazy("連線中斷"),
    "redirect": gettext_lazy("對方要轉址，不跟"),
    "status": gettext_lazy("對方回絕"),
    "disk": gettext_lazy("我們的檔案寫不進去"),
    "key": gettext_lazy("我們解不開密鑰"),
    "ours": gettext_lazy("我們的程式出錯"),
    "handed_back": gettext_lazy("對方退回"),
}


@dataclass(frozen=True)
class EndpointLine:
    """An endpoint and how it fares. `raised` when it has failed for longer than the rule allows."""

    id: UUID
    system: str
    kind: str
    address: str
    events: tuple[str, ...]
    is_live: bool
    waiting: int
    oldest: datetime | None
    last_sent: datetime | None
    failing_since: datetime | None
    because: str
    dead: int
    raised: bool


@dataclass(frozen=True)
class MessageLine:
    """A message that nobody took, or that came back."""

    event_id: UUID
    system: str
    event: str
    subject: str
    number: int | None
    at: datetime
    state: str
    state_words: str
    tries: int
    because: str
    given_up: str


@dataclass(frozen=True)
class TryLine:
    """One try: when, what the other side answered, how long it took."""

    at: datetime
    answer: str
    milliseconds: int


def endpoints(viewer: Viewer) -> tuple[EndpointLine, ...]:
    """Every endpoint of the viewer's county, live ones first; three statements."""
    with connection.cursor() as cursor:
        cursor.execute(ENDPOINTS_SQL, [viewer.county])
        rows = cursor.fetchall()
    names = {row.id: row.called for row in System.objects.filter(id__in=[row[5] for row in rows])} if rows else {}
    now = clock.now()
    late = now - silent_after(now, viewer.county)
    return tuple(_endpoint(row, names, now, late) for row in rows)


def _endpoint(row: tuple[Any, ...], names: dict[UUID, str], now: datetime, late: datetime) -> EndpointLine:
    id_, kind, address, events, ends_at, system_id, waiting, oldest, sent, since, because, dead = row
    return EndpointLine(
        id_, names[system_id], str(EndpointKind(kind).label), address, tuple(str(Told(one).label) for one in events),
        ends_at is None or ends_at > now, waiting, oldest, sent, since, why(because or ""), dead,
        since is not None and since <= late,
    )  # fmt: skip


def dead_messages(viewer: Viewer) -> tuple[MessageLine, ...]:
    """Messages put aside, the oldest first; at most `SHOWN`."""
    found = _of_county(viewer).filter(state=Going.DEAD).order_by("id")[:SHOWN]
    return tuple(_message(row) for row in found)


def message(viewer: Viewer, event_id: UUID) -> tuple[MessageLine, tuple[TryLine, ...]]:
    """One message with every try. Raises NotFound alike for what is not there and other counties'."""
    row = _of_county(viewer).filter(event_id=event_id).first()
    if row is None:
        raise NotFound(_("查無這則訊息。"))
    tries = Attempt.objects.filter(message_id=row.id).order_by("-at", "-id")[:SHOWN]
    return _message(row), tuple(TryLine(one.at, _answer(one), one.milliseconds) for one in tries)


def _of_county(viewer: Viewer) -> Any:
    return Outgoing.objects.select_related("endpoint__system").filter(endpoint__county_id=viewer.county)


def _message(row: Outgoing) -> MessageLine:
    return MessageLine(
        row.event_id, row.endpoint.system.called, str(Told(row.event).label) if row.event in Told.values else row.event,
        row.subject, row.number, row.at, row.state, str(Going(row.state).label), row.tries, why(row.because),
        str(GivenUp(row.given_up).label) if row.given_up else "",
    )  # fmt: skip


def _answer(one: Attempt) -> str:
    if not one.because:
        return _("收下了")
    return f"{why(one.because)} {one.status or ''}".strip()


def why(code: str) -> str:
    """Why a try failed, in words."""
    return str(WHY.get(code, code))
