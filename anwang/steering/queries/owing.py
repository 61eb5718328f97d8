"""What units owe in steering, as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter
from anwang.steering.models import Measure, Promise, Task
from anwang.steering.states import Owed, TaskState


@dataclass(frozen=True)
class TaskLine:
    """What a unit owes. `number` is its matter's; `mine` whether the viewer's own unit or county owes it."""

    id: UUID
    number: str
    owed: str
    owed_words: str
    unit: str
    text: str
    due_on: date
    is_late: bool
    moved: int
    state: str
    state_words: str
    words: str
    evidence: str
    done_at: datetime | None
    may_fulfil: bool
    may_release: bool


def line(row: Task, unit: str, number: str, text: str, who: Standing, today: date) -> TaskLine:
    """A task as its record's page shows it."""
    is_open = row.state == TaskState.OPEN
    owes = row.unit_id in who.units or (bool(who.county) and row.unit.jurisdiction_id == who.county)
    simple = row.owed in (Owed.PROMISE, Owed.MEASURE)
    return TaskLine(
        row.id, number, row.owed, str(Owed(row.owed).label), unit, text, row.due_on, is_open and row.due_on < today,
        row.moved, row.state, str(TaskState(row.state).label), row.words, row.evidence, row.done_at,
        is_open and owes and simple, is_open and row.asked_by_id in who.units,
    )  # fmt: skip


def owed(viewer: Viewer) -> list[TaskLine]:
    """Everything open that the viewer's units or county owe, or that is owed to them; the soonest first."""
    who, today = standing(viewer), clock.today()
    mine = Q(unit_id__in=who.units) | Q(unit__jurisdiction_id=who.county or "-") | Q(asked_by_id__in=who.units)
    rows = list(
        Task.objects.filter(mine, state=TaskState.OPEN)
        .select_related("unit").annotate(unit_words=Called("unit")).order_by("due_on", "id")[:50]
    )  # fmt: skip
    numbers = dict(Matter.objects.filter(id__in=[row.id for row in rows]).values_list("id", "number"))
    return [line(row, row.unit_words, numbers.get(row.id, ""), "", who, today) for row in rows]


def task(viewer: Viewer, task_id: UUID) -> TaskLine:
    """One promise or measure, for its forms; raises NotFound for whoever neither owes it nor is owed it."""
    who = standing(viewer)
    row = Task.objects.select_related("unit").annotate(unit_words=Called("unit")).filter(id=task_id).first()
    related = row is not None and (
        row.unit_id in who.units or row.asked_by_id in who.units
        or (bool(who.county) and row.unit.jurisdiction_id == who.county)
    )  # fmt: skip
    if row is None or not related:
        raise NotFound(_("查無這件事項。"))
    text = Promise.objects.filter(task=row).values_list("text", flat=True).first()
    text = text or Measure.objects.filter(task=row).values_list("text", flat=True).first() or ""
    number = Matter.objects.filter(id=row.id).values_list("number", flat=True).first() or ""
    return line(row, row.unit_words, number, text, who, clock.today())
