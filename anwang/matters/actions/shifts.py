"""值班交接: who stands at a desk changes at shift time; what the night's worker held himself goes with it.

A desk that acts answers through its roster, so nothing moves when the roster changes. What the giver took on himself
(a child in his car) moves to whoever takes over, at the effective instant, when the receiver signs.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Desk, Shift
from anwang.directory.queries import has_post
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, ShiftHandover, ShiftHandoverItem
from anwang.matters.promises import keep
from anwang.matters.states import How

from .moves import move_all


@transaction.atomic
def change_shift(
    *, desk_id: UUID, from_worker_id: UUID, to_worker_id: UUID, effective_at: datetime, by: Viewer
) -> ShiftHandover:
    """Write the sheet and sign it: by the giver before he goes, or by the receiver when he comes to an empty desk.

    The sheet lists every open matter of the desk and those the giver took on during his shift. Signed by the
    receiver, the latter move at `effective_at` (which may be earlier than the signature: 08:52 for 08:30).
    """
    desk = Desk.objects.filter(id=desk_id).first()
    if desk is None:
        raise NotFound(_("查無這個值班台。"))
    sheet = ShiftHandover(
        id=uuid7(), desk=desk, from_worker_id=from_worker_id, to_worker_id=to_worker_id, effective_at=effective_at,
        recorded_at=clock.now(),
    )  # fmt: skip
    policies.may_change_shift(by, sheet, desk.unit_id).enforce()
    if from_worker_id == to_worker_id:
        raise BadInput(_("交班和接班不能是同一個人。"), field="to_worker")
    if ShiftHandover.objects.filter(desk=desk, effective_at=effective_at).exists():
        raise Conflict(_("這一班的交接單已經有了。請開啟它簽名。"))
    sheet.save(force_insert=True)
    personal = list(_taken_on_shift(sheet).values_list("id", flat=True))
    of_desk = Matter.objects.filter(acting_desk=desk, ended_at=None).values_list("id", flat=True)
    ShiftHandoverItem.objects.bulk_create(
        [ShiftHandoverItem(handover=sheet, matter_id=one, is_personal=True) for one in personal]
        + [ShiftHandoverItem(handover=sheet, matter_id=one, is_personal=False) for one in of_desk]
    )
    record("shift.sheet_written", by=by, at=effective_at, desk=desk_id, sheet=sheet.id, personal=len(personal))
    return sign_shift(handover_id=sheet.id, at=clock.now(), by=by)


@transaction.atomic
def sign_shift(*, handover_id: UUID, at: datetime, by: Viewer) -> ShiftHandover:
    """One of the two signatures. The receiver's takes over what the giver held himself; the giver's may come later."""
    sheet = ShiftHandover.objects.select_for_update(no_key=True, of=("self",)).filter(id=handover_id).first()
    if sheet is None:
        raise NotFound(_("查無這張交接單。"))
    policies.may_change_shift(by, sheet, sheet.desk.unit_id).enforce()
    takes = by.worker_id == sheet.to_worker_id or (by.worker_id != sheet.from_worker_id and sheet.given_at is not None)
    if (sheet.received_at if takes else sheet.given_at) is not None:
        raise Conflict(_("這張交接單剛剛已經簽過。請重新整理看最新情形。"))
    if takes:
        if sheet.effective_at > at:
            raise BadInput(_("接班時間還沒到。到班時再簽。"), field="at")
        _take_over(sheet, by)
    ShiftHandover.objects.filter(id=handover_id).update(**{"received_at" if takes else "given_at": at})
    record("shift.received" if takes else "shift.given", by=by, at=at, desk=sheet.desk_id, sheet=handover_id)
    keep()
    sheet.refresh_from_db()
    return sheet


def _take_over(sheet: ShiftHandover, by: Viewer) -> None:
    unit = sheet.desk.unit_id
    if not has_post(sheet.from_worker_id, unit):
        return
    # A worker of another unit stands at the desk without a post here: the desk acts, and he answers through it.
    to = Holder(unit, sheet.to_worker_id) if has_post(sheet.to_worker_id, unit) else Holder(unit, desk_id=sheet.desk_id)
    listed = ShiftHandoverItem.objects.filter(handover=sheet, is_personal=True).values_list("matter_id", flat=True)
    still = Matter.objects.filter(id__in=list(listed), acting_since__lt=sheet.effective_at).values_list("id", flat=True)
    giver = Holder(unit, sheet.from_worker_id)
    move_all(matter_ids=list(still), giver=giver, to=to, how=How.SHIFT, at=sheet.effective_at, by=by)


def _taken_on_shift(sheet: ShiftHandover):  # type: ignore[no-untyped-def]
    """Open matters the giver came to hold during the shift that ends here; his own caseload stays his."""
    shift = Shift.objects.filter(
        desk_id=sheet.desk_id, worker_id=sheet.from_worker_id, starts_at__lt=sheet.effective_at
    ).order_by("-starts_at")
    began = shift.values_list("starts_at", flat=True).first() or sheet.effective_at
    return Matter.objects.filter(
        acting_worker_id=sheet.from_worker_id, acting_unit_id=sheet.desk.unit_id, ended_at=None,
        acting_since__gte=began,
    )  # fmt: skip
