"""Disputes at the unit desk: those a unit filed, is claimed in or rules, with what each side has said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation.errors import Conflict, NotFound
from anwang.matters.models import Dispute, DisputeStatement
from anwang.matters.states import DisputeState

from .whom import Whom, said


@dataclass(frozen=True)
class DisputeLine:
    id: UUID
    matter_id: UUID
    number: str
    topic: str
    filed_by: str
    filed_by_id: UUID
    claimed: str
    claimed_id: UUID | None
    arbiter: str
    arbiter_on_system: bool
    filed_at: datetime
    ruling_due_at: datetime
    whom: str


def disputes(viewer: Viewer, units: list[UUID]) -> list[DisputeLine]:
    """Disputes without a ruling that these units filed, are claimed in, or rule."""
    open_ones = Dispute.objects.filter(state=DisputeState.FILED)
    found = open_ones.filter(filed_by_unit_id__in=units) | open_ones.filter(claimed_unit_id__in=units)
    found |= open_ones.filter(arbiter_id__in=units) | open_ones.filter(matter__accountable_id__in=units)
    chosen = found.select_related("matter", "filed_by_unit", "claimed_unit", "arbiter").distinct()
    chosen = chosen.annotate(whom=Whom("matter_id"))
    return [_dispute(one) for one in chosen.order_by("ruling_due_at")[:50]]


def dispute(viewer: Viewer, dispute_id: UUID, *, answering: bool = False) -> DisputeLine:
    """One open dispute, for its sides and its arbiter; Conflict when they are `answering` one that is over."""
    known = Dispute.objects.select_related("matter", "filed_by_unit", "claimed_unit", "arbiter")
    one = known.annotate(whom=Whom("matter_id")).filter(id=dispute_id).first()
    mine = {*viewer.units, *viewer.supervised_units}
    if one is None or not mine & {
        one.filed_by_unit_id, one.claimed_unit_id, one.arbiter_id, one.matter.accountable_id, one.matter.acting_unit_id
    }:  # fmt: skip
        raise NotFound(_("查無這件爭議，可能剛剛已經裁定。"))
    if one.state != DisputeState.FILED:
        if answering:
            raise Conflict(_("這件爭議剛剛已經裁定或撤回。請重新整理看最新情形。"))
        raise NotFound(_("查無這件爭議，可能剛剛已經裁定。"))
    return _dispute(one)


def statements(viewer: Viewer, dispute_id: UUID) -> list[tuple[str, str, str, datetime]]:
    """(part, unit, text, when) of a dispute as far as the viewer reads its case."""
    found = DisputeStatement.objects.filter(dispute_id=dispute_id).order_by("recorded_at")
    return list(found.values_list("part", Called("written_unit"), "text", "recorded_at"))


def _dispute(one: Dispute) -> DisputeLine:
    return DisputeLine(
        one.id, one.matter_id, one.matter.number, one.topic, one.filed_by_unit.called, one.filed_by_unit_id,
        one.claimed_unit.called if one.claimed_unit else "", one.claimed_unit_id, one.arbiter.called,
        one.arbiter.on_system, one.filed_at, one.ruling_due_at, said(one.whom),
    )  # fmt: skip
