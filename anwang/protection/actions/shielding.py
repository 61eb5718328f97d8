"""Keeping somebody's whereabouts: on what ground, against whom, which places. `people` closes the doors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.models import Involvement
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.people import actions as people
from anwang.people.models import Shield
from anwang.people.states import AddressKind, ContactKind, Source, YesNoUnknown
from anwang.protection import events, policies, rules, seals
from anwang.protection.models import ShieldedPlace, Shielding, ShieldingAgainst
from anwang.protection.queries.people import standing_in
from anwang.protection.states import PlaceWhat


@dataclass(frozen=True, kw_only=True)
class ShieldGiven:
    """Whom, on what ground, against whom. Children are given with her: each stands for himself."""

    persons: Collection[UUID]
    kind: str
    against: Collection[UUID]
    ask_whom: str
    basis: str = ""
    until_on: date | None = None


@transaction.atomic
def shield(*, matter_id: UUID, given: ShieldGiven, by: Viewer, at: datetime) -> tuple[Shielding, ...]:
    """去處保密 from `at`. A later one of the same person on another ground stands beside the first."""
    policies.may_shield(by, matter_id).enforce()
    _check(matter_id, given, at)
    made = []
    for person_id in given.persons:
        people.shield(person_id=person_id, ask_whom=given.ask_whom, by=by, at=at)
        row = Shielding(
            id=uuid7(), matter_id=matter_id, person_id=person_id, kind=given.kind, basis=given.basis.strip(),
            ask_whom=given.ask_whom.strip(), since_at=at, until_on=given.until_on, recorded_at=clock.now(),
            recorded_by=by.worker_id,
        )  # fmt: skip
        row.save(force_insert=True)
        ShieldingAgainst.objects.bulk_create(
            [ShieldingAgainst(id=uuid7(), shielding=row, matter_id=matter_id, person_id=one) for one in given.against]
        )
        made.append(row)
        facts = {"expires_at": rules.expires_at(given.until_on)} if given.until_on else {}
        if facts:
            happened(matter_id=matter_id, event=events.SHIELD_SET, at=at, by=by, facts=facts, subject_id=person_id)
        record("shield.set", by=by, at=at, matter_id=matter_id, subject_id=person_id, shield_kind=given.kind)
    keep()
    return tuple(made)


@transaction.atomic
def cover_place(
    *, shielding_id: UUID, what: str, text: str, by: Viewer, at: datetime, safe_when: str = "", name_to_use: str = ""
) -> ShieldedPlace:
    """A place nobody outside the safety zone may read: written into `people` and hidden there, with its likes."""
    row = _kept(shielding_id, by)
    if what not in PlaceWhat.values or not text.strip():
        raise BadInput(_("請選是哪一種地方，並填上內容。"), field="text" if what in PlaceWhat.values else "what")
    place_id = uuid7()
    place = ShieldedPlace(
        id=place_id, shielding=row, matter_id=row.matter_id, person_id=row.person_id, what=what,
        row_id=_into_people(row, what, text, safe_when, name_to_use, by, at),
        sealed_text=seals.seal(text.strip(), "shielded_place.text", place_id), since_at=at, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip
    place.save(force_insert=True)
    record("shield.place_covered", by=by, at=at, matter_id=row.matter_id, subject_id=row.person_id)
    return place


@transaction.atomic
def review_shield(*, shielding_id: UUID, until_on: date | None, by: Viewer, at: datetime) -> None:
    """Somebody looked at it before its end: it goes on, until another day or without one."""
    row = _kept(shielding_id, by)
    if until_on is not None and until_on <= clock.local(at).date():
        raise BadInput(_("新的期滿日要在今天之後。要結束請用結束保密。"), field="until_on")
    row.until_on, row.reviewed_at = until_on, at
    row.save(update_fields=["until_on", "reviewed_at"])
    _tell(row, events.SHIELD_REVIEWED, at, by)
    if until_on is not None:
        facts = {"expires_at": rules.expires_at(until_on)}
        happened(matter_id=row.matter_id, event=events.SHIELD_SET, at=at, by=by, facts=facts, subject_id=row.person_id)
    record("shield.reviewed", by=by, at=at, matter_id=row.matter_id, subject_id=row.person_id)
    keep()


@transaction.atomic
def end_shield(*, shielding_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """It is over, for a reason. With the last ground of a person the door in `people` opens as well."""
    row = _kept(shielding_id, by)
    if not because.strip():
        raise BadInput(_("請寫為什麼不用再保密、跟她談過什麼。"), field="because")
    row.ended_at, row.ended_because = at, because.strip()
    row.save(update_fields=["ended_at", "ended_because"])
    ShieldedPlace.objects.filter(shielding=row, until_at=None).update(until_at=at)
    if not Shielding.objects.filter(person_id=row.person_id, ended_at=None).exists():
        for shield_id in Shield.objects.filter(person_id=row.person_id, until_at=None).values_list("id", flat=True):
            people.end_shield(shield_id=shield_id, by=by, at=at)
    _tell(row, events.SHIELD_ENDED, at, by)
    record("shield.ended", by=by, at=at, matter_id=row.matter_id, subject_id=row.person_id)
    keep()


def _check(matter_id: UUID, given: ShieldGiven, at: datetime) -> None:
    on = clock.local(at).date()
    if rules.code(rules.SHIELD_KIND, given.kind, on) is None:
        raise BadInput(_("請選保密的依據。"), field="kind")
    people_here = set(standing_in(matter_id))
    if not given.persons or not set(given.persons) <= people_here:
        raise BadInput(_("請勾要替誰保密。小孩也要勾。"), field="persons")
    if set(given.against) & set(given.persons):
        raise BadInput(_("同一個人不能又保密又防。請再看一次。"), field="against")
    known = set(Involvement.objects.filter(person_id__in=list(given.against)).values_list("person_id", flat=True))
    if known != set(given.against):
        raise NotFound(_("查無要防的人。請先把他登錄在通報或案件裡。"))
    if not given.ask_whom.strip():
        raise BadInput(_("請填別人可以洽詢的單位電話，不要寫她的縣市。"), field="ask_whom")
    if given.until_on is not None and given.until_on < on:
        raise BadInput(_("期滿日不能早於開始。"), field="until_on")


def _into_people(
    row: Shielding, what: str, text: str, safe_when: str, name_to_use: str, by: Viewer, at: datetime
) -> UUID | None:
    """The row of `people` that holds the place; a hiding place and a county have none to cover."""
    if what == PlaceWhat.ADDRESS:
        people.add_safety_address(person_id=row.person_id, text=text, ask_whom=row.ask_whom, by=by, at=at)
        return None
    if what == PlaceWhat.PHONE:
        contact = people.add_contact_point(
            person_id=row.person_id, kind=ContactKind.MOBILE, value=text, is_safe=YesNoUnknown.YES,
            safe_when=safe_when, name_to_use=name_to_use, by=by, at=at,
        )  # fmt: skip
        return contact.id
    if what in (PlaceWhat.SCHOOL, PlaceWhat.WORK):
        kind = AddressKind.SCHOOL if what == PlaceWhat.SCHOOL else AddressKind.WORK
        address = people.add_address(person_id=row.person_id, kind=kind, text=text, source=Source.AGENCY, by=by, at=at)
        return address.id
    return None


def _kept(shielding_id: UUID, by: Viewer) -> Shielding:
    row = Shielding.objects.select_for_update().filter(id=shielding_id).first()
    if row is None:
        raise NotFound(_("查無這個保密。"))
    policies.may_shield(by, row.matter_id).enforce()
    if row.ended_at is not None:
        raise Conflict(_("這個保密已經結束。"))
    return row


def _tell(row: Shielding, event: str, at: datetime, by: Viewer) -> None:
    happened(matter_id=row.matter_id, event=event, at=at, by=by, subject_id=row.person_id)
