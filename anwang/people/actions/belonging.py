"""Kinship, households and case-families: three things, none of which gives access to anything."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.people import policies
from anwang.people.models import Family, FamilyMember, Household, HouseholdMember, Kinship
from anwang.people.states import Source

from .persons import require

FAMILY_LETTER = "H"
"""案家. F is the family coordination, a matter."""


@transaction.atomic
def relate(
    *,
    person_id: UUID,
    relation: str,
    to_id: UUID,
    source: str = Source.SAID,
    since_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> Kinship:
    """`person_id` is the `relation` (`Kin`) of `to_id`. A divorce is another edge; the old one stays."""
    if person_id == to_id:
        raise BadInput(_("請選另外一個人。"), field="to_id")
    require(person_id, by)
    require(to_id, by)
    edge = Kinship(
        id=uuid7(),
        person_id=person_id,
        relation=relation,
        to_id=to_id,
        source=source,
        since_on=since_on,
        recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )
    edge.save(force_insert=True)
    record("person.related", by=by, at=at, subject_id=person_id, other=to_id, source=source)
    return edge


@transaction.atomic
def put_in_household(
    *,
    person_id: UUID,
    household_id: UUID | None = None,
    source: str = Source.SAID,
    area_code: str = "",
    since_on: date | None = None,
    note: str = "",
    by: Viewer,
    at: datetime,
) -> HouseholdMember:
    """A person lives in a household (a new one when none is named), according to its source.

    One source puts a person into one household at a time: the former membership by that source ends.
    """
    require(person_id, by)
    now = clock.now()
    if household_id is None:
        household_id = uuid7()
        Household(id=household_id, source=source, area_code=area_code, recorded_at=now).save(force_insert=True)
    else:
        source = _source_of(household_id) or source
    former = HouseholdMember.objects.filter(person_id=person_id, household__source=source, until_on__isnull=True)
    former.update(until_on=since_on or clock.local(at).date())
    member = HouseholdMember(
        id=uuid7(),
        household_id=household_id,
        person_id=person_id,
        since_on=since_on,
        note=note,
        recorded_at=now,
    )
    member.save(force_insert=True)
    record("household.joined", by=by, at=at, subject_id=person_id, household=household_id, source=source)
    return member


@transaction.atomic
def open_family(*, label: str, county: str, by: Viewer, at: datetime, continues_id: UUID | None = None) -> Family:
    """Open the file of a case-family (案家). Nobody is counted in by this; see `count_in`.

    `continues_id` is the family this one was split from: it receives nothing of the new one from now on.
    """
    policies.may_add_person(by).enforce()
    if not label.strip():
        raise BadInput(_("請填怎麼稱呼這一家，例如高玉蘭家。"), field="label")
    number = new_number(FAMILY_LETTER, clock.local(at).year - 1911)
    family = Family(
        id=uuid7(),
        number=number,
        label=label.strip(),
        county=county,
        continues_id=continues_id,
        recorded_at=clock.now(),
    )
    family.save(force_insert=True)
    record("family.opened", by=by, at=at, subject_id=family.id, continues=continues_id)
    return family


@transaction.atomic
def count_in(
    *, family_id: UUID, person_id: UUID, since_on: date | None = None, by: Viewer, at: datetime
) -> FamilyMember:
    """Count a person into a case-family. He may be in several; it lets nobody read anything."""
    require(person_id, by)
    if FamilyMember.objects.filter(family_id=family_id, person_id=person_id, until_on__isnull=True).exists():
        raise Conflict(_("這個人已經算在這一家。"))
    member = FamilyMember(
        id=uuid7(),
        family_id=family_id,
        person_id=person_id,
        since_on=since_on or clock.local(at).date(),
        decided_by=by.worker_id,
        recorded_at=clock.now(),
    )
    member.save(force_insert=True)
    record("family.counted_in", by=by, at=at, subject_id=person_id, family=family_id)
    return member


@transaction.atomic
def count_out(*, family_id: UUID, person_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The person no longer counts in, from a day on. Cases of his are not touched."""
    require(person_id, by)
    live = FamilyMember.objects.filter(family_id=family_id, person_id=person_id, until_on__isnull=True)
    if not live.update(until_on=until_on or clock.local(at).date()):
        raise NotFound(_("這個人現在沒有算在這一家。"))
    record("family.counted_out", by=by, at=at, subject_id=person_id, family=family_id)


def _source_of(household_id: UUID) -> str | None:
    return Household.objects.filter(id=household_id).values_list("source", flat=True).first()
