"""Threats or violence that came up in the treatment: her worker is told by the program at once, the rest by people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import note_change
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.treatment import events
from anwang.treatment.models import Threat

from .registering import readable, running

THREAT = "threat"
FACING_SQL = "SELECT * FROM treatment_facing(%s)"
"""Open files of her side with the order: for the act that reminds, never shown."""


@transaction.atomic
def note_threat(*, programme_id: UUID, words: str, happened_at: datetime, by: Viewer, at: datetime) -> Threat:
    """He threatened somebody or was violent. Whoever serves her is reminded; police and authority are owed."""
    programme = running(programme_id, by)
    if not words.strip():
        raise BadInput(_("請寫他說了什麼、做了什麼。"), field="words")
    if happened_at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="happened_at")
    threat = Threat(
        id=uuid7(), programme=programme, matter_id=programme.matter_id, words=words.strip(), happened_at=happened_at,
        at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    threat.save(force_insert=True)
    happened(matter_id=programme.matter_id, event=events.THREATENED, at=at, by=by)
    with connection.cursor() as cursor:
        cursor.execute(FACING_SQL, [programme.id])
        hers = [file for (file,) in cursor.fetchall()]
    note_change(case_id=programme.matter_id, kind=THREAT, words="", happened_at=happened_at, by=by, at=at, also=hers)
    record("treatment.threatened", by=by, at=at, matter_id=programme.matter_id, threat=threat.id)
    keep()
    return threat


@transaction.atomic
def warned(*, threat_id: UUID, whom: str, by: Viewer, at: datetime) -> None:
    """Police and authority were warned: whom."""
    threat = Threat.objects.filter(id=threat_id).first()
    if threat is None:
        raise NotFound(_("查無這筆紀錄。"))
    readable(threat.programme_id, by)
    if not whom.strip():
        raise BadInput(_("請填告知了哪些機關、哪些人。"), field="whom")
    changed = Threat.objects.filter(id=threat_id, warned_at=None).update(
        warned_at=at, warned_whom=whom.strip(), warned_by=by.worker_id
    )
    if changed != 1:
        raise Conflict(_("已經登錄過了。"))
    if not Threat.objects.filter(matter_id=threat.matter_id, warned_at=None).exists():
        happened(matter_id=threat.matter_id, event=events.WARNED, at=at, by=by)
    record("treatment.warned", by=by, at=at, matter_id=threat.matter_id, threat=threat_id)
    keep()
