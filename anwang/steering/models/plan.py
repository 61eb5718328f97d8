"""Improvement plans of a county whose own figure lies below a dated threshold."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7
from anwang.steering.states import PlanState

from .task import Task


class Plan(models.Model):
    """精進計畫: a duty with a day, never a rank. Keeps the threshold as it stood, and the numbers."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose plan it is."""
    threshold = models.CharField(max_length=24)
    """Code of `steering.threshold`."""
    threshold_from = models.DateField()
    below = models.PositiveSmallIntegerField()
    part = models.PositiveBigIntegerField()
    whole = models.PositiveBigIntegerField()
    since_on = models.DateField()
    before_on = models.DateField()
    state = models.CharField(max_length=9, choices=PlanState.choices, default=PlanState.ASKED)
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    """What the county owes now: the plan, then its effect."""
    causes = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    """What the ministry said when it agreed or sent it back."""
    effect = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "county", "unit", "threshold", "threshold_from", "below", "part", "whole", "since_on", "before_on",
            "state", "task", "causes", "measures", "remarks", "effect", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(condition=Q(whole__gt=0), name="share_has_a_whole"),
            models.CheckConstraint(
                condition=models.ExpressionWrapper(
                    Q(part__lt=models.F("below") * models.F("whole") / 100.0), output_field=models.BooleanField()
                ),
                name="plan_asked_only_below_the_line",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.ASKED) | ~Q(causes="") & ~Q(measures=""), name="handed_in_plan_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.ENDED) | ~Q(effect=""), name="ended_plan_tells_its_effect"
            ),
            models.UniqueConstraint(
                fields=["county", "threshold"], condition=~Q(state=PlanState.ENDED), name="one_open_plan_a_threshold"
            ),
        ]
