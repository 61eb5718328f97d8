"""Where people are, where they hide, how to reach them and what to beware of. Dated rows: a change ends the old one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.people import seals
from anwang.people.models import Address, ContactPoint, SafetyAddress, Shield, WorkerRisk
from anwang.people.states import Source, YesNoUnknown

from .persons import require
from .planning import address_of, contact_of, hide_addresses


@transaction.atomic
def add_address(
    *,
    person_id: UUID,
    kind: str,
    text: str,
    source: str = Source.SAID,
    area_code: str = "",
    since_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> Address:
    """An address of a kind according to a source. The former one of the same kind and source ends the same day.

    When the place is one where this person, or somebody he shares a file or a home with, is hiding, the row is kept
    but only the safety zone reads it. The caller is not told: being told would answer a guess.
    """
    require(person_id, by)
    address = address_of(person_id, kind, text, source=source, area_code=area_code, since_on=since_on, by=by)
    ends_on = since_on or clock.local(at).date()
    Address.objects.filter(person_id=person_id, kind=kind, source=source, until_on__isnull=True).update(
        until_on=ends_on
    )
    address.is_hidden = _is_hiding_place(person_id, bytes(address.lookup))
    if address.is_hidden:
        address.text = seals.hidden(address.text, address.id)
    address.save(force_insert=True)
    record("person.address_added", by=by, at=at, subject_id=person_id, kind=kind, source=source)
    return address


@transaction.atomic
def add_safety_address(*, person_id: UUID, text: str, ask_whom: str, by: Viewer, at: datetime) -> SafetyAddress:
    """Where a person hides: sealed, and the person is shielded from now on.

    `ask_whom` (a unit and a number) is what everybody else is shown. Known current addresses that are the same place,
    of this person and of whoever shares a file or a home with him, go into the safety zone too.
    """
    require(person_id, by)
    if not text.strip() or not ask_whom.strip():
        raise BadInput(_("請填安全地址，和別人可以洽詢的單位電話。"), field="text" if not text.strip() else "ask_whom")
    safety_id, now, lookup = uuid7(), clock.now(), seals.place_lookup(text)
    SafetyAddress.objects.filter(person_id=person_id, until_at__isnull=True).update(until_at=at)
    address = SafetyAddress(
        id=safety_id,
        person_id=person_id,
        sealed_text=seals.seal(text.strip(), "safety_address.text", safety_id),
        lookup=lookup,
        ask_whom=ask_whom.strip(),
        since_at=at,
        recorded_at=now,
        recorded_by=by.worker_id,
    )
    address.save(force_insert=True)
    shield(person_id=person_id, ask_whom=ask_whom, by=by, at=at)
    record("person.safety_address_added", by=by, at=at, subject_id=person_id)
    return address


@transaction.atomic
def shield(*, person_id: UUID, ask_whom: str, by: Viewer, at: datetime) -> Shield:
    """Keep the person's whereabouts from everybody outside the safety zone, and look again at every known address.

    Imports call this after writing addresses: lists from elsewhere arrive with the new address in them.
    """
    require(person_id, by)
    Shield.objects.filter(person_id=person_id, until_at__isnull=True).update(until_at=at)
    row = Shield(
        id=uuid7(),
        person_id=person_id,
        ask_whom=ask_whom.strip(),
        since_at=at,
        recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )
    row.save(force_insert=True)
    hide_addresses([person_id])
    record("person.shielded", by=by, at=at, subject_id=person_id)
    return row


@transaction.atomic
def add_contact_point(
    *,
    person_id: UUID,
    kind: str,
    value: str,
    is_safe: str = YesNoUnknown.UNKNOWN,
    safe_when: str = "",
    name_to_use: str = "",
    may_leave_message: str = YesNoUnknown.UNKNOWN,
    by: Viewer,
    at: datetime,
) -> ContactPoint:
    """A way to reach a person together with when, under what name and whether to leave a message.

    The same number again replaces what was noted about it.
    """
    require(person_id, by)
    contact = contact_of(person_id, kind, value, is_safe=is_safe, safe_when=safe_when, name_to_use=name_to_use,
                         may_leave_message=may_leave_message, by=by)  # fmt: skip
    same = ContactPoint.objects.filter(person_id=person_id, lookup=contact.lookup, until_on__isnull=True)
    same.update(until_on=clock.local(at).date())
    contact.save(force_insert=True)
    record("person.contact_added", by=by, at=at, subject_id=person_id, kind=kind, is_safe=is_safe)
    return contact


@transaction.atomic
def add_risk(
    *,
    person_id: UUID,
    kind: str,
    words: str = "",
    go_in_pairs: bool = False,
    since_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> WorkerRisk:
    """What colleagues must know before the door. `kind` is a code; `words` are shown before the address."""
    require(person_id, by)
    if not kind:
        raise BadInput(_("請選是哪一種風險。"), field="kind")
    risk = WorkerRisk(
        id=uuid7(),
        person_id=person_id,
        kind=kind,
        words=words,
        go_in_pairs=go_in_pairs,
        since_on=since_on or clock.local(at).date(),
        recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )
    risk.save(force_insert=True)
    record("person.risk_added", by=by, at=at, subject_id=person_id, kind=kind, in_pairs=go_in_pairs)
    return risk


def _is_hiding_place(person_id: UUID, lookup: bytes) -> bool:
    if not lookup:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_is_hiding_place(%s, %s)", [person_id, lookup])
        return bool(cursor.fetchone()[0])
