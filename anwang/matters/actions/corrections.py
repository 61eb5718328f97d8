"""更正: the time of a hand-over was written wrongly. What was written stays; what is true is added, with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies
from anwang.matters.models import StartCorrection
from anwang.matters.promises import lock
from anwang.matters.states import Ledger

NEIGHBOURS = {
    Ledger.ACTING: "SELECT since, written_since, until FROM matters_acting_span WHERE matter_id = %s ORDER BY 2",
    Ledger.ACCOUNTABLE: (
        "SELECT since, written_since, until FROM matters_accountable_span WHERE matter_id = %s ORDER BY 2"
    ),
}


@transaction.atomic
def correct_start(
    *, matter_id: UUID, ledger: Ledger, since: datetime, corrected_since: datetime, reason: str, by: Viewer,
    at: datetime,
) -> StartCorrection:  # fmt: skip
    """Since when a holder really held. `since` names the entry as it was written; the order of holders is kept.

    The first start is the matter's beginning and cannot be corrected here. `at` is when the correction was decided.
    """
    matter = lock(matter_id)
    policies.may_correct(by, matter).enforce()
    if not reason:
        raise BadInput(_("請選更正的理由。"), field="reason")
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS[ledger], [matter_id])
        spans = cursor.fetchall()
    place = next((index for index, (_since, written, _until) in enumerate(spans) if written == since), None)
    if place is None:
        raise NotFound(_("查無這次交接。"))
    if place == 0:
        raise BadInput(_("開始的時間就是受理時間，不能在這裡更正。"), field="since")
    after = spans[place - 1][0]
    is_last = place + 1 == len(spans)
    in_order = corrected_since <= clock.now() if is_last else corrected_since < spans[place + 1][0]
    if not (after < corrected_since and in_order):
        raise BadInput(_("更正的時間要在前一次與後一次交接之間，也不能在未來。"), field="corrected_since")
    made = StartCorrection.objects.create(
        id=uuid7(), matter=matter, ledger=ledger, since=since, corrected_since=corrected_since, reason=reason,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    record("matter.start_corrected", by=by, at=at, matter_id=matter_id, ledger=ledger, was=since, now=corrected_since)
    return made
