"""接手: a report never waits for somebody who has gone home. The desk on duty takes it at night, the centre by day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Desk
from anwang.foundation.errors import NotFound
from anwang.intake import policies
from anwang.matters.actions.moves import move
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import How, MatterKind


@transaction.atomic
def take_over(*, report_id: UUID, by: Viewer, at: datetime, expected_since: datetime) -> Matter:
    """Take over an open report from a worker who is off duty (to the desk kept now), or from a desk that nobody keeps
    (to oneself). The traced click to the reporter goes with it. Refused while its holder is there.

    `expected_since` is the `acting_since` the page showed: when somebody was faster, Conflict and nothing changes.
    """
    matter = lock(report_id)
    if matter.kind != MatterKind.REPORT:
        raise NotFound(_("查無這件通報。請確認編號。"))
    policies.may_take_over(by, matter, at).enforce()
    move(matter=matter, to=_taker(by), how=How.SHIFT, at=at, expected_since=expected_since, by=by, is_signed=True)
    keep()
    return matter


def _taker(by: Viewer) -> Holder:
    kept = Desk.objects.filter(id__in=by.desks, unit__jurisdiction_id=by.county)
    desk = kept.order_by("-covers_county", "id").first()
    if desk is not None:
        return Holder(desk.unit_id, desk_id=desk.id)
    return Holder(by.unit_id, by.worker_id)  # type: ignore[arg-type]
