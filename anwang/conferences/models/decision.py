"""A decision: numbered, nested, with words, units and day; tracked ones are matters of their own."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from anwang.cases.models.derived import Derived
from anwang.conferences.states import Tracking
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .meeting import AgendaItem, Part


class Decision(models.Model):
    """What a meeting, an urgent-case room or an incident review decided. `source` is the matter of whichever it was.

    A tracked decision (列管) owns a matter of kind `decision`, whose accountable unit is the one that answers for it
    (主辦) and whose duty is to report; untracked ones are words only. What is decided about one side lies in its part.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    """As it is written: 一, （一）, 1."""
    level = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=12)
    """Code of `decision.word`."""
    text = models.TextField()
    state = models.CharField(max_length=12, choices=Tracking.choices)
    task = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="+")
    task_kind = Derived(
        expression=Case(When(task__isnull=False, then=Value("decision"))),
        output_field=models.CharField(max_length=16, null=True),
        db_persist=True,
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """主辦: who answers for it."""
    deliverable = models.CharField(max_length=120, blank=True)
    """What shows that it was done."""
    due_on = models.DateField(null=True)
    due_words = models.CharField(max_length=40, blank=True)
    """The day as the meeting put it: 會後1週內, 下次會議."""
    made_at = models.DateTimeField()
    by = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "source", "item", "part", "parent", "position", "number", "level", "word", "state", "task",
            "task_kind", "unit", "due_on", "due_words", "made_at", "by", "released_at", "recorded_at",
        )  # fmt: skip
        sensitive = ("text", "deliverable")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Tracking.values), name="decision_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="decision_has_words"),
            models.CheckConstraint(
                condition=Q(state=Tracking.NOTED, task__isnull=True)
                | (~Q(state=Tracking.NOTED) & Q(task__isnull=False, unit__isnull=False, due_on__isnull=False)),
                name="tracked_decision_has_unit_day_and_matter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Tracking.RELEASED, Tracking.CONDITION], released_at__isnull=False)
                | (~Q(state__in=[Tracking.RELEASED, Tracking.CONDITION]) & Q(released_at__isnull=True)),
                name="released_decision_says_when",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, level=1) | Q(parent__isnull=False, level__gt=1),
                name="nested_decision_is_deeper",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="decision_is_not_its_own_parent"),
            models.UniqueConstraint(fields=["source", "position"], name="one_decision_at_a_place"),
        ]
        indexes = [
            models.Index(fields=["part"], name="decisions_of_part"),
            models.Index(fields=["unit", "due_on"], condition=Q(released_at__isnull=True), name="decisions_of_unit"),
        ]


class DecisionUnit(models.Model):
    """協辦: a unit that helps with a decision."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "decision", "unit")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="helping_unit_once")]


class DecisionReport(models.Model):
    """辦理情形: what was done about a decision, with its evidence, and what the unit proposes. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    words = models.TextField()
    evidence = models.CharField(max_length=120)
    """The paper's number, the contact, the file that shows it."""
    proposes = models.CharField(max_length=12, choices=Tracking.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "decision", "proposes", "at", "by", "recorded_at")
        sensitive = ("words", "evidence")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(evidence=""), name="report_says_what_and_shows_it")
        ]


class DecisionRuling(models.Model):
    """What the chair made of a report: goes on, released, released on a condition. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=Tracking.choices)
    because = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "decision", "state", "next_on", "at", "by", "recorded_at")
        sensitive = ("because", "condition")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[Tracking.CONTINUED, Tracking.SPECIAL])
                | (Q(next_on__isnull=False) & ~Q(because="")),
                name="continued_until_a_day_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=Tracking.CONDITION) | (Q(next_on__isnull=False) & ~Q(condition="")),
                name="condition_has_words_and_a_day",
            ),
        ]
