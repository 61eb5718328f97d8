"""Duties start, end and become void by events; people set, push and excuse them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.states import SUPERVISING_POST
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies, rules
from anwang.matters.models import Duty, DutyPush, Matter
from anwang.matters.promises import keep, lock
from anwang.matters.rules import Started
from anwang.matters.states import DutyState, OwedBy


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
    ruling = rules.ruling(event, {"matter_kind": matter.kind, "at": at, **(facts or {})}, at, matter.county)
    open_duties = Duty.objects.filter(matter=matter, state=DutyState.OPEN)
    mine = open_duties.filter(Q(subject=None) | Q(subject=subject_id)) if subject_id else open_duties
    _settle(mine.filter(rule_id__in=ruling.done), DutyState.DONE, event, at, by)
    _settle(mine.filter(rule_id__in=ruling.void), DutyState.VOID, event, at, by)
    waiting = set(open_duties.values_list("rule_id", "subject_id"))
    started = [
        new_duty(matter, rule, at, subject_id if rule.per == "subject" else None)
        for rule in ruling.started
        if (rule.rule_id, subject_id if rule.per == "subject" else None) not in waiting
    ]
    Duty.objects.bulk_create(started)
    if started:
        # A real step is there: the review that only kept the matter from standing still gives way.
        _settle(open_duties.filter(is_auto=True), DutyState.VOID, event, at, by)
    point_to_next_step(matter, at)
    keep()
    return tuple(started)


def _settle(duties, state: DutyState, because: str, at: datetime, by: Viewer) -> None:  # type: ignore[no-untyped-def]
    duties.update(state=state, settled_at=at, settled_by=by.worker_id, settled_because=because)


def new_duty(matter: Matter, rule: Started, at: datetime, subject_id: UUID | None = None) -> Duty:
    """A duty as a rule made it, owed by whom the rule says. Not yet written."""
    owner: dict[str, object] = {
        "owed_by": OwedBy.ACTING,
        "unit_id": matter.acting_unit_id,
        "worker_id": matter.acting_worker_id,
        "desk_id": matter.acting_desk_id,
    }
    if rule.owed_by in ("supervisor", "unit_desk"):
        owner = {"owed_by": OwedBy.ROLE, "unit_id": matter.acting_unit_id, "role": SUPERVISING_POST}
    elif rule.owed_by == "accountable":
        owner = {"owed_by": OwedBy.ROLE, "unit_id": matter.accountable_id, "role": SUPERVISING_POST}
    return Duty(
        id=uuid7(),
        matter=matter,
        subject_id=subject_id,
        rule_id=rule.rule_id,
        rule_from=rule.from_,
        rule_hash=rule.hash,
        inputs=rules.flat(rule.inputs),
        words=rule.words.zh,
        words_en=rule.words.to("en"),
        is_assumed=rule.assumption is not None,
        is_auto=rule.resting,
        starts_at=at,
        due_at=rule.due_at,
        recorded_at=clock.now(),
        **owner,
    )


def point_to_next_step(matter: Matter, at: datetime) -> None:
    """Point an open matter to its earliest open duty; policy adds the resting review when none is left."""
    first = (
        Duty.objects.filter(matter=matter, state=DutyState.OPEN)
        .order_by("due_at", "id")
        .values_list("id", flat=True)
        .first()
    )
    if first is None:
        resting = new_duty(matter, rules.resting(matter.kind, matter.sort, at, matter.county), at)
        resting.save(force_insert=True)
        first = resting.id
    if first != matter.next_duty_id:
        Matter.objects.filter(id=matter.id).update(next_duty_id=first)
        matter.next_duty_id = first


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
    _settle(
        Duty.objects.filter(matter=matter, state=DutyState.OPEN, is_auto=True),
        DutyState.VOID,
        "step.set",
        at,
        by,
    )
    point_to_next_step(matter, at)
    record("duty.set", by=by, at=at, matter_id=matter_id, code=code, due_at=due_at.isoformat())
    keep()
    return duty


@transaction.atomic
def done(*, duty_id: UUID, by: Viewer, at: datetime) -> None:
    """Finish a step somebody set himself. Duties of a rule are finished by what they ask for, not by a tick."""
    duty, matter = _open_duty(duty_id)
    policies.may_work_on(by, matter).enforce()
    policies.may_tick(duty).enforce()
    _settle(Duty.objects.filter(id=duty_id), DutyState.DONE, "duty.ticked", at, by)
    point_to_next_step(matter, at)
    record("duty.done", by=by, at=at, matter_id=matter.id, duty=duty_id)
    keep()


@transaction.atomic
def excuse(*, duty_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """免辦: the duty need not be done, for a coded reason. Supervisors only."""
    duty, matter = _open_duty(duty_id)
    policies.may_excuse(by, matter, duty).enforce()
    if not reason:
        raise BadInput(_("請選免辦的理由。"), field="reason")
    _settle(Duty.objects.filter(id=duty_id), DutyState.EXCUSED, reason, at, by)
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
