"""When what began in one matter goes on in another: its steps are carried over, and the receiver is asked to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Duty
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, How, OwedBy

from .duties import happened, point_to_next_step


@transaction.atomic
def carry_duties(
    *, from_id: UUID, to_id: UUID | None, rule_ids: Iterable[str], because: str, at: datetime, by: Viewer,
    subject_ids: Iterable[UUID] = (), known_there: Mapping[UUID, UUID] | None = None,
) -> int:  # fmt: skip
    """Open duties of `rule_ids` (of the matter, or of one of `subject_ids`) are owed on another matter from now on.

    Same rule version, inputs and due date; owed by who acts there. A duty that is owed there already is not doubled.
    `known_there` names the record under which the receiving matter knows a person. Without `to_id` they only lose
    their object, because of what happened. Returns how many left.
    """
    giver = lock(from_id)
    leaving = list(
        Duty.objects.filter(matter=giver, state=DutyState.OPEN, rule_id__in=list(rule_ids)).filter(
            Q(subject=None) | Q(subject__in=list(subject_ids))
        )
    )
    if to_id is not None:
        receiver = lock(to_id)
        there = known_there or {}
        open_there = Duty.objects.filter(matter=receiver, state=DutyState.OPEN)
        owed = set(open_there.values_list("rule_id", "subject_id"))
        copies = [_copied(duty, receiver.id, Holder.of(receiver), there) for duty in leaving]
        Duty.objects.bulk_create([duty for duty in copies if (duty.rule_id, duty.subject_id) not in owed])
        point_to_next_step(receiver, at)
    Duty.objects.filter(id__in=[duty.id for duty in leaving]).update(
        state=DutyState.VOID, settled_at=at, settled_by=by.worker_id, settled_because=because
    )
    point_to_next_step(giver, at)
    record("duty.carried", by=by, at=at, matter_id=from_id, to=to_id, count=len(leaving), because=because)
    keep()
    return len(leaving)


def _copied(duty: Duty, matter_id: UUID, holder: Holder, known_there: Mapping[UUID, UUID]) -> Duty:
    return Duty(
        id=uuid7(),
        matter_id=matter_id,
        subject_id=known_there.get(duty.subject_id, duty.subject_id) if duty.subject_id else None,
        rule_id=duty.rule_id,
        rule_from=duty.rule_from,
        rule_hash=duty.rule_hash,
        inputs=duty.inputs,
        words=duty.words,
        words_en=duty.words_en,
        is_assumed=duty.is_assumed,
        starts_at=duty.starts_at,
        due_at=duty.due_at,
        owed_by=OwedBy.ACTING,
        unit_id=holder.unit_id,
        worker_id=holder.worker_id,
        desk_id=holder.desk_id,
        recorded_at=clock.now(),
    )


@transaction.atomic
def ask_signature(*, matter_id: UUID, giver: Holder, at: datetime, by: Viewer) -> Assignment:
    """A matter was opened straight into somebody's hands (派案): he signs, as for any assignment.

    Who gave it to himself, or to the desk where he is on shift, has signed by that.
    """
    matter = lock(matter_id)
    now = clock.now()
    assignment = Assignment(
        id=uuid7(),
        matter=matter,
        how=How.ASSIGNED,
        from_unit_id=giver.unit_id,
        from_worker_id=giver.worker_id,
        to_unit_id=matter.acting_unit_id,
        to_worker_id=matter.acting_worker_id,
        to_desk_id=matter.acting_desk_id,
        effective_at=at,
        recorded_at=now,
        by=by.worker_id,
    )
    himself = by.worker_id is not None and matter.acting_worker_id == by.worker_id
    if himself or (matter.acting_desk_id is not None and matter.acting_desk_id in by.desks):
        assignment.signed_at, assignment.signed_recorded_at, assignment.signed_by = at, now, by.worker_id
    assignment.save(force_insert=True)
    record("matter.assigned", by=by, at=at, matter_id=matter_id, to_unit=matter.acting_unit_id,
           to_worker=matter.acting_worker_id, to_desk=matter.acting_desk_id)  # fmt: skip
    happened(matter_id=matter_id, event="assignment.made", at=at, by=by)
    keep()
    return assignment
