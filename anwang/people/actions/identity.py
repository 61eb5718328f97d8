"""Deciding whether two records are one person: by somebody, with reasons, reversible."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.people.models import IdentityDecision

from .persons import require

VERDICTS = ("same", "apart", "unsure")


@transaction.atomic
def decide_identity(
    *,
    person_id: UUID,
    other_id: UUID,
    verdict: str,
    reasons: Iterable[str] = (),
    by: Viewer,
    at: datetime,
    undoes_id: UUID | None = None,
) -> IdentityDecision:
    """Two records are the `same` person, `apart`, or `unsure`. The newest decision about a pair stands.

    Records are never merged: `identity` of every record that the standing "same" decisions connect points to one of
    them, and is worked out anew each time, so that undoing is simply deciding again.
    """
    if person_id == other_id or verdict not in VERDICTS:
        raise BadInput(_("請選兩筆不同的資料，再選同一人、不是或還不確定。"))
    require(person_id, by)
    require(other_id, by)
    decision = IdentityDecision(
        id=uuid7(),
        person_id=person_id,
        other_id=other_id,
        verdict=verdict,
        reasons=list(reasons),
        undoes_id=undoes_id,
        by=by.worker_id,
        recorded_at=clock.now(),
    )
    decision.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_settle_identity(%s, %s)", [person_id, other_id])
        if not cursor.fetchone()[0]:
            raise Conflict(_("這會和另一個判定矛盾。請先看這兩筆和第三筆的判定。"))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    record("person.identity", by=by, at=at, subject_id=person_id, other=other_id, verdict=verdict)
    return decision
