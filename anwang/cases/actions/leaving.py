"""A unit that is about to leave tells the family's lead; the lead answers once, and vetoes nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies
from anwang.cases.models import Leaving
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter
from anwang.matters.promises import lock
from anwang.matters.states import MatterKind

from .subjects import readable_case


@transaction.atomic
def tell_of_leaving(*, case_id: UUID, by: Viewer, at: datetime) -> None:
    """Tell the lead before a closing is sent (sending one tells it too). Refused where there is nobody to tell."""
    policies.may_work(by, case_id).enforce()
    readable_case(case_id)
    matter = lock(case_id)
    if Leaving.objects.filter(matter=matter).exists():
        raise Conflict(_("已經告訴過主責了。"))
    if not tell_lead(matter, by=by, at=at):
        raise Refused(_("這個案件沒有別的單位主責，不必告知。可以直接送結案。"))
    record("case.lead_told", by=by, at=at, matter_id=case_id)


def tell_lead(matter: Matter, *, by: Viewer, at: datetime) -> bool:
    """The family's lead learns that a unit is about to leave; whether there was one to tell. Internal to this room."""
    lead = Matter.objects.filter(family_id=matter.family_id, kind=MatterKind.COORDINATION, ended_at=None).first()
    if matter.family_id is None or lead is None or lead.acting_unit_id == matter.acting_unit_id:
        return False
    if Leaving.objects.filter(matter=matter).exists():
        return True
    leaving = Leaving(
        id=uuid7(), matter=matter, coordination=lead, told_at=at, told_by=by.worker_id, recorded_at=clock.now()
    )
    Leaving.objects.bulk_create([leaving], ignore_conflicts=True)
    happened(matter_id=lead.id, event=events.LEAD_TOLD, at=at, by=by)
    return True


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
