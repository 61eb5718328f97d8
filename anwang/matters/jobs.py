"""What the kernel does by itself, run by `anwang worker`. Each job may be killed at any point and run again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.db import connection, transaction

from anwang.access.serving import one_by_one
from anwang.access.viewer import service_viewer
from anwang.directory.models import Contract
from anwang.enactments.queries import book, held
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.rulebook import Rulebook

from . import alarms, rules, silences
from .actions import carry_out_transition, end_contract
from .alarms import Alarm
from .models import Offer
from .silences import Silence
from .states import OfferState

SERVICE = "alarms"
TOGETHER = 500
"""Silences written in one transaction."""
# Steps that are there already stay as they are.
WRITE_SQL = """
INSERT INTO matters_escalation (id, matter_id, about, about_id, step, to_unit_id, to_role, to_desk_id, raised_at)
SELECT x.*, %s FROM unnest(
  %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::int[], %s::uuid[], %s::text[], %s::uuid[]) x
ON CONFLICT (about_id, step) DO NOTHING
"""
# After the steps, whose keys lock the matter: the order in which actions lock, too.
PUT_OFF_SQL = {
    "assignment": """UPDATE matters_assignment a SET rises_at = x.at
       FROM unnest(%s::uuid[], %s::timestamptz[]) x (id, at)
      WHERE a.id = x.id AND a.signed_at IS NULL AND a.superseded_at IS NULL""",
    "offer": """UPDATE matters_offer o SET rises_at = x.at
       FROM unnest(%s::uuid[], %s::timestamptz[]) x (id, at)
      WHERE o.id = x.id AND o.state = 'pending'""",
}

_looked_by: dict[str, Rulebook] = {}
"""The rules by which this process looked at all that waits."""


def raise_alarms(now: datetime | None = None) -> int:
    """Write down each step of an alarm once; returns how many were new. Killed at any point, the next run writes the
    rest.

    What is silent keeps until when nothing rises (`rises_at`), so that a run reads only what may rise now. After a
    start, and when rules were changed, all that waits is looked at once.
    """
    now = now or clock.now()
    with held():
        rules_now = book()
        found = silences.rising(now, whole=rules_now is not _looked_by.get("book"))
        known, new = cache(alarms.whole_tree), 0
        for first in range(0, len(found), TOGETHER):
            part = found[first : first + TOGETHER]
            with transaction.atomic():
                new += _write(alarms.risen(part, known, now), now)
                _put_off(part, now)
        _looked_by["book"] = rules_now
    return new


def _write(reached: Iterable[Alarm], now: datetime) -> int:
    rows = [
        (uuid7(), one.matter_id, one.about, one.about_id, one.step, one.told.unit_id, one.told.role, one.told.desk_id)
        for one in reached
    ]
    if not rows:
        return 0
    service_viewer(SERVICE, at=now)
    with connection.cursor() as cursor:
        cursor.execute(WRITE_SQL, [now, *(list(column) for column in zip(*rows, strict=True))])
        return int(cursor.rowcount)


def _put_off(part: Iterable[Silence], now: datetime) -> None:
    """Keep with each assignment and offer when its next step is reached."""
    steps = rules.ladders()
    for about, sql in PUT_OFF_SQL.items():
        later = [
            (one.about_id, at)
            for one in part
            if one.about == about and (at := alarms.rises_at(steps, one, now)) != one.rises_at
        ]
        if later:
            service_viewer(SERVICE, at=now)
            with connection.cursor() as cursor:
                cursor.execute(sql, [[key for key, _at in later], [at for _key, at in later]])


def carry_out_transitions(now: datetime | None = None) -> int:
    """Hand over what was accepted before and takes effect today (轉銜); returns how many."""
    today = clock.local(now or clock.now()).date()
    due = Offer.objects.filter(
        state=OfferState.ACCEPTED, kind="transition", ended_at=None, effective_on__lte=today, matter__ended_at=None
    )
    waiting = list(due.order_by("effective_on", "id").values_list("id", flat=True))
    return one_by_one("transitions", waiting, lambda key, by: carry_out_transition(offer_id=key, by=by), at=now)


def return_contracts(now: datetime | None = None) -> int:
    """Bring back what an NGO holds under contracts that have ended, as of their end; returns how many contracts."""
    ended = Contract.objects.filter(ends_at__lte=now or clock.now(), closed_at=None).order_by("ends_at", "id")
    waiting = list(ended.values_list("id", flat=True))
    return one_by_one("contracts", waiting, lambda key, by: end_contract(contract_id=key, by=by) is not None, at=now)
