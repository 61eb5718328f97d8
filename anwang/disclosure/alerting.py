"""Alerts without names: a number for the reader's supervisor and for the privacy officers of the county."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.states import SUPERVISING_POST, Role
from anwang.disclosure.models import Alert
from anwang.disclosure.states import AlertKind
from anwang.foundation.uuid7 import uuid7


def tell(*, number: str, kind: AlertKind, unit_id: UUID | None, county: str, at: datetime) -> None:
    """Raise an alert at the unit's supervisors and at every privacy officer's post of the county."""
    posts = [(unit, str(Role.PRIVACY_OFFICER)) for unit in officers_units(county)]
    if unit_id:
        posts.append((unit_id, SUPERVISING_POST))
    Alert.objects.bulk_create(
        [
            Alert(id=uuid7(), number=number, kind=kind, to_unit_id=unit, to_role=role, raised_at=at)
            for unit, role in posts
        ],
        ignore_conflicts=True,
    )


def tell_officers(*, number: str, by: Viewer, at: datetime) -> None:
    """Somebody looks up more people than anybody needs in an hour."""
    tell(number=number, kind=AlertKind.BULK, unit_id=by.unit_id, county=by.county, at=at)


def officers_units(county: str) -> list[UUID]:
    """Units of a county with a privacy officer in post."""
    live = Appointment.objects.filter(role=Role.PRIVACY_OFFICER, ended_at=None, unit__jurisdiction_id=county)
    return list(live.order_by("unit_id").values_list("unit_id", flat=True).distinct())
