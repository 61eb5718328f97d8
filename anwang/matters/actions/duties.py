"""Duties start, end and become void by events; people set, push and excuse them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import write
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.matters import events, hearing, policies
from anwang.matters.models import Duty, DutyPush, Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState

from .turning import next_step, turn

READ_OF_OPEN = ("rule_id", "subject_id", "due_at", "is_auto")
"""What of the open duties tells which of them an event ends, and which comes next."""


@transaction.atomic
def happened(
    *,
    matter_id: UUID,
    event: str,
    at: datetime,
    by: Viewer,
    facts: Mapping[str, object] | None = None,
    subject_id: UUID | None = None,
) -> tuple[Duty, ...]:
    """Something happened to a matter: the rulebook says which duties it does, voids and starts.

    `facts` are flat (str, int, "yes"/"no"/None, datetime); `subject_id` is the person concerned, if one is. Returns
    the duties started. An open duty of the same rule and subject is not started twice.
    """
    matter = lock(matter_id)
    waiting = list(Duty.objects.filter(matter=matter, state=DutyState.OPEN).only(*READ_OF_OPEN))
    found = turn(matter, waiting, event, at, facts, subject_id)
    _settle(found.done, DutyState.DONE, event, at, by)
    _settle(found.void, DutyState.VOID, event, at, by)
    write(*found.started)
    _point(matter, found.left, at)
    hearing.tell(hearing.Happened(matter, event, at, by, facts or {}, subject_id))
    keep()
    return found.started


def _settle(duties: Collection[Duty], state: DutyState, because: str, at: datetime, by: Viewer) -> set[UUID]:
    """End open duties of a locked matter; gives their ids."""
    ids = {duty.id for duty in duties}
    if ids:
        settled = {"state": state, "settled_at": at, "settled_by": by.worker_id, "settled_because": because}
        Duty.objects.filter(id__in=ids).update(**settled)
    return ids


def point_to_next_step(matter: Matter, at: datetime) -> None:
    """Point an open matter to its earliest open duty; policy adds the resting review when none is left."""
    first = Duty.objects.filter(matter=matter, state=DutyState.OPEN).order_by("due_at", "id")
    _point(matter, first.only(*READ_OF_OPEN)[:1], at)


def _point(matter: Matter, waiting: Collection[Duty], at: datetime) -> None:
    first = next_step(matter, waiting, at)
    if not waiting:
        first.save(force_insert=True)
    if first.id != matter.next_duty_id:
        Matter.objects.filter(id=matter.id).update(next_duty_id=first.id)
        matter.next_duty_id = first.id


@transaction.atomic
def set_step(
    *, matter_id: UUID, code: str, due_at: datetime, by: Viewer, at: datetime, subject_id: UUID | None = None
) -> Duty:
    """A worker names the next step himself (`code` from the code list of steps); resting reviews give way to it."""
    matter = lock(matter_id)
    policies.may_work_on(by, matter).enforce()
    if due_at <= at:
        raise BadInput(_("下一步的日期要在今天之後。請填一個還沒到的時間。"), field="due_at")
    duty = Duty(
        id=uuid7(),
        matter=matter,
        subject_id=subject_id,
        rule_id=f"manual.{code}",
        starts_at=at,
        due_at=due_at,
        recorded_at=clock.now(),
        unit_id=matter.acting_unit_id,
        worker_id=matter.acting_worker_id,
        desk_id=matter.acting_desk_id,
    )
    duty.save(force_insert=True)
    waiting = list(Duty.objects.filter(matter=matter, state=DutyState.OPEN).only(*READ_OF_OPEN))
    gone = _settle([other for other in waiting if other.is_auto], DutyState.VOID, "step.set", at, by)
    _point(matter, [other for other in waiting if other.id not in gone], at)
    record("duty.set", by=by, at=at, matter_id=matter_id, code=code, due_at=due_at.isoformat())
    keep()
    return duty


@transaction.atomic
def done(*, duty_id: UUID, by: Viewer, at: datetime) -> None:
    """Finish a step somebody set himself. Duties of a rule are finished by what they ask for, not by a tick."""
    duty, matter = _open_duty(duty_id)
    policies.may_work_on(by, matter).enforce()
    policies.may_tick(duty).enforce()
    _settle([duty], DutyState.DONE, "duty.ticked", at, by)
    point_to_next_step(matter, at)
    record("duty.done", by=by, at=at, matter_id=matter.id, duty=duty_id)
    keep()


@transaction.atomic
def reviewed(*, duty_id: UUID, by: Viewer, at: datetime) -> None:
    """例行檢視: somebody looked at a matter for which nobody had named a step. It rests again until one is named."""
    duty, matter = _open_duty(duty_id)
    policies.may_work_on(by, matter).enforce()
    if not duty.is_auto:
        raise BadInput(_("這件事有自己的期限，請用它的表單完成。"))
    happened(matter_id=matter.id, event=events.REVIEWED, at=at, by=by)
    record("duty.reviewed", by=by, at=at, matter_id=matter.id, duty=duty_id)
    keep()


@transaction.atomic
def excuse(*, duty_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """免辦: the duty need not be done, for a coded reason. Supervisors only."""
    duty, matter = _open_duty(duty_id)
    policies.may_excuse(by, matter, duty).enforce()
    if not reason:
        raise BadInput(_("請選免辦的理由。"), field="reason")
    _settle([duty], DutyState.EXCUSED, reason, at, by)
    point_to_next_step(matter, at)
    record("duty.excused", by=by, at=at, matter_id=matter.id, duty=duty_id, reason=reason)
    keep()


@transaction.atomic
def push(*, duty_id: UUID, due_at: datetime, reason: str, by: Viewer) -> None:
    """Move the date of a step that no rule fixed. Each move is kept; often-moved steps are shown to the unit."""
    duty, matter = _open_duty(duty_id)
    policies.may_push(by, matter, duty).enforce()
    now = clock.now()
    if due_at <= now:
        raise BadInput(_("新的日期要在現在之後。"), field="due_at")
    DutyPush.objects.create(
        duty=duty, was_due_at=duty.due_at, now_due_at=due_at, reason=reason, by=by.worker_id, recorded_at=now
    )
    Duty.objects.filter(id=duty_id).update(due_at=due_at, pushed=F("pushed") + 1)
    point_to_next_step(matter, now)
    record("duty.pushed", by=by, matter_id=matter.id, duty=duty_id, reason=reason)
    keep()


@transaction.atomic
def wait_for(*, duty_id: UUID, what: str, ref: str, until: datetime, by: Viewer, at: datetime) -> None:
    """The duty waits for something outside (court, answer to a letter) until a date on which somebody chases it."""
    duty, matter = _open_duty(duty_id)
    policies.may_work_on(by, matter).enforce()
    Duty.objects.filter(id=duty.id).update(waiting_for=what, waiting_ref=ref, waiting_from=at, waiting_until=until)
    record("duty.waits", by=by, at=at, matter_id=matter.id, duty=duty_id, what=what)


@transaction.atomic
def say_why_late(*, duty_id: UUID, cause: str, by: Viewer) -> None:
    """卡在哪裡: one of a short list. Blocks nothing; the supervisor sees causes before names."""
    duty, matter = _open_duty(duty_id)
    policies.may_work_on(by, matter).enforce()
    Duty.objects.filter(id=duty.id).update(late_cause=cause, late_cause_by=by.worker_id)
    record("duty.late_cause", by=by, matter_id=matter.id, duty=duty_id, cause=cause)


def _open_duty(duty_id: UUID) -> tuple[Duty, Matter]:
    duty = Duty.objects.filter(id=duty_id).first()
    if duty is None or duty.state != DutyState.OPEN:
        raise Conflict(_("這件應辦事項剛剛已經處理完。請重新整理看最新情形。"))
    matter = lock(duty.matter_id)
    duty.refresh_from_db(fields=["state"])
    if duty.state != DutyState.OPEN:
        raise Conflict(_("這件應辦事項剛剛已經處理完。請重新整理看最新情形。"))
    return duty, matter
