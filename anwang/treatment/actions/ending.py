"""A programme ends with an outcome, which is reported; the case is then closed as any other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.treatment import events, rules
from anwang.treatment.models import Programme, Session
from anwang.treatment.states import Came

from .registering import readable, running

COMPLETED = "completed"


@transaction.atomic
def end_programme(*, programme_id: UUID, outcome: str, words: str, by: Viewer, at: datetime) -> None:
    """How it ended. Completed only with attendance marked and the hours ordered reached.

    Raises Refused with what is missing, BadInput for an outcome not on the list.
    """
    programme = running(programme_id, by)
    if rules.code(rules.OUTCOME, outcome, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選結果。"), field="outcome")
    if not words.strip():
        raise BadInput(_("請寫處遇的摘要和結束時的情形。"), field="words")
    if not programme.received_at <= at <= clock.now():
        raise BadInput(_("結束時間要在收到之後、現在之前。"), field="at")
    if outcome == COMPLETED:
        _refuse_unless_attended(programme, at)
    Programme.objects.filter(id=programme_id).update(ended_at=at, outcome=outcome, outcome_words=words.strip())
    facts = {"ended_at": at, "outcome": outcome}
    happened(matter_id=programme.matter_id, event=events.ENDED, at=at, by=by, facts=facts)
    record("treatment.ended", by=by, at=at, matter_id=programme.matter_id, programme=programme_id, outcome=outcome)
    keep()


@transaction.atomic
def report_outcome(*, programme_id: UUID, to_whom: str, by: Viewer, at: datetime) -> None:
    """Court, prosecutor or authority has the outcome."""
    programme = readable(programme_id, by)
    if programme.ended_at is None:
        raise Conflict(_("處遇計畫還沒有結束。"))
    if not to_whom.strip():
        raise BadInput(_("請填回復哪個機關、文號。"), field="to_whom")
    if not programme.ended_at <= at <= clock.now():
        raise BadInput(_("回復時間要在結束之後、現在之前。"), field="at")
    changed = Programme.objects.filter(id=programme_id, reported_at=None).update(
        reported_at=at, reported_to=to_whom.strip()
    )
    if changed != 1:
        raise Conflict(_("結果已經回復過了。"))
    happened(matter_id=programme.matter_id, event=events.REPORTED, at=at, by=by)
    record("treatment.reported", by=by, at=at, matter_id=programme.matter_id, programme=programme_id)
    keep()


def _refuse_unless_attended(programme: Programme, at: datetime) -> None:
    sessions = Session.objects.filter(programme=programme)
    if sessions.filter(came=Came.UNKNOWN, starts_at__lte=at).exists():
        raise Refused(_("還有幾次沒有登錄出席。請先登錄。"))
    done = sum(sessions.filter(came=Came.YES).values_list("minutes", flat=True))
    if done == 0 or (programme.hours and done < programme.hours * 60):
        told = {"done": done // 60, "wanted": programme.hours or 0}
        raise Refused(_("出席%(done)d小時，還沒有達到%(wanted)d小時，不能登錄完成。") % told)
