"""What units owe in steering, as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
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


@dataclass(frozen=True)
class PromiseLine:
    """What a unit of the ministry promised a county in an answer."""

    question_id: UUID
    text: str
    unit: str
    to: str
    due_on: date
    is_late: bool


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


TEXTS_SQL = """
SELECT p.task_id, q.title FROM steering_part p JOIN steering_question q ON q.id = p.question_id
 WHERE p.task_id = ANY (%(tasks)s)
UNION ALL SELECT task_id, text FROM steering_promise WHERE task_id = ANY (%(tasks)s)
UNION ALL SELECT task_id, text FROM steering_measure WHERE task_id = ANY (%(tasks)s)
"""


def owed(viewer: Viewer) -> list[TaskLine]:
    """Everything open that the viewer's units or county owe, or that is owed to them; the soonest first."""
    who, today = standing(viewer), clock.today()
    mine = Q(unit_id__in=who.units) | Q(unit__jurisdiction_id=who.county or "-") | Q(asked_by_id__in=who.units)
    rows = list(
        Task.objects.filter(mine, state=TaskState.OPEN)
        .select_related("unit").annotate(unit_words=Called("unit")).order_by("due_on", "id")[:50]
    )  # fmt: skip
    ids = [row.id for row in rows]
    numbers, texts = dict(Matter.objects.filter(id__in=ids).values_list("id", "number")), _texts(ids)
    return [line(row, row.unit_words, numbers.get(row.id, ""), texts.get(row.id, ""), who, today) for row in rows]


def promised(viewer: Viewer) -> list[PromiseLine]:
    """Open promises of answers: those the viewer's units or county made or were made; the soonest first."""
    who, today = standing(viewer), clock.today()
    mine = Q(task__unit_id__in=who.units) | Q(task__unit__jurisdiction_id=who.county or "-")
    mine |= Q(task__asked_by_id__in=who.units) | Q(task__asked_by__jurisdiction_id=who.county or "-")
    found = Promise.objects.filter(mine, task__state=TaskState.OPEN).order_by("task__due_on", "id")
    rows = found.values_list(
        "part__question_id", "text", Called("task__unit"), Called("task__asked_by"), "task__due_on"
    )
    return [PromiseLine(*row, is_late=row[-1] < today) for row in rows[:50]]


def _texts(tasks: list[UUID]) -> dict[UUID, str]:
    """What each answer, promise or measure is about."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS_SQL, {"tasks": tasks})
        return dict(cursor.fetchall())


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
