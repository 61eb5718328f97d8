"""Who holds a new report: the centre that answers, and the desk or worker that acts now, by the roster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.questions import Question
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import Role, UnitKind
from anwang.foundation.errors import Refused
from anwang.matters.actions.moves import reads_until
from anwang.matters.holder import Holder

SCREENING = (Role.SCREENER, Role.SCREENING_SUPERVISOR)
# The centre of a county with every desk there, and whether somebody keeps it now: a roster may have a gap. Asked by
# desk and by the range, as the roster is indexed (OFFSET: else every desk of the nation is read at once).
PLACE_SQL = """
SELECT c.id AS centre_id, d.id, d.unit_id, d.is_public, d.covers_county, d.is_kept
  FROM (SELECT id FROM directory_unit
         WHERE jurisdiction_id = %s AND kind = %s AND live_public_id IS NOT NULL ORDER BY id LIMIT 1) c
  LEFT JOIN (
    SELECT d.id, d.unit_id, u.is_public, d.covers_county, d.name, u.closed_on IS NULL AND EXISTS (
             SELECT 1 FROM directory_shift s
              WHERE s.desk_id = d.id AND tstzrange(s.starts_at, s.ends_at) @> n.at
                AND NOT EXISTS (SELECT 1 FROM directory_absence a WHERE a.worker_id = s.worker_id
                                   AND a.starts_at <= n.at AND a.ends_at > n.at) OFFSET 0) AS is_kept
      FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id, (SELECT %s::timestamptz AS at) n
     WHERE u.jurisdiction_id = %s) d ON true
 ORDER BY d.covers_county DESC, d.name, d.id
"""


@dataclass(frozen=True)
class Desk:
    """A duty desk of the county."""

    id: UUID
    unit_id: UUID
    is_public: bool
    covers_county: bool
    is_kept: bool


@dataclass(frozen=True)
class Place:
    """Where the reports of a county go now."""

    centre_id: UUID
    acting: Holder
    is_public: bool | None
    """Whether an authority acts; None where it has not been read."""
    night_desks: tuple[UUID, ...]

    def reads_until(self, at: datetime) -> datetime | None:
        """Until when who acts from `at` on reads; refuses whoever may not act."""
        return reads_until(self.acting, self.centre_id, at, is_public=self.is_public)


def intake_unit(county: str) -> UUID:
    """The unit that answers for every report of a county until it is dispatched."""
    unit = (
        Unit.objects.filter(jurisdiction_id=county, kind=UnitKind.INTAKE, live_public_id__isnull=False)
        .values_list("id", flat=True)
        .first()
    )
    if unit is None:
        raise _nowhere()
    return unit


def which_desks(county: str, at: datetime) -> Question:
    """What `place` must know."""
    return Question(PLACE_SQL, [county, UnitKind.INTAKE.value, at, county])


def place(found: list[dict[str, Any]], by: Viewer) -> Place:
    """The centre and who acts, from what `which_desks` found; a county without any desk is asked once more."""
    if not found:
        raise _nowhere()
    centre_id = UUID(found[0]["centre_id"])
    desks = [
        Desk(UUID(row["id"]), UUID(row["unit_id"]), row["is_public"], row["covers_county"], row["is_kept"])
        for row in found
        if row["id"] is not None
    ]
    acting = _acting(centre_id, desks, by)
    public = {desk.unit_id: desk.is_public for desk in desks} | {centre_id: True}
    night = tuple(desk.id for desk in desks if desk.covers_county)
    return Place(centre_id, acting, public.get(acting.unit_id), night)


def _acting(centre_id: UUID, desks: list[Desk], by: Viewer) -> Holder:
    """The desk the taker keeps, the taker himself at the centre, else the desk on duty (the centre's before the
    county's), else whoever screens at the centre."""
    kept = [desk for desk in desks if desk.is_kept]
    mine = next((desk for desk in kept if desk.id in by.desks), None)
    if mine is None and by.worker_id and centre_id in by.units:
        return Holder(centre_id, by.worker_id)
    first = mine or next((desk for desk in kept if desk.unit_id == centre_id), kept[0] if kept else None)
    if first is not None:
        return Holder(first.unit_id, desk_id=first.id)
    return _by_day(centre_id, desks)


def _by_day(centre_id: UUID, desks: Iterable[Desk]) -> Holder:
    by_age = sorted(desks, key=lambda desk: desk.id)
    own = next((desk for desk in by_age if desk.unit_id == centre_id), None)
    if own is not None:
        return Holder(centre_id, desk_id=own.id)
    screener = (
        Appointment.objects.filter(unit_id=centre_id, role__in=SCREENING, ended_at__isnull=True)
        .order_by("role", "started_at")
        .values_list("worker_id", flat=True)
        .first()
    )
    if screener is not None:
        return Holder(centre_id, screener)
    night = next((desk for desk in by_age if desk.covers_county), None)
    if night is None:
        raise Refused(_("受理窗口現在沒有人。請先設定篩派案人員或值班台。"))
    return Holder(night.unit_id, desk_id=night.id)


def _nowhere() -> Refused:
    return Refused(_("這個縣市還沒有設定受理窗口。請洽系統管理人員。"))
