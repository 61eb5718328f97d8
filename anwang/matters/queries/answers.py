"""What other units answered to requests: nobody who asked has to look for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.matters.models import Matter, Offer
from anwang.matters.states import OfferKind, OfferState

from .whom import Whom, said

SHOWN_FOR = timedelta(days=14)
"""How long an answer stays on the page of whoever asked: a choice of this page, not a rule."""
DONE_ONCE_ACCEPTED = (OfferKind.REFERRAL, OfferKind.LEAD)
"""Requests that have nothing left to run when they are accepted."""
DONE = Q(state=OfferState.DECLINED) | Q(state=OfferState.ACCEPTED, kind__in=DONE_ONCE_ACCEPTED)
BEGUN = Q(state=OfferState.ACCEPTED, kind__in=(OfferKind.VISIT_REQUEST, OfferKind.JOINING), ended_at=None)
"""Work of others that runs from now on: who asked learns that it does."""
COLUMNS = ("id", "kind", "matter__number", "whom", Called("to_unit"), "state", "reason", "answered_at")


@dataclass(frozen=True)
class Answer:
    """Who said what to which request. `reason` is a code of `offer.decline_reasons`, empty when accepted."""

    id: UUID
    kind: str
    number: str
    whom: str
    unit: str
    is_accepted: bool
    reason: str
    at: datetime


def answered_lately(viewer: Viewer) -> list[Answer]:
    """Of what the viewer asked, or is asked for a matter in his hands: answers of the last days, newest first."""
    mine = Matter.objects.filter(acting_worker_id__in=viewer.acts_as, ended_at=None).values("id")
    found = Offer.objects.filter(DONE | BEGUN, answered_recorded_at__gte=clock.now() - SHOWN_FOR, matter__ended_at=None)
    found = found.filter(Q(by=viewer.worker_id) | Q(matter_id__in=mine), from_unit_id__in=viewer.units)
    rows = found.annotate(whom=Whom("matter_id", "subject_id")).order_by("-answered_at", "-id")
    return [
        Answer(id_, kind, number, said(whom), unit, state == OfferState.ACCEPTED, reason, at)
        for id_, kind, number, whom, unit, state, reason, at in rows.values_list(*COLUMNS)[:10]
    ]
