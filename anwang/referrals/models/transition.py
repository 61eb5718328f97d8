"""Transitions with a day, and the stage of each issue with who comes next."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.referrals.states import PlanState


class Transition(models.Model):
    """轉銜: on a known day somebody else must have taken over. Its warnings are duties of the case."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """Code of `transition.kinds`."""
    on = models.DateField()
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.PLANNED)
    planned_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    """Empty: planned by the worker of the nightly jobs."""
    accepted_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "case", "kind", "on", "state", "planned_at", "by", "accepted_at", "recorded_at")
        linked = ("person",)
        sensitive = ("dropped_because",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="transition_state_known"),
            models.UniqueConstraint(
                fields=["case", "person", "kind"], condition=~Q(state=PlanState.DROPPED),
                name="one_transition_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.ACCEPTED) | Q(accepted_at__isnull=False),
                name="accepted_transition_says_when",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["on"], condition=Q(state=PlanState.PLANNED), name="transitions_by_day")]


class IssueStage(models.Model):
    """階段: where one issue of a case stands, and who is meant to come next. Only grows; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=40)
    """Code of `joining.topics`."""
    stage = models.CharField(max_length=16)
    """Code of `issue.stages`."""
    next_kind = models.CharField(max_length=32, blank=True)
    """Code of `referral.kinds`: who comes next."""
    next_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "case", "at", "by", "recorded_at", "next_unit", "next_kind")
        sensitive = ("topic", "stage", "words")

    class Meta:
        indexes = [models.Index(fields=["case", "topic", "recorded_at"], name="stages_of_case")]
