"""Who holds a new report: the centre that answers, and the desk or worker that acts now, by the roster."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Desk, Unit
from anwang.directory.queries import on_duty
from anwang.directory.states import Role, UnitKind
from anwang.foundation.errors import Refused
from anwang.matters.holder import Holder

SCREENING = (Role.SCREENER, Role.SCREENING_SUPERVISOR)


def intake_unit(county: str) -> UUID:
    """The unit that answers for every report of a county until it is dispatched."""
    unit = (
        Unit.objects.filter(jurisdiction_id=county, kind=UnitKind.INTAKE, live_public_id__isnull=False)
        .values_list("id", flat=True)
        .first()
    )
    if unit is None:
        raise Refused(_("這個縣市還沒有設定受理窗口。請洽系統管理人員。"))
    return unit


def acting(county: str, unit_id: UUID, at: datetime, by: Viewer) -> Holder:
    """Who acts on a report taken at `at`: the desk the taker keeps, the taker himself at the centre, else the desk
    on duty (the centre's before the county's), else whoever screens at the centre."""
    staffed = [place for place in on_duty(county, at) if place.worker_id is not None]
    mine = next((place for place in staffed if place.desk_id in by.desks), None)
    if mine is None and by.worker_id and unit_id in by.units:
        return Holder(unit_id, by.worker_id)
    first = mine or next((place for place in staffed if place.unit_id == unit_id), staffed[0] if staffed else None)
    if first is not None:
        return Holder(first.unit_id, desk_id=first.desk_id)
    return _by_day(county, unit_id)


def _by_day(county: str, unit_id: UUID) -> Holder:
    desk = Desk.objects.filter(unit_id=unit_id).values_list("id", flat=True).first()
    if desk is not None:
        return Holder(unit_id, desk_id=desk)
    screener = (
        Appointment.objects.filter(unit_id=unit_id, role__in=SCREENING, ended_at__isnull=True)
        .order_by("role", "started_at")
        .values_list("worker_id", flat=True)
        .first()
    )
    if screener is not None:
        return Holder(unit_id, screener)
    night = Desk.objects.filter(unit__jurisdiction_id=county, covers_county=True).values("id", "unit_id").first()
    if night is None:
        raise Refused(_("受理窗口現在沒有人。請先設定篩派案人員或值班台。"))
    return Holder(night["unit_id"], desk_id=night["id"])
