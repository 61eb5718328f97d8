"""Opening and ending a matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.matters import rules
from anwang.matters.grants import grant_to_authority, grant_to_holder
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Dispute, Duty, Matter, Offer, Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, MatterKind

from .duties import new_duty
from .moves import reads_until

LETTERS = {
    MatterKind.REPORT: "T",
    MatterKind.CASE: "C",
    MatterKind.PLACEMENT: "P",
    MatterKind.COORDINATION: "F",
}


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

    `event` with `facts` is asked of the rulebook for the first duties; without any, the resting review stands.
    `sort` is the room's own kind, where the rules about matters that rest tell its kinds apart. `opened_at` is the
    effective beginning (接獲時間), which may be earlier than now but not later.
    """
    now = clock.now()
    if opened_at > now:
        raise BadInput(_("開始時間不能在未來。請填實際接獲的時間。"), field="opened_at")
    matter = Matter(
        id=matter_id or uuid7(), number=new_number(LETTERS[kind], clock.local(opened_at).year - 1911), kind=kind,
        sort=sort, county=county, family_id=family_id, arose_from_id=arose_from, opened_at=opened_at, recorded_at=now,
        accountable_id=accountable_id, accountable_since=opened_at, accountable_by=by.worker_id,
        acting_unit_id=acting.unit_id, acting_worker_id=acting.worker_id, acting_desk_id=acting.desk_id,
        acting_since=opened_at, acting_by=by.worker_id,
    )  # fmt: skip
    until = reads_until(acting, accountable_id, opened_at)
    grant_to_holder(matter.id, acting, by=by, at=opened_at, until=until)
    grant_to_authority(matter.id, accountable_id, by=by, at=opened_at)
    first = _first_duties(matter, event, facts)
    matter.next_duty_id = min(first, key=lambda duty: duty.due_at).id
    matter.save(force_insert=True)
    Duty.objects.bulk_create(first)
    record("matter.opened", by=by, at=opened_at, matter_id=matter.id, kind=kind, unit=accountable_id)
    keep()
    return matter


def _first_duties(matter: Matter, event: str, facts: Mapping[str, object]) -> list[Duty]:
    """What the rules of the opening day owe first; the resting review when they owe nothing."""
    at = matter.opened_at
    ruling = rules.ruling(event, {"matter_kind": matter.kind, "at": at, **facts}, at, matter.county)
    first = [new_duty(matter, rule, at) for rule in ruling.started if rule.per != "subject"]
    return first or [new_duty(matter, rules.resting(matter.kind, matter.sort, at, matter.county), at)]


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
