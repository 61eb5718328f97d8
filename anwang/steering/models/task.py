"""What a unit owes in steering: one matter of the kernel each, with its day and what shows that it was done."""

from django.db import models
from django.db.models import Q, Value

from anwang.directory.models import Unit
from anwang.steering.states import Owed, TaskState


class Task(models.Model):
    """追辦事項: shares the key of its matter. Done it says what was done and what shows it; dropped, why."""

    id = models.UUIDField(primary_key=True)
    matter_kind = models.GeneratedField(
        expression=Value("steering"), output_field=models.CharField(max_length=16), db_persist=True
    )
    owed = models.CharField(max_length=10, choices=Owed.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who owes it."""
    asked_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """To whom."""
    due_on = models.DateField()
    moved = models.PositiveSmallIntegerField(default=0)
    """How often its day was put off."""
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    words = models.TextField(blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "owed", "unit", "asked_by", "due_on", "moved", "state", "words", "evidence", "done_at",
            "done_by", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(owed__in=Owed.values), name="task_owed_known"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, done_at__isnull=True, done_by__isnull=True)
                | ~Q(state=TaskState.OPEN) & Q(done_at__isnull=False, done_by__isnull=False) & ~Q(words=""),
                name="ended_task_says_what_was_done",
            ),
        ]
        indexes = [models.Index(fields=["unit", "due_on"], condition=Q(state="open"), name="open_tasks_of_unit")]
