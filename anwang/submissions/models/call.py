"""Calls: what counties are to submit, which parts it holds, and for which grant lines."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.funding.models import Line


class Call(models.Model):
    """提報通知: what counties are to submit for a fiscal year, until when. Published, it opens their submissions."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    """The fiscal year it is for, of the common era."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=120, blank=True)
    """On what it rests, e.g. 審查處理原則 or a letter."""
    words = models.TextField(blank=True)
    due_on = models.DateField()
    """The first day; extensions never change it."""
    drafted_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    results_at = models.DateTimeField(null=True)
    results_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "title", "year", "unit", "basis", "words", "due_on", "drafted_by", "recorded_at",
                 "published_at", "published_by", "results_at", "results_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="call_has_a_title"),
            models.CheckConstraint(
                condition=Q(results_at__isnull=True) | Q(published_at__isnull=False, results_by__isnull=False),
                name="results_of_a_published_call",
            ),
            models.UniqueConstraint(fields=["unit", "year", "title"], name="one_call_of_a_title_in_a_year"),
        ]


class CallPart(models.Model):
    """A part or document that a submission is to hold."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    is_required = models.BooleanField(default=True)

    class Privacy:
        plain = ("id", "call", "position", "name", "is_required")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="part_of_a_call_is_named"),
            models.UniqueConstraint(fields=["call", "position"], name="one_part_at_a_place"),
            models.UniqueConstraint(fields=["call", "name"], name="part_is_asked_for_once"),
        ]


class CallLine(models.Model):
    """A grant line for which a submission may ask."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "call", "line")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "line"], name="line_of_a_call_once")]
