"""What the job that sends writes down, and what people do about messages that could not be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies, sealed
from anwang.systems.events import EndpointKind, GivenUp, Going
from anwang.systems.models import Attempt, Endpoint, EndpointSecret, Outgoing
from anwang.systems.timing import patience

TURN = 7028
"""First half of the advisory locks that let one process at a time send to an endpoint."""
AT_ONCE = 500
NUMBER_SQL = """
WITH fresh AS (
  SELECT id, row_number() OVER (ORDER BY id) AS n FROM systems_outgoing
   WHERE endpoint_id = %(endpoint)s AND number IS NULL AND state = 'waiting' ORDER BY id LIMIT %(most)s)
UPDATE systems_outgoing o SET number = %(last)s + fresh.n, day = %(day)s FROM fresh WHERE o.id = fresh.id
"""


@contextmanager
def turn(endpoint_id: UUID, *, by: Viewer) -> Iterator[bool]:
    """Whether it is this process's turn to send to the endpoint; ends by itself when the process or its server dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [TURN, str(endpoint_id)])
        row = cursor.fetchone()
    is_mine = bool(row and row[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [TURN, str(endpoint_id)])


@transaction.atomic
def number_waiting(*, endpoint_id: UUID, by: Viewer, at: datetime) -> int:
    """Give the next numbers, without gaps, to what was written since; returns how many.

    Numbers are given here and not on writing: transactions do not end in the order in which they wrote.
    """
    # Not FOR UPDATE: acts that write messages hold the endpoint's key, and must not wait for a delivery.
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(id=endpoint_id)
    day = _day(endpoint, at) if endpoint.kind == EndpointKind.FILE else None
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_SQL, {"endpoint": endpoint_id, "most": AT_ONCE, "last": endpoint.numbered, "day": day})
        count = cursor.rowcount
    if count:
        Endpoint.objects.filter(id=endpoint_id).update(numbered=F("numbered") + count)
    return count


def _day(endpoint: Endpoint, at: datetime) -> object:
    """Today; not before the last day that has a file, unless that day is so far off that the clock was wrong."""
    today = clock.local(at).date()
    last = Outgoing.objects.filter(endpoint=endpoint, day__isnull=False).order_by("-number").values_list("day").first()
    return last[0] if last and today < last[0] <= today + timedelta(days=1) else today


@transaction.atomic
def note_attempt(
    *, message_id: int, status: int | None, because: str, milliseconds: int, by: Viewer, at: datetime
) -> str:
    """What came of one try; returns the message's state. Too many failures and it is put aside as dead."""
    row = Outgoing.objects.select_related("endpoint").select_for_update(of=("self",)).get(id=message_id)
    Attempt(
        id=uuid7(), message=row, at=at, status=status, because=because, milliseconds=milliseconds
    ).save(force_insert=True)  # fmt: skip
    if row.state != Going.WAITING:
        return row.state
    mine = Outgoing.objects.filter(id=message_id)
    if not because:
        mine.update(state=Going.SENT, sent_at=at, tries=F("tries") + 1, try_at=None, failing_since=None, because="")
        return Going.SENT
    rule = patience(at, row.endpoint.county_id)
    failed = row.tries + 1
    state = Going.DEAD if failed >= rule.tries else Going.WAITING
    mine.update(
        state=state, tries=failed, try_at=at + rule.wait(failed), because=because,
        failing_since=Coalesce("failing_since", at),
    )  # fmt: skip
    if state == Going.DEAD:
        record("message.dead", by=by, at=at, matter_id=row.matter_id, subject_id=row.event_id, because=because)
    return state


@transaction.atomic
def note_written(*, message_ids: Iterable[int], by: Viewer, at: datetime) -> int:
    """Messages that now stand in a file that is whole; returns how many were new."""
    waiting = Outgoing.objects.filter(id__in=list(message_ids), state=Going.WAITING)
    return waiting.update(
        state=Going.SENT, sent_at=at, tries=F("tries") + 1, try_at=None, failing_since=None, because=""
    )  # fmt: skip


@transaction.atomic
def note_stuck(*, endpoint_id: UUID, because: str, by: Viewer, at: datetime) -> int:
    """Nothing can be sent there for a reason of our own (`disk`, `key`): it is failing, but no try counts."""
    waiting = Outgoing.objects.filter(endpoint_id=endpoint_id, state=Going.WAITING)
    return waiting.update(failing_since=Coalesce("failing_since", at), because=because)


@transaction.atomic
def drop_what_has_no_address(*, by: Viewer, at: datetime) -> int:
    """Messages of endpoints that were ended, or whose system was, while they were written; returns how many."""
    ended = Q(endpoint__ends_at__lte=at) | Q(endpoint__system__retired_at__lte=at)
    gone = list(Outgoing.objects.select_for_update(of=("self",)).filter(ended, state=Going.WAITING))
    ids = [one.id for one in gone]
    if ids:
        Outgoing.objects.filter(id__in=ids).update(state=Going.GIVEN_UP, given_up=GivenUp.ENDPOINT_GONE)
    for one in gone:
        record("message.given_up", by=by, at=at, matter_id=one.matter_id, subject_id=one.event_id,
               reason=GivenUp.ENDPOINT_GONE)  # fmt: skip
    return len(ids)


def secret_of(*, endpoint_id: UUID, by: Viewer) -> bytes:
    """The secret of an endpoint, for the service that signs; nobody else's row opens."""
    row = EndpointSecret.objects.get(endpoint_id=endpoint_id)
    return sealed.unseal(row.sealed, "endpoint", endpoint_id).encode()


@transaction.atomic
def send_again(*, event_id: UUID, by: Viewer, at: datetime) -> None:
    """Try a dead message anew, before those after it."""
    row = _dead(event_id, by)
    Outgoing.objects.filter(id=row.id).update(state=Going.WAITING, tries=0, try_at=None, failing_since=None)
    record("message.sent_again", by=by, at=at, matter_id=row.matter_id, subject_id=event_id)


@transaction.atomic
def give_up(*, event_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Send a dead message no more, for a coded reason."""
    row = _dead(event_id, by)
    if reason not in GivenUp.values:
        raise BadInput(_("請選不再送的理由。"), field="reason")
    Outgoing.objects.filter(id=row.id).update(state=Going.GIVEN_UP, given_up=reason)
    record("message.given_up", by=by, at=at, matter_id=row.matter_id, subject_id=event_id, reason=reason)


def _dead(event_id: UUID, by: Viewer) -> Outgoing:
    found = Outgoing.objects.select_related("endpoint__system").select_for_update(of=("self",))
    row = found.filter(event_id=event_id).first()
    if row is None or row.endpoint.county_id != by.county:
        raise NotFound(_("查無這則訊息。"))
    policies.may_keep(by, row.endpoint.system).enforce()
    if row.state != Going.DEAD:
        raise Conflict(_("這則訊息剛剛已經有人處理。請重新整理看最新情形。"))
    return row
