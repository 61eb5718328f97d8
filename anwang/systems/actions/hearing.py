"""What other systems tell us: kept once, sealed, then understood by a job; the rest is kept and marked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.numbers import is_number
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies, sealed
from anwang.systems.events import ACKNOWLEDGED, HANDED_BACK, KNOWN_COMING, Coming, GivenUp, Going
from anwang.systems.models import EndpointSecret, Incoming, IncomingBody, Outgoing

MARKS = {ACKNOWLEDGED: "acknowledged_at", HANDED_BACK: "handed_back_at"}


@dataclass(frozen=True)
class EventIn:
    """A message as it came, read but not believed. `about_id` names the message of ours that it answers."""

    event_id: UUID
    event: str
    subject: str
    about_id: UUID | None
    number: int | None
    happened_at: datetime | None
    body: bytes


@transaction.atomic
def take_event(*, system_id: UUID, came: EventIn, by: Viewer, at: datetime) -> bool:
    """Keep a message for the county of `by`; whether it is new. The same id with other bytes is a Conflict."""
    sha256 = hashlib.sha256(came.body).hexdigest()
    known = Incoming.objects.filter(system_id=system_id, county_id=by.county, event_id=came.event_id)
    seen = known.values_list("sha256", flat=True).first()
    if seen is not None:
        if seen != sha256:
            raise Conflict(_("這個事件編號收過，內容不同。請另給編號。"))
        return False
    row = Incoming(
        id=uuid7(), system_id=system_id, county_id=by.county, event_id=came.event_id, event=came.event,
        subject=came.subject if is_number(came.subject) else "", about_id=came.about_id, number=came.number,
        sha256=sha256, happened_at=came.happened_at, received_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    text = came.body.decode("utf-8", "replace")
    IncomingBody(message=row, sealed=sealed.seal(text, "incoming", row.id)).save(force_insert=True)
    return True


def secrets_of(*, system_id: UUID, county: str, by: Viewer) -> tuple[bytes, ...]:
    """The secrets with which this system may sign now: those of its live endpoints. Only the service `events` reads."""
    rows = EndpointSecret.objects.filter(
        endpoint__system_id=system_id, endpoint__county_id=county, endpoint__ends_at=None
    )
    return tuple(sealed.unseal(row.sealed, "endpoint", row.endpoint_id).encode() for row in rows)


@transaction.atomic
def understand(*, message_id: UUID, by: Viewer, at: datetime) -> str:
    """Do what a message asks, once; returns its state. Run again it changes nothing."""
    row = Incoming.objects.select_for_update().get(id=message_id)
    if row.state != Coming.RECEIVED:
        return row.state
    state, because = _done(row, by, at)
    Incoming.objects.filter(id=row.id).update(state=state, because=because, done_at=at)
    return state


def _done(row: Incoming, by: Viewer, at: datetime) -> tuple[str, str]:
    if row.event not in KNOWN_COMING:
        return Coming.UNKNOWN, "unknown_type"
    mark = MARKS.get(row.event)
    if mark is None:
        return Coming.DONE, ""
    ours = Outgoing.objects.filter(
        event_id=row.about_id, endpoint__system_id=row.system_id, endpoint__county_id=row.county_id
    )
    if row.about_id is None or not ours.exists():
        return Coming.DEAD, "no_such_message"
    ours.filter(**{f"{mark}__isnull": True}).update(**{mark: at})
    if row.event == HANDED_BACK:  # somebody must look at it: it lies with those that nobody took
        for one in ours.select_for_update().filter(state=Going.SENT):
            Outgoing.objects.filter(id=one.id).update(state=Going.DEAD, because="handed_back", sent_at=None)
            record(
                "message.dead", by=by, at=at, matter_id=one.matter_id, subject_id=one.event_id, because="handed_back"
            )
    return Coming.DONE, ""


@transaction.atomic
def settle(*, message_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """A person looked at a message that the program could not use, and says what was done about it."""
    row = Incoming.objects.select_related("system").select_for_update(of=("self",)).filter(id=message_id).first()
    if row is None or row.county_id != by.county:
        raise NotFound(_("查無這則訊息。"))
    policies.may_keep(by, row.system).enforce()
    if row.state not in (Coming.UNKNOWN, Coming.DEAD):
        raise Conflict(_("這則訊息剛剛已經有人處理。請重新整理看最新情形。"))
    if reason not in GivenUp.values:
        raise BadInput(_("請選理由。"), field="reason")
    Incoming.objects.filter(id=row.id).update(state=Coming.SETTLED, settled=reason, done_at=clock.now())
    record("event.settled", by=by, at=at, subject_id=row.event_id, reason=reason)
