"""Appointments of a programme, and whether he came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.treatment import rules
from anwang.treatment.models import Session
from anwang.treatment.states import Came

from .missing import stayed_away
from .registering import running

WEEK = timedelta(days=7)


@transaction.atomic
def add_sessions(
    *, programme_id: UUID, item: str, first_at: datetime, minutes: int, times: int, by: Viewer
) -> Sequence[Session]:
    """Weekly appointments from the first on. Raises BadInput for an item the programme has not, Conflict when taken."""
    programme = running(programme_id, by)
    if item not in programme.items:
        raise BadInput(_("這個項目不在處遇計畫裡。"), field="item")
    if minutes <= 0 or not 0 < times <= 52:
        raise BadInput(_("請填每次幾分鐘，次數在1到52之間。"), field="times")
    wanted = [first_at + WEEK * position for position in range(times)]
    if Session.objects.filter(programme=programme, starts_at__in=wanted).exists():
        raise Conflict(_("有一次的時間已經排了。請換時間。"))
    rows = [
        Session(
            id=uuid7(), programme=programme, matter_id=programme.matter_id, item=item, starts_at=at, minutes=minutes,
            recorded_at=clock.now(),
        )
        for at in wanted
    ]  # fmt: skip
    Session.objects.bulk_create(rows)
    record("treatment.sessions", by=by, at=clock.now(), matter_id=programme.matter_id, programme=programme_id, n=times)
    return rows


@transaction.atomic
def mark_came(*, session_id: UUID, came: Came | str, words: str, by: Viewer, at: datetime) -> Session:
    """Whether he came to one appointment. Staying away from an ordered programme starts telling the authority.

    Raises BadInput before the appointment, Conflict when it is marked already.
    """
    session = Session.objects.select_related("programme").filter(id=session_id).first()
    if session is None:
        raise NotFound(_("查無這次處遇。"))
    programme = running(session.programme_id, by)
    if came not in Came.values or came == Came.UNKNOWN:
        raise BadInput(_("請選有沒有來。"), field="came")
    if not session.starts_at <= at <= clock.now():
        raise BadInput(_("還沒到這次的時間。"), field="came")
    changed = Session.objects.filter(id=session_id, came=Came.UNKNOWN).update(
        came=came, words=words.strip(), marked_at=at, marked_by=by.worker_id
    )
    if changed != 1:
        raise Conflict(_("這次已經登錄過了。請重新整理看最新情形。"))
    if came == Came.NO and rules.is_ordered(programme.ground, clock.local(programme.received_at).date()):
        stayed_away(programme, "absent", words, session, by, at)
    record("treatment.came", by=by, at=at, matter_id=programme.matter_id, session=session_id, came=str(came))
    session.refresh_from_db()
    return session
