"""Opening and ending a matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import write
from anwang.foundation.errors import Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Dispute, Duty, Matter, Offer, Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, MatterKind

from .moves import reads_until
from .planning import Beginning, Opening, fresh_numbers


@transaction.atomic
def open_matter(
    *,
    kind: MatterKind,
    county: str,
    accountable_id: UUID,
    acting: Holder,
    opened_at: datetime,
    event: str,
    facts: Mapping[str, object],
    by: Viewer,
    arose_from: UUID | None = None,
    family_id: UUID | None = None,
    matter_id: UUID | None = None,
    sort: str = "",
) -> Matter:
    """Open a matter with its authority, its acting pair and its first step, in one breath.

    `event` with `facts` is asked of the rulebook for the first duties; without any, the resting review stands. The
    rest as in `Beginning`.
    """
    begun = Beginning(
        kind=kind, county=county, accountable_id=accountable_id, acting=acting, opened_at=opened_at, event=event,
        facts=facts, until=reads_until(acting, accountable_id, opened_at), arose_from=arose_from, family_id=family_id,
        matter_id=matter_id, sort=sort,
    )  # fmt: skip
    opening = Opening(begun, fresh_numbers(kind, [opened_at])[0], by)
    write(*opening.rows())
    keep()
    return opening.matter


@transaction.atomic
def end_matter(*, matter_id: UUID, how: str, at: datetime, by: Viewer) -> None:
    """End a matter: its open duties become void, unsigned assignments are superseded.

    Refused while an offer, a dispute or a review is open: those are other people's questions and need an answer.
    """
    matter = lock(matter_id)
    if Offer.objects.filter(pending_of=matter_id).exists():
        raise Refused(_("還有移轄、轉介或協力在等對方回覆。請先等到回覆或撤回。"))
    if Dispute.objects.filter(filed_of=matter_id).exists():
        raise Refused(_("派案爭議還沒裁定。裁定前由現在的單位繼續處理。"))
    if Review.objects.filter(submitted_of=matter_id).exists():
        raise Refused(_("還有送審沒有決定。請督導先核可或退回。"))
    Duty.objects.filter(matter=matter, state=DutyState.OPEN).update(
        state=DutyState.VOID, settled_at=at, settled_by=by.worker_id, settled_because="matter.ended"
    )
    Assignment.objects.filter(matter=matter, signed_at=None, superseded_at=None).update(superseded_at=at)
    Matter.objects.filter(id=matter_id).update(ended_at=at, ended_how=how, next_duty_id=None)
    record("matter.ended", by=by, at=at, matter_id=matter_id, how=how)
    keep()
