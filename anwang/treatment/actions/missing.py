"""He stays away: the provider tells the authority (家庭暴力防治法第55條第2項), which decides what follows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.treatment import events, rules, standing
from anwang.treatment.models import Missed, Programme, Session

from .registering import running


@transaction.atomic
def note_missed(*, programme_id: UUID, how: str, words: str, by: Viewer, at: datetime) -> Missed:
    """He did not report by the day, has too few hours, or goes against the plan."""
    programme = running(programme_id, by)
    if rules.code(rules.MISSED, how, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選怎麼沒有依計畫。"), field="how")
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")
    missed = stayed_away(programme, how, words, None, by, at)
    keep()
    return missed


@transaction.atomic
def tell_missed(*, missed_id: UUID, to_whom: str, how: str, by: Viewer, at: datetime) -> None:
    """The authority was told: whom, how, when. Its decision is owed from then."""
    missed = _missed(missed_id, by)
    if not to_whom.strip():
        raise BadInput(_("請填告知哪個機關、哪一位。"), field="to_whom")
    if not missed.at <= at <= clock.now():
        raise BadInput(_("告知時間要在事情之後、現在之前。"), field="at")
    changed = Missed.objects.filter(id=missed_id, told_at=None).update(
        told_at=at, told_to=to_whom.strip(), told_how=how.strip(), told_by=by.worker_id
    )
    if changed != 1:
        raise Conflict(_("已經告知過了。"))
    happened(matter_id=missed.matter_id, event=events.TOLD, at=at, by=by)
    record("treatment.told", by=by, at=at, matter_id=missed.matter_id, missed=missed_id)
    keep()


@transaction.atomic
def decide_missed(*, missed_id: UUID, then: str, words: str, by: Viewer, at: datetime) -> None:
    """What the authority decided. Passing to the prosecutor does not end the programme: its outcome does."""
    missed = _missed(missed_id, by)
    standing.may_decide(by, missed.matter_id).enforce()
    if rules.code(rules.THEN, then, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選怎麼處理。"), field="then")
    if missed.told_at is None:
        raise Conflict(_("還沒有告知主管機關。請先告知。"))
    changed = Missed.objects.filter(id=missed_id, then_at=None).update(
        then=then, then_words=words.strip(), then_at=at, then_by=by.worker_id
    )
    if changed != 1:
        raise Conflict(_("已經決定過了。請重新整理看最新情形。"))
    if not Missed.objects.filter(matter_id=missed.matter_id, told_at__isnull=False, then_at=None).exists():
        happened(matter_id=missed.matter_id, event=events.DECIDED, at=at, by=by)
    record("treatment.decided", by=by, at=at, matter_id=missed.matter_id, missed=missed_id, then=then)
    keep()


def stayed_away(
    programme: Programme, how: str, words: str, session: Session | None, by: Viewer, at: datetime
) -> Missed:  # fmt: skip
    """The row, and the duty to tell. Internal to this room."""
    missed = Missed(
        id=uuid7(), programme=programme, matter_id=programme.matter_id, session=session, how=how, words=words.strip(),
        at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    missed.save(force_insert=True)
    happened(matter_id=programme.matter_id, event=events.MISSED, at=at, by=by, facts={"missed": how})
    record("treatment.missed", by=by, at=at, matter_id=programme.matter_id, missed=missed.id, how=how)
    return missed


def _missed(missed_id: UUID, by: Viewer) -> Missed:
    missed = Missed.objects.filter(id=missed_id).first()
    if missed is None:
        raise NotFound(_("查無這筆紀錄。"))
    running(missed.programme_id, by)
    return missed
