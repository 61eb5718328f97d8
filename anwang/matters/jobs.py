"""What the kernel does by itself, run by `anwang worker`. Each job may be killed at any point and run again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock

from .actions import carry_out_transition
from .models import Offer
from .states import OfferState


def carry_out_transitions(now: datetime | None = None) -> int:
    """Hand over what was accepted before and takes effect today (轉銜); returns how many."""
    today = clock.local(now or clock.now()).date()
    due = Offer.objects.filter(
        state=OfferState.ACCEPTED, kind="transition", ended_at=None, effective_on__lte=today, matter__ended_at=None
    )
    done = 0
    for offer_id in due.order_by("effective_on", "id").values_list("id", flat=True):
        with transaction.atomic():
            done += carry_out_transition(offer_id=offer_id, by=service_viewer("transitions", at=now))
    return done
