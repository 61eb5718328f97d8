"""A unit that is about to leave tells the family's lead; the lead answers once, and vetoes nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies
from anwang.cases.models import Leaving
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_joining, happened
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import lock
from anwang.matters.states import MatterKind, OfferKind

from .subjects import readable_case

LEADS_SQL = "SELECT lead_id, unit_id FROM cases_leads_over(%s)"


@transaction.atomic
def tell_of_leaving(*, case_id: UUID, by: Viewer, at: datetime) -> None:
    """Tell the lead before a closing is sent (sending one tells it too). Refused where there is nobody to tell."""
    policies.may_work(by, case_id).enforce()
    readable_case(case_id)
    matter = lock(case_id)
    if Leaving.objects.filter(matter=matter, unit=None).exists():
        raise Conflict(_("已經告訴過主責了。"))
    if not tell_lead(matter, by=by, at=at):
        raise Refused(_("這個案件沒有別的單位主責，不必告知。可以直接送結案。"))
    record("case.lead_told", by=by, at=at, matter_id=case_id)


def tell_lead(matter: Matter, *, by: Viewer, at: datetime, partner_id: UUID | None = None, because: str = "") -> bool:
    """Every lead over a case learns that its unit, or a partner in it, is about to leave; whether there was one.

    Internal to this room. The lead of the family, and of a subject where he has one of his own; nobody tells himself.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEADS_SQL, [matter.id])
        leads = [lead for lead, unit in cursor.fetchall() if unit != (partner_id or matter.acting_unit_id)]
    for lead in leads:
        leaving = Leaving(
            id=uuid7(), matter=matter, unit_id=partner_id, because=because, coordination_id=lead, told_at=at,
            told_by=by.worker_id, recorded_at=clock.now(),
        )  # fmt: skip
        there = Leaving.objects.filter(matter=matter, coordination_id=lead, unit_id=partner_id)
        if not there.exists():
            Leaving.objects.bulk_create([leaving], ignore_conflicts=True)
            happened(matter_id=lead, event=events.LEAD_TOLD, at=at, by=by)
    return bool(leads)


@transaction.atomic
def leave_joining(*, offer_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """協力 ends with a reason, and every lead over the case is told of it in the same breath. The lead may object once;
    the reading ends all the same.
    """
    joined = Offer.objects.filter(id=offer_id).first()
    end_joining(offer_id=offer_id, reason=reason, by=by, at=at)
    if joined is None or joined.kind != OfferKind.JOINING:
        return
    matter = lock(joined.matter_id)
    if matter.kind == MatterKind.CASE:
        tell_lead(matter, by=by, at=at, partner_id=joined.to_unit_id, because=reason)


@transaction.atomic
def object_to_leaving(*, leaving_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """The lead objects, once. It is no veto: the supervisor who decides the closing sees it and decides."""
    leaving = _told(leaving_id, by)
    if not words.strip():
        raise BadInput(_("請寫為什麼希望對方留下。"), field="words")
    changed = Leaving.objects.filter(id=leaving_id, objected_at=None, decided_at=None).update(
        objected_at=at, objected_by=by.worker_id, objection=words.strip()
    )
    if changed != 1:
        raise Conflict(_("已經提過意見，或已經決定。"))
    happened(matter_id=leaving.coordination_id, event=events.LEAD_ANSWERED, at=at, by=by)
    record("coordination.objected", by=by, at=at, matter_id=leaving.matter_id)


@transaction.atomic
def answer_leaving(*, leaving_id: UUID, by: Viewer, at: datetime) -> None:
    """The lead has read it and has nothing against it."""
    leaving = _told(leaving_id, by)
    happened(matter_id=leaving.coordination_id, event=events.LEAD_ANSWERED, at=at, by=by)
    record("coordination.agreed", by=by, at=at, matter_id=leaving.matter_id)


def _told(leaving_id: UUID, by: Viewer) -> Leaving:
    leaving = Leaving.objects.select_related("coordination").filter(id=leaving_id).first()
    if leaving is None:
        raise NotFound(_("查無這個退出告知。"))
    policies.may_lead(by, leaving.coordination).enforce()
    return leaving
