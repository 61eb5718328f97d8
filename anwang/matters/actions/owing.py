"""Duties that a room above works out itself (a window of a schedule, a decision of a meeting) and settles itself.

The rule is one of `policy/duties` all the same: it says what, until when, owed by whom, and why. Whoever calls has
permitted; the matter is locked.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.access.viewer import Viewer
from anwang.audit.rows import write
from anwang.matters.models import Duty
from anwang.matters.promises import keep, lock
from anwang.matters.rules import Started
from anwang.matters.states import DutyState

from .duties import _settle, point_to_next_step
from .turning import new_duty


@transaction.atomic
def owe(*, matter_id: UUID, rule: Started, by: Viewer, at: datetime, subject_id: UUID | None = None) -> Duty:
    """A duty of an open matter beside others of the same rule; the resting review gives way to it."""
    matter = lock(matter_id)
    duty = new_duty(matter, rule, at, subject_id)
    write(duty)
    resting = list(Duty.objects.filter(matter=matter, state=DutyState.OPEN, is_auto=True).only("id"))
    _settle(resting, DutyState.VOID, "step.set", at, by)
    point_to_next_step(matter, at)
    keep()
    return duty


@transaction.atomic
def settle(
    *, matter_id: UUID, duty_ids: Collection[UUID], because: str, by: Viewer, at: datetime,
    state: DutyState = DutyState.DONE,
) -> int:  # fmt: skip
    """End these duties where they are still open, by name; returns how many. The next step follows."""
    matter = lock(matter_id)
    still = list(Duty.objects.filter(id__in=duty_ids, matter=matter, state=DutyState.OPEN).only("id"))
    if still:
        _settle(still, state, because, at, by)
        point_to_next_step(matter, at)
    keep()
    return len(still)
