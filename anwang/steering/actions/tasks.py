"""What a unit owes: opened with a matter of the kernel, put off, done with what shows it, or dropped with a reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences.rules import is_past, last_day_at
from anwang.deployment.standing import holder_of
from anwang.directory.models import Unit
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.steering import events, policies
from anwang.steering.models import Task
from anwang.steering.states import Owed, TaskState


def owe(
    *, owed: Owed, unit_id: UUID | None, due_on: date | None, by: Viewer, at: datetime, to: UUID | None = None
) -> Task:
    """Open what a unit owes to `to`, by default the viewer's own unit. Internal to this room."""
    if due_on is None or is_past(due_on, at):
        raise BadInput(_("請填期限，今天或以後。"), field="due_on")
    unit = Unit.objects.filter(live_public_id=unit_id).first() if unit_id else None
    if unit is None:
        raise BadInput(_("請選負責的單位。"), field="unit_id")
    matter = open_matter(
        kind=MatterKind.STEERING, county=unit.jurisdiction_id, accountable_id=unit.id,
        acting=holder_of(unit.id, by=by), opened_at=at, event=events.STARTS[owed],
        facts={"last_day_at": last_day_at(due_on), "owed": owed.value}, by=by, sort=owed.value,
    )  # fmt: skip
    task = Task(
        id=matter.id, owed=owed, unit=unit, asked_by_id=to or by.unit_id, due_on=due_on, by=by.worker_id, at=at,
    )  # fmt: skip
    task.save(force_insert=True)
    record("steering.owed", by=by, at=at, matter_id=matter.id, subject_id=task.id, owed=owed.value, unit=unit.id)
    return task


def fulfil(task: Task, *, words: str, evidence: str, by: Viewer, at: datetime) -> None:
    """It was done: its duty is discharged and its matter ends. Internal to this room."""
    owed = Owed(task.owed)
    Task.objects.filter(id=task.id).update(
        state=TaskState.DONE, words=words, evidence=evidence, done_at=at, done_by=by.worker_id
    )
    happened(matter_id=task.id, event=events.ENDS[owed], at=at, by=by, facts={})
    end_matter(matter_id=task.id, how="done", at=at, by=by)
    record("steering.done", by=by, at=at, matter_id=task.id, subject_id=task.id, owed=task.owed)


def open_task(task_id: UUID) -> Task:
    """The task, locked with its matter; raises NotFound or Conflict. Internal to this room."""
    task = Task.objects.select_related("unit").filter(id=task_id).first()
    if task is None:
        raise NotFound(_("查無這件事項。"))
    lock(task.id)
    task.refresh_from_db(fields=["state", "due_on", "moved", "owed"])
    if task.state != TaskState.OPEN:
        raise Conflict(_("這件事項已經結束了。"))
    return task


@transaction.atomic
def keep_task(*, task_id: UUID, words: str, evidence: str, by: Viewer, at: datetime) -> None:
    """A promise or a measure is done: what was done, and what shows it."""
    task = open_task(task_id)
    policies.may_fulfil(by, task).enforce()
    if task.owed not in (Owed.PROMISE, Owed.MEASURE):
        raise BadInput(_("這件事項要在它自己的頁面辦理。"))
    if not words.strip():
        raise BadInput(_("請寫做了什麼。"), field="words")
    if not evidence.strip():
        raise BadInput(_("請寫看得到的佐證，例如文號或頁面。"), field="evidence")
    fulfil(task, words=words.strip(), evidence=evidence.strip(), by=by, at=at)
    keep()


@transaction.atomic
def move_task(*, task_id: UUID, due_on: date, because: str, by: Viewer, at: datetime) -> None:
    """展延: a new day, by whom it is owed to. The old day stays with the duty that it ended."""
    task = open_task(task_id)
    policies.may_release(by, task).enforce()
    if is_past(due_on, at) or due_on == task.due_on:
        raise BadInput(_("請填新的期限，今天或以後。"), field="due_on")
    if not because.strip():
        raise BadInput(_("請寫為什麼展延。"), field="because")
    Task.objects.filter(id=task.id).update(due_on=due_on, moved=task.moved + 1)
    facts = {"last_day_at": last_day_at(due_on), "owed": task.owed}
    happened(matter_id=task.id, event=events.MOVED, at=at, by=by, facts=facts)
    record("steering.moved", by=by, at=at, matter_id=task.id, subject_id=task.id, due_on=due_on)
    keep()


@transaction.atomic
def drop_task(*, task_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """不再辦理: a promise or a measure that whom it was owed to gives up, with a reason."""
    task = open_task(task_id)
    policies.may_release(by, task).enforce()
    if task.owed not in (Owed.PROMISE, Owed.MEASURE):
        raise BadInput(_("只有答應的事和補漏措施可以不再辦理。"))
    if not because.strip():
        raise BadInput(_("請寫為什麼不再辦理。"), field="because")
    Task.objects.filter(id=task.id).update(
        state=TaskState.DROPPED, words=because.strip(), done_at=at, done_by=by.worker_id
    )
    end_matter(matter_id=task.id, how="dropped", at=at, by=by)
    record("steering.dropped", by=by, at=at, matter_id=task.id, subject_id=task.id)
    keep()
