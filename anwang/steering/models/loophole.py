"""Loopholes (漏洞) and the measures taken against them."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.steering.states import LoopholeState

from .task import Task


class Loophole(models.Model):
    """漏洞: where the net has a hole, and where that came to light. Never about a person: 對事不對人."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    text = models.TextField()
    source = models.CharField(max_length=120)
    """Minutes, review or visit in which it came to light."""
    state = models.CharField(max_length=8, choices=LoopholeState.choices, default=LoopholeState.OPEN)
    closed_at = models.DateTimeField(null=True)
    effect = models.TextField(blank=True)
    """What changed since the measures, as told when it was closed."""
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "unit", "title", "text", "source", "state", "closed_at", "effect", "by", "at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text="") & ~Q(source=""), name="loophole_has_words"),
            models.CheckConstraint(
                condition=Q(state=LoopholeState.OPEN, closed_at__isnull=True, effect="")
                | Q(state=LoopholeState.CLOSED, closed_at__isnull=False) & ~Q(effect=""),
                name="closed_loophole_tells_its_effect",
            ),
        ]


class Measure(models.Model):
    """補漏措施: what a unit does about it, by when. Its task keeps the evidence."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    loophole = models.ForeignKey(Loophole, models.PROTECT, related_name="measure_of")
    text = models.CharField(max_length=200)
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "loophole", "text", "task")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="measure_has_words")]
