"""Hand-overs that casework knows by name: from the investigator to treatment, and of the family's lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events
from anwang.cases.models import Placement
from anwang.foundation import clock
from anwang.matters.actions import assign, happened, offer
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Matter, Offer
from anwang.matters.states import OfferKind

from .subjects import readable_case


@transaction.atomic
def hand_over_to_treatment(
    *, case_id: UUID, to: Holder, accountable_id: UUID, effective_at: datetime, expected_since: datetime, by: Viewer
) -> Assignment:
    """調查 → 處遇: the same case goes to another worker, with its running placements. No new case, no new report."""
    case = readable_case(case_id)
    running = Placement.objects.filter(case_id=case_id, ended_at=None).values_list("id", flat=True)
    for placement in Matter.objects.filter(id__in=list(running), ended_at=None):
        assign(
            matter_id=placement.id, to=to, accountable_id=accountable_id, effective_at=effective_at,
            expected_since=placement.acting_since, by=by,
        )  # fmt: skip
    moved = assign(
        matter_id=case_id, to=to, accountable_id=accountable_id, effective_at=effective_at,
        expected_since=expected_since, by=by,
    )  # fmt: skip
    facts = {"kind": case.kind, "assigned_at": effective_at, "received_at": case.received_at}
    happened(matter_id=case_id, event=events.CASE_ASSIGNED, at=effective_at, by=by, facts=facts)
    record("case.to_treatment", by=by, at=effective_at, matter_id=case_id, to_unit=to.unit_id)
    return moved


@transaction.atomic
def hand_over_lead(*, coordination_id: UUID, to_unit_id: UUID, by: Viewer, at: datetime | None = None) -> Offer:
    """主責交接 asks; until the other unit accepts, the old lead stays."""
    return offer(
        matter_id=coordination_id, kind=OfferKind.LEAD, to_unit_id=to_unit_id, by=by, at=at or clock.now()
    )  # fmt: skip
