"""Ending what was true: the row stays, with the day until which it was so."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people.models import (
    Address,
    ContactPoint,
    HouseholdMember,
    Kinship,
    SafetyAddress,
    Shield,
    WorkerRisk,
)

from .persons import require


@transaction.atomic
def end_address(*, address_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The person no longer is at this address."""
    _end(Address, address_id, "person.address_ended", until_on, by, at)


@transaction.atomic
def end_contact_point(*, contact_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The number no longer reaches the person."""
    _end(ContactPoint, contact_id, "person.contact_ended", until_on, by, at)


@transaction.atomic
def end_risk(*, risk_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The risk is over; it is still listed as past."""
    _end(WorkerRisk, risk_id, "person.risk_ended", until_on, by, at)


@transaction.atomic
def end_relation(*, kinship_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The relation ended (a cohabitation, a guardianship). Descent never does; a divorce is a further edge."""
    _end(Kinship, kinship_id, "person.relation_ended", until_on, by, at)


@transaction.atomic
def leave_household(*, member_id: UUID, until_on: date | None = None, by: Viewer, at: datetime) -> None:
    """The person no longer lives in the household, according to the household's source."""
    _end(HouseholdMember, member_id, "household.left", until_on, by, at)


@transaction.atomic
def end_safety_address(*, safety_id: UUID, by: Viewer, at: datetime) -> None:
    """The person left the hiding place. The place itself stays secret for ever, and the person shielded."""
    _end(SafetyAddress, safety_id, "person.safety_address_ended", at, by, at, field="until_at")


@transaction.atomic
def end_shield(*, shield_id: UUID, by: Viewer, at: datetime) -> None:
    """The person's whereabouts need no closed door any more. Hidden rows stay hidden."""
    _end(Shield, shield_id, "person.shield_ended", at, by, at, field="until_at")


def _end(
    model: type[models.Model],
    row_id: UUID,
    verb: str,
    until: date | datetime | None,
    by: Viewer,
    at: datetime,
    field: str = "until_on",
) -> None:
    live = model._default_manager.filter(id=row_id, **{f"{field}__isnull": True})
    person_id = live.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound(_("這一筆不在，或已經結束。"))
    require(person_id, by)
    live.update(**{field: until or clock.local(at).date()})
    record(verb, by=by, at=at, subject_id=person_id, row=row_id)
