"""The roster and leave. They stand here and not in `directory` because who may write them is asked of `access`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Absence, Appointment, Desk, Shift
from anwang.directory.states import AbsenceKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies


@transaction.atomic
def add_shift(
    *, desk_id: UUID, worker_id: UUID, rank: int, starts_at: datetime, ends_at: datetime, by: Viewer
) -> Shift:
    """One line of the roster. Rank 1 answers first, 2 goes along, 3 is the supervisor on call."""
    policies.may_keep_roster(by, _desk(desk_id).unit_id).enforce()
    if ends_at <= starts_at:
        raise BadInput(_("下班時間要晚於上班時間。"), field="ends_at")
    same = Shift.objects.filter(desk_id=desk_id, rank=rank, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if same.exists():
        raise Conflict(_("這個班次已經有人。請先調開原來的人。"))
    made = Shift.objects.create(
        id=uuid7(), desk_id=desk_id, worker_id=worker_id, rank=rank, starts_at=starts_at, ends_at=ends_at
    )
    record("shift.added", by=by, at=starts_at, subject_id=made.id, desk=desk_id, worker=worker_id, rank=rank)
    return made


@transaction.atomic
def swap_shift(*, shift_id: UUID, worker_id: UUID, by: Viewer) -> None:
    """換班: somebody else stands this shift. What has begun changes by a hand-over, not here."""
    shift = Shift.objects.select_for_update(no_key=True, of=("self",)).filter(id=shift_id).first()
    if shift is None:
        raise NotFound(_("查無這個班次。"))
    policies.may_keep_roster(by, shift.desk.unit_id).enforce()
    if shift.starts_at <= clock.now():
        raise BadInput(_("這一班已經開始，請用值班交接。"))
    Shift.objects.filter(id=shift_id).update(worker_id=worker_id)
    record("shift.swapped", by=by, subject_id=shift_id, was=shift.worker_id, worker=worker_id)


@transaction.atomic
def add_absence(
    *, worker_id: UUID, covered_by_id: UUID, kind: AbsenceKind, starts_at: datetime, ends_at: datetime, by: Viewer
) -> Absence:
    """請假與職務代理. Nothing moves: the cover works the same list, and reads what the worker reads."""
    units = list(Appointment.objects.filter(live_worker=worker_id).values_list("unit_id", flat=True))
    if by.worker_id != worker_id:
        if not units:
            raise NotFound(_("查無這位在職的工作人員。"))
        policies.may_keep_roster(by, units[0]).enforce()
    if covered_by_id == worker_id:
        raise BadInput(_("代理人不能是本人。請選另一位同事。"), field="covered_by")
    if ends_at <= starts_at:
        raise BadInput(_("結束時間要晚於開始時間。"), field="ends_at")
    if not Appointment.objects.filter(live_worker=covered_by_id, live_unit__in=units).exists():
        raise BadInput(_("代理人要是同單位的同事。"), field="covered_by")
    if Absence.objects.filter(worker_id=worker_id, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Conflict(_("這段時間已經登記過請假。"))
    made = Absence.objects.create(
        id=uuid7(), worker_id=worker_id, covered_by_id=covered_by_id, kind=kind, starts_at=starts_at, ends_at=ends_at
    )
    record("absence.added", by=by, at=starts_at, subject_id=worker_id, cover=covered_by_id)
    return made


def _desk(desk_id: UUID) -> Desk:
    desk = Desk.objects.filter(id=desk_id).first()
    if desk is None:
        raise NotFound(_("查無這個值班台。"))
    return desk
