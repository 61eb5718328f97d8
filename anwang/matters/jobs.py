"""What the kernel does by itself, run by `anwang worker`. Each job may be killed at any point and run again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.directory.models import Contract
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .actions import carry_out_transition, end_contract
from .alarms import raised
from .models import Escalation, Offer
from .states import OfferState


def raise_alarms(now: datetime | None = None) -> int:
    """Write down each alarm once; returns how many were new. Killed at any point, the next run writes the rest."""
    now = now or clock.now()
    with transaction.atomic():
        rows = [
            Escalation(
                id=uuid7(), matter_id=alarm.matter_id, about=alarm.about, about_id=alarm.about_id, step=alarm.step,
                to_unit_id=alarm.told.unit_id, to_role=alarm.told.role, to_desk_id=alarm.told.desk_id, raised_at=now,
            )
            for alarm in raised(now)
        ]  # fmt: skip
        known = set(
            Escalation.objects.filter(about_id__in=[row.about_id for row in rows]).values_list("about_id", "step")
        )
        fresh = [row for row in rows if (row.about_id, row.step) not in known]
        Escalation.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


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


def return_contracts(now: datetime | None = None) -> int:
    """Bring back what an NGO holds under contracts that have ended, as of their end; returns how many contracts."""
    ended = Contract.objects.filter(ends_at__lte=now or clock.now(), closed_at=None).order_by("ends_at", "id")
    done = 0
    for contract_id in list(ended.values_list("id", flat=True)):
        with transaction.atomic():
            by = service_viewer("contracts", at=now)
            done += end_contract(contract_id=contract_id, by=by) is not None
    return done
